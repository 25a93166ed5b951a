import { isMapping, isSequence, type Mapping, type Value } from '../core/value.ts';
import { ANY, follow, type Resolve, type Shape } from './shape.ts';

/** A schema in the words of ajv and of `keywords.ts`. */
export interface AjvSchema {
  readonly [keyword: string]: unknown;
}

export interface Dialect {
  /** A null item of a list is a zero value (Go's types), not an error (custom resources). */
  readonly nullItems: boolean;
  /** What the server refuses when a list names the same thing twice: custom resources; types of its own only warn. */
  readonly unique: boolean;
  readonly required: boolean;
}

export const BUILT_IN: Dialect = { nullItems: true, unique: false, required: false };
export const CUSTOM: Dialect = { nullItems: false, unique: true, required: true };

/** A shape as a schema for ajv. References stay references: each definition is compiled once. */
export function ajvSchema(shape: Shape, dialect: Dialect, resolve: Resolve): AjvSchema | true {
  const schema = typed(shape, dialect, resolve);
  if (shape.limits === undefined) return schema;
  return { ...(schema === true ? {} : schema), ...limits(shape.limits, shape) };
}

function typed(shape: Shape, dialect: Dialect, resolve: Resolve): AjvSchema | true {
  switch (shape.is) {
    case 'any':
      return true;
    case 'scalar':
      return { scalar: shape.scalar };
    case 'ref':
      return { link: shape.name };
    case 'map': {
      const values = ajvSchema(shape.values, dialect, resolve);
      const type = shape.loose === true ? {} : { type: 'object' };
      return { ...type, ...(values === true ? {} : { values: orNull(values) }) };
    }
    case 'list': {
      const items = ajvSchema(shape.items, dialect, resolve);
      const nullable = dialect.nullItems || shape.items.nullable === true || shape.loose === true;
      return {
        ...(shape.loose === true ? {} : { type: 'array' }),
        ...(items === true ? {} : { items: nullable ? orNull(items) : items }),
        ...(dialect.unique && shape.keys !== undefined
          ? { unique: { by: shape.keys, defaults: defaultsOf(shape.items, shape.keys, resolve) } }
          : {}),
        ...(dialect.unique && shape.set === true ? { unique: true } : {}),
      };
    }
    case 'struct': {
      const fields: Record<string, unknown> = {};
      for (const name of Object.keys(shape.fields)) {
        const field = ajvSchema(shape.fields[name]!, dialect, resolve);
        fields[name] = field === true ? true : orNull(field);
      }
      const required = dialect.required ? shape.required : [];
      const mayBeNull = required.filter((name) => shape.fields[name]?.nullable === true);
      const present = required.filter((name) => shape.fields[name]?.nullable !== true);
      return {
        ...(shape.loose === true ? {} : { type: 'object' }),
        fields,
        ...(shape.open === true ? { open: true } : {}),
        ...(present.length > 0 ? { present } : {}),
        ...(mayBeNull.length > 0 ? { presentOrNull: mayBeNull } : {}),
      };
    }
    case 'either':
      return {
        either: shape.options.map((option) => {
          const schema = ajvSchema(option, dialect, resolve);
          return { ...(schema === true ? {} : schema), for: classOf(option) };
        }),
      };
  }
}

const orNull = (schema: AjvSchema): AjvSchema => ({ orNull: schema });

function classOf(shape: Shape): string {
  if (shape.is === 'scalar') return shape.scalar === 'bool' ? 'boolean' : 'any';
  if (shape.is === 'list') return 'array';
  return shape.is === 'any' ? 'any' : 'object';
}

function defaultsOf(items: Shape, keys: readonly string[], resolve: Resolve): Record<string, Value> {
  const defaults: Record<string, Value> = {};
  const item = follow(items, resolve);
  if (item.is !== 'struct') return defaults;
  for (const key of keys) {
    const standard = item.fields[key]?.default;
    if (standard !== undefined) defaults[key] = standard;
  }
  return defaults;
}

/** JSON Schema's words for a value's limits, with what Kubernetes means by them. */
function limits(written: Mapping, shape: Shape): AjvSchema {
  const schema: Record<string, unknown> = {};
  for (const [word, value] of Object.entries(written)) {
    switch (word) {
      case 'pattern':
        schema.matches = value;
        break;
      case 'format':
        schema.formatted = value;
        break;
      case 'required':
        if (isSequence(value)) schema.present = value.filter((name) => !hasDefault(shape, name));
        break;
      case 'minProperties':
        schema.fieldCount = { ...(schema.fieldCount ?? {}), least: value };
        break;
      case 'maxProperties':
        schema.fieldCount = { ...(schema.fieldCount ?? {}), most: value };
        break;
      case 'minimum':
      case 'maximum':
        // Draft 4: the exclusive words are booleans that belong to the bounds.
        if (written[`exclusive${word === 'minimum' ? 'Minimum' : 'Maximum'}`] === true)
          schema[word === 'minimum' ? 'exclusiveMinimum' : 'exclusiveMaximum'] = value;
        else schema[word] = value;
        break;
      case 'exclusiveMinimum':
      case 'exclusiveMaximum':
        break;
      case 'enum':
        schema.enum = value;
        break;
      case 'allOf':
      case 'anyOf':
      case 'oneOf':
        if (isSequence(value))
          schema[word] = value.map((branch) => (isMapping(branch) ? branchOf(branch, shape) : branch));
        break;
      case 'not':
        if (isMapping(value)) schema.not = branchOf(value, shape);
        break;
      default:
        schema[word] = value;
    }
  }
  return schema;
}

const hasDefault = (shape: Shape, name: Value) =>
  shape.is === 'struct' && typeof name === 'string' && shape.fields[name]?.default !== undefined;

/** A branch of a union may say something of the fields, the items and the type as well. */
function branchOf(branch: Mapping, shape: Shape): AjvSchema {
  const { properties, items, type, additionalProperties: _, ...rest } = branch;
  const inside = shape.is === 'struct' ? shape.fields : {};
  const schema: Record<string, unknown> = { ...limits(rest, shape) };
  if (isMapping(properties)) {
    const fields: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(properties))
      if (isMapping(value)) fields[name] = orNull(branchOf(value, inside[name] ?? ANY));
    schema.fields = fields;
    schema.open = true;
    const standards = Object.keys(fields).filter((name) => inside[name]?.default !== undefined);
    if (standards.length > 0)
      schema.standards = Object.fromEntries(standards.map((name) => [name, inside[name]!.default]));
  }
  if (isMapping(items)) schema.items = branchOf(items, ANY);
  if (type === 'integer') schema.scalar = 'int';
  else if (type === 'number') schema.scalar = 'number';
  else if (typeof type === 'string' && type !== '') schema.type = type;
  return schema;
}

/** The text of this file's code: what was compiled by other code is not used again. */
export const SCHEMA_CODE: string = [ajvSchema, typed, orNull, classOf, defaultsOf, limits, branchOf]
  .map(String)
  .join('\n');
