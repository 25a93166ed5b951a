import { isBroken } from '../cel/regex.ts';
import { isMapping, type Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { flag, has, list, mapping, text } from './read.ts';

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
  'externalDocs',
];

/** `allOf`, `anyOf`, `oneOf` and `not`: they may check values, but the shape is said outside of them. */
export function checkJunctors(schema: Mapping, at: Field, root: boolean): void {
  for (const [branch, place] of shapingBranches(schema, at)) {
    checkBranch(branch, place);
    // The server looks for fields without a shape only from the root (`validateStructuralCompleteness`).
    if (root) checkMentioned(schema, branch, at);
  }
}

/** The branches, without those that only say integer or string, which are allowed in one form each. */
function* shapingBranches(schema: Mapping, at: Field): Generator<[Mapping, Field]> {
  const either = isIntOrString(schema);
  const [first] = list(schema, 'allOf');
  const firstEither = isMapping(first) && isIntOrString(first);
  for (const [branch, place, key] of branchesOf(schema, at)) {
    if (either && key === 'anyOf') continue;
    if (firstEither && branch === first) {
      const { anyOf: _, ...rest } = branch;
      yield [rest, place];
    } else yield [branch, place];
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

/** `anyOf: [{type: integer}, {type: string}]`, in that order and with nothing else. */
function isIntOrString(schema: Mapping): boolean {
  const branches = list(schema, 'anyOf');
  const says = (branch: unknown, type: string): boolean =>
    isMapping(branch) && branch.type === type && Object.keys(branch).length === 1;
  return branches.length === 2 && says(branches[0], 'integer') && says(branches[1], 'string');
}

function checkBranch(branch: Mapping, at: Field): void {
  for (const key of FORBIDDEN) {
    const value = branch[key];
    if (has(branch, key) && value !== false && value !== '')
      at.at(key).forbidden('within allOf, anyOf, oneOf or not');
  }
  if (list(branch, 'x-kubernetes-validations').length > 0)
    at.at('x-kubernetes-validations').forbidden('within allOf, anyOf, oneOf or not');
  if (flag(branch, 'uniqueItems') === true) at.at('uniqueItems').forbidden('since it costs too much');
  const pattern = text(branch, 'pattern');
  if (pattern !== undefined && isBroken(pattern))
    at.at('pattern').invalid(pattern, 'a regular expression of RE2');
  for (const [inner, place] of branchesOf(branch, at)) checkBranch(inner, place);
  const properties = mapping(branch, 'properties') ?? {};
  if (has(properties, 'metadata'))
    at.at('properties').at('metadata').forbidden('within allOf, anyOf, oneOf or not');
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
