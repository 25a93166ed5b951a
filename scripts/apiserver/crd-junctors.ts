import { isMapping, type Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { flag, has, list, mapping } from './read.ts';

const LISTS = ['allOf', 'anyOf', 'oneOf'];
const FORBIDDEN = [
  'type',
  'title',
  'description',
  'default',
  'nullable',
  'additionalProperties',
  'x-kubernetes-preserve-unknown-fields',
  'x-kubernetes-embedded-resource',
  'x-kubernetes-int-or-string',
  'x-kubernetes-list-type',
  'x-kubernetes-list-map-keys',
  'x-kubernetes-map-type',
];

/** `allOf`, `anyOf`, `oneOf` and `not`: they may check values, but the shape is said outside of them. */
export function checkJunctors(schema: Mapping, at: Field): void {
  for (const [branch, place, key] of branchesOf(schema, at)) {
    if (flag(schema, 'x-kubernetes-int-or-string') === true && isIntOrString(branch, key)) continue;
    checkBranch(branch, place);
    checkMentioned(schema, branch, at);
  }
}

function* branchesOf(schema: Mapping, at: Field): Generator<[Mapping, Field, string]> {
  for (const key of LISTS) {
    const branches = list(schema, key);
    for (let i = 0; i < branches.length; i++) {
      const branch = branches[i];
      if (isMapping(branch)) yield [branch, at.at(key).at(i), key];
    }
  }
  const not = mapping(schema, 'not');
  if (not !== undefined) yield [not, at.at('not'), 'not'];
}

/** `anyOf: [{type: integer}, {type: string}]`, alone or within the first of `allOf`. */
function isIntOrString(branch: Mapping, key: string): boolean {
  const keys = Object.keys(branch);
  if (key === 'anyOf') return keys.length === 1 && (branch.type === 'integer' || branch.type === 'string');
  return (
    key === 'allOf' &&
    keys.length === 1 &&
    list(branch, 'anyOf').every((one) => isMapping(one) && isIntOrString(one, 'anyOf'))
  );
}

function checkBranch(branch: Mapping, at: Field): void {
  for (const key of FORBIDDEN) {
    const value = branch[key];
    if (has(branch, key) && value !== false && value !== '')
      at.at(key).forbidden('within allOf, anyOf, oneOf or not');
  }
  for (const [inner, place] of branchesOf(branch, at)) checkBranch(inner, place);
  const properties = mapping(branch, 'properties') ?? {};
  for (const name of Object.keys(properties)) {
    const property = properties[name];
    if (isMapping(property)) checkBranch(property, at.at('properties').at(name));
  }
  const items = mapping(branch, 'items');
  if (items !== undefined) checkBranch(items, at.at('items'));
}

/** Fields that a branch speaks of have to be specified outside. */
function checkMentioned(schema: Mapping, branch: Mapping, at: Field): void {
  const outside = mapping(schema, 'properties') ?? {};
  const mentioned = mapping(branch, 'properties') ?? {};
  for (const name of Object.keys(mentioned)) {
    const own = mapping(outside, name);
    const part = mentioned[name];
    if (own === undefined) {
      if (!has(schema, 'additionalProperties'))
        at.at('properties')
          .at(name)
          .required('its schema, since a branch of allOf, anyOf, oneOf or not checks it');
    } else if (isMapping(part)) checkMentioned(own, part, at.at('properties').at(name));
  }
  const items = mapping(branch, 'items');
  const ownItems = mapping(schema, 'items');
  if (items !== undefined) {
    if (ownItems === undefined)
      at.at('items').required('its schema, since a branch of allOf, anyOf, oneOf or not checks it');
    else checkMentioned(ownItems, items, at.at('items'));
  }
  for (const [inner] of branchesOf(branch, at)) checkMentioned(schema, inner, at);
}
