import { isBroken } from '../cel/regex.ts';
import { SchemaTypes } from '../cel/schema-types.ts';
import { isMapping, type Mapping, type Value } from '../core/value.ts';
import { checkDefault } from './crd-default.ts';
import { checkRules, type RulePlace } from './crd-expressions.ts';
import { checkJunctors } from './crd-junctors.ts';
import { checkListType, checkMapType } from './crd-lists.ts';
import type { Field } from './field.ts';
import { EMPTY, flag, has, mapping, text } from './read.ts';

type Level = 'root' | 'item' | 'field';

const TYPES = ['array', 'boolean', 'integer', 'number', 'object', 'string'];
const MISSING: Readonly<Record<Level, string>> = {
  root: 'object, at the root',
  item: 'a type, for the items of a list',
  field: 'a type, for each field',
};

/** A structural schema, from its root. @param status whether the version has the status subresource */
export function checkCrdSchema(schema: Mapping, at: Field, status: boolean): void {
  let made: SchemaTypes | undefined;
  // Only rules need them, and most schemas have none.
  const types = (): SchemaTypes => {
    made ??= new SchemaTypes(at.context.minor);
    return made;
  };
  checkRoot(schema, at, status);
  checkNode(schema, at, 'root', {
    whole: at,
    types,
    root: schema,
    steps: [],
    correlatable: true,
    meta: false,
    plain: false,
  });
}

interface Walk extends RulePlace {
  /** The root of the schema. */
  readonly whole: Field;
  /** Within the metadata, apiVersion or kind of a resource. */
  readonly meta: boolean;
  /** Where nothing may have a default: the server itself fills in what stands there. */
  readonly plain: boolean;
}

/** Fields that a root may have beside the status subresource. */
const ROOT_FIELDS = new Set(
  'description type format title maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern maxItems minItems uniqueItems multipleOf required items properties externalDocs example x-kubernetes-preserve-unknown-fields x-kubernetes-validations'.split(
    ' ',
  ),
);

function checkRoot(schema: Mapping, at: Field, status: boolean): void {
  if (has(schema, 'additionalProperties')) at.at('additionalProperties').forbidden('at the root');
  if (flag(schema, 'nullable') === true) at.at('nullable').forbidden('at the root');
  if (!status) return;
  for (const key of Object.keys(schema))
    if (!ROOT_FIELDS.has(key) && has(schema, key) && schema[key] !== false && schema[key] !== '') {
      at.refuse(
        `the root has "${key}" beside the status subresource, expected only value checks, properties and required`,
      );
      return;
    }
}

function checkNode(schema: Mapping, at: Field, level: Level, walk: Walk): void {
  checkType(schema, at, level);
  checkKeywords(schema, at);
  if ((text(schema, '$schema') ?? '') !== '')
    walk.whole.refuse('the schema has "$schema" in it, expected none: the server knows only its own');
  checkEmbedded(schema, at, level, walk);
  checkListType(schema, at);
  checkMapType(schema, at);
  checkJunctors(schema, at, level === 'root');
  if (has(schema, 'default')) checkDefault(schema, at, walk.plain, level === 'root');
  checkRules(schema, at, level === 'root' || flag(schema, 'x-kubernetes-embedded-resource') === true, walk);
  checkChildren(schema, at, level, walk);
}

function checkType(schema: Mapping, at: Field, level: Level): void {
  const type = schema.type ?? '';
  if (typeof type !== 'string') return;
  const intOrString = flag(schema, 'x-kubernetes-int-or-string') === true;
  const open = flag(schema, 'x-kubernetes-preserve-unknown-fields') === true;
  if (type === '') {
    if (!intOrString && !open) at.at('type').required(MISSING[level]);
    return;
  }
  if (type === 'null') at.at('type').refuse('type is "null", expected nullable: true instead');
  else if (!TYPES.includes(type)) at.at('type').unsupported(type, TYPES);
  else if (level === 'root' && type !== 'object') at.at('type').invalid(type, 'object, at the root');
}

/** Keywords of JSON Schema that a structural schema is without. */
function checkKeywords(schema: Mapping, at: Field): void {
  for (const key of ['$ref', 'definitions', 'dependencies', 'patternProperties', 'additionalItems', 'id'])
    if (has(schema, key) && !isEmpty(schema[key])) at.at(key).forbidden('in a structural schema');
  if (flag(schema, 'uniqueItems') === true)
    at.at('uniqueItems').forbidden('since it costs too much: use x-kubernetes-list-type: set');
  if (flag(schema, 'x-kubernetes-preserve-unknown-fields') === false)
    at.at('x-kubernetes-preserve-unknown-fields').invalid(false, 'true, or nothing');
  const { items } = schema;
  if (
    flag(schema, 'x-kubernetes-int-or-string') === true &&
    flag(schema, 'x-kubernetes-preserve-unknown-fields') === true
  )
    at.at('x-kubernetes-preserve-unknown-fields').forbidden('beside x-kubernetes-int-or-string');
  if (has(schema, 'additionalProperties') && Object.keys(mapping(schema, 'properties') ?? {}).length > 0)
    at.at('additionalProperties').forbidden('beside properties');
  if (Array.isArray(items) && items.length > 0) at.at('items').refuse('items is a list, expected one schema');
  else if (schema.type === 'array' && !isMapping(items)) at.at('items').required('the schema of the items');
  const pattern = text(schema, 'pattern');
  if (pattern !== undefined && isBroken(pattern))
    at.at('pattern').invalid(pattern, 'a regular expression of RE2');
}

function isEmpty(value: Value | undefined): boolean {
  return value === '' || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
}

function checkEmbedded(schema: Mapping, at: Field, level: Level, walk: Walk): void {
  const embedded = flag(schema, 'x-kubernetes-embedded-resource') === true;
  if (embedded) {
    if (walk.meta) at.at('x-kubernetes-embedded-resource').forbidden('inside of the metadata of a resource');
    if (has(schema, 'additionalProperties'))
      at.at('additionalProperties').forbidden('beside x-kubernetes-embedded-resource');
    if (flag(schema, 'x-kubernetes-int-or-string') === true)
      at.at('x-kubernetes-embedded-resource').forbidden('beside x-kubernetes-int-or-string');
    const type = text(schema, 'type') ?? '';
    if (type === '') at.at('type').required('object, beside x-kubernetes-embedded-resource');
    else if (type !== 'object') at.at('type').invalid(type, 'object, beside x-kubernetes-embedded-resource');
    else if (
      flag(schema, 'x-kubernetes-preserve-unknown-fields') !== true &&
      Object.keys(mapping(schema, 'properties') ?? {}).length === 0
    )
      at.at('properties').required('fields, or x-kubernetes-preserve-unknown-fields: true');
  }
  if (!embedded && level !== 'root') return;
  const properties = mapping(schema, 'properties') ?? {};
  for (const [name, wanted] of [
    ['apiVersion', 'string'],
    ['kind', 'string'],
    ['metadata', 'object'],
  ] as const) {
    const part = mapping(properties, name);
    const type = text(part ?? {}, 'type') ?? '';
    if (part !== undefined && type !== wanted) at.at('properties').at(name).at('type').invalid(type, wanted);
  }
  const metadata = mapping(properties, 'metadata');
  if (level === 'root' && metadata !== undefined && saysTooMuch(metadata))
    at.at('properties')
      .at('metadata')
      .refuse(
        'metadata restricts more than name and generateName, expected nothing else: the rest is implied',
      );
}

/** Anything but a type, a text for people, and restrictions of the two names. */
function saysTooMuch(metadata: Mapping): boolean {
  return Object.keys(metadata).some((key) => {
    if (key === 'type' || key === 'description' || key === 'default' || !has(metadata, key)) return false;
    if (key !== 'properties') return !isEmpty(metadata[key]) && metadata[key] !== false;
    return Object.keys(mapping(metadata, key) ?? {}).some(
      (name) => name !== 'name' && name !== 'generateName',
    );
  });
}

function checkChildren(schema: Mapping, at: Field, level: Level, walk: Walk): void {
  const resource = level === 'root' || flag(schema, 'x-kubernetes-embedded-resource') === true;
  const properties = mapping(schema, 'properties') ?? {};
  for (const name of Object.keys(properties)) {
    // A schema that is null says nothing, not even a type.
    const property = properties[name] ?? EMPTY;
    if (!isMapping(property)) continue;
    const own = resource && (name === 'metadata' || name === 'apiVersion' || name === 'kind');
    checkNode(property, at.at('properties').at(name), 'field', {
      ...walk,
      correlatable: walk.correlatable && schema['x-kubernetes-map-type'] !== 'atomic',
      meta: walk.meta || own,
      plain: walk.plain || (own && level === 'root'),
      steps: [...walk.steps, { field: name, of: schema }],
    });
  }
  const { items, additionalProperties } = schema;
  if (isMapping(items)) {
    // Only items with keys can be found again in the object as it was.
    const correlatable = walk.correlatable && schema['x-kubernetes-list-type'] === 'map';
    checkNode(items, at.at('items'), 'item', {
      ...walk,
      correlatable,
      steps: [...walk.steps, { items: schema }],
    });
  }
  if (isMapping(additionalProperties))
    checkNode(additionalProperties, at.at('additionalProperties'), 'field', {
      ...walk,
      plain: walk.plain || walk.meta,
      steps: [...walk.steps, { values: schema }],
    });
}
