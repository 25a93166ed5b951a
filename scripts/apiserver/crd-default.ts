import { sameCel } from '../cel/same.ts';
import { isMapping, type Mapping, type Value } from '../core/value.ts';
import { formatOf } from '../schema/formats.ts';
import { regExpOf } from '../schema/pattern.ts';
import type { Field } from './field.ts';
import { flag, integer, list, mapping, text } from './read.ts';

/** A default satisfies the schema that it stands in, and says nothing of what the server itself knows. */
export function checkDefault(schema: Mapping, at: Field, meta: boolean, root: boolean): void {
  const place = at.at('default');
  if (meta) {
    place.forbidden('within the metadata of a resource');
    return;
  }
  if (root) return;
  const problem = mismatch(schema.default!, schema);
  if (problem !== undefined) place.refuse(`default ${problem}`);
}

/** How a value breaks its schema; undefined where it does not, by the keywords that defaults are held to. */
function mismatch(value: Value, schema: Mapping): string | undefined {
  if (value === null)
    return flag(schema, 'nullable') === true ? undefined : 'is null, expected nullable: true';
  if (!hasType(value, schema))
    return `is of another type, expected ${text(schema, 'type') ?? 'an integer or a string'}`;
  if (list(schema, 'enum').length > 0 && !list(schema, 'enum').some((one) => same(one, value)))
    return 'is none of enum';
  if (typeof value === 'number') return numberMismatch(value, schema);
  if (typeof value === 'string') return textMismatch(value, schema);
  if (Array.isArray(value)) return listMismatch(value, schema);
  return isMapping(value) ? mappingMismatch(value, schema) : undefined;
}

function hasType(value: Value, schema: Mapping): boolean {
  if (schema['x-kubernetes-int-or-string'] === true)
    return typeof value === 'string' || Number.isInteger(value);
  switch (schema.type) {
    case 'string':
      return typeof value === 'string';
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
      return typeof value === 'bigint' || Number.isInteger(value);
    case 'number':
      return typeof value === 'number' || typeof value === 'bigint';
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isMapping(value);
    default:
      return true;
  }
}

function same(a: Value, b: Value): boolean {
  return sameCel(a, b);
}

function numberMismatch(value: number, schema: Mapping): string | undefined {
  const least = integer(schema, 'minimum');
  const most = integer(schema, 'maximum');
  const aboveLeast = flag(schema, 'exclusiveMinimum') === true;
  const belowMost = flag(schema, 'exclusiveMaximum') === true;
  if (least !== undefined && (value < least || (aboveLeast && value === least)))
    return `is ${value}, expected at least ${least}`;
  if (most !== undefined && (value > most || (belowMost && value === most)))
    return `is ${value}, expected at most ${most}`;
  const step = integer(schema, 'multipleOf');
  return step !== undefined && step > 0 && value % step !== 0
    ? `is ${value}, expected a multiple of ${step}`
    : undefined;
}

function textMismatch(value: string, schema: Mapping): string | undefined {
  const length = [...value].length;
  const least = integer(schema, 'minLength');
  const most = integer(schema, 'maxLength');
  if (least !== undefined && length < least) return `has ${length} characters, expected at least ${least}`;
  if (most !== undefined && length > most) return `has ${length} characters, expected at most ${most}`;
  const pattern = text(schema, 'pattern');
  const expression = pattern === undefined ? undefined : regExpOf(pattern);
  if (expression?.test(value) === false) return `does not match ${pattern}`;
  const format = text(schema, 'format') ?? '';
  return formatOf(format)?.(value) === false ? `is "${value}", expected ${format}` : undefined;
}

function listMismatch(value: readonly Value[], schema: Mapping): string | undefined {
  const least = integer(schema, 'minItems');
  const most = integer(schema, 'maxItems');
  if (least !== undefined && value.length < least)
    return `has ${value.length} items, expected at least ${least}`;
  if (most !== undefined && value.length > most) return `has ${value.length} items, expected at most ${most}`;
  const items = mapping(schema, 'items');
  if (items === undefined) return undefined;
  for (let i = 0; i < value.length; i++) {
    const problem = mismatch(value[i]!, items);
    if (problem !== undefined) return `[${i}] ${problem}`;
  }
  return undefined;
}

function mappingMismatch(value: Mapping, schema: Mapping): string | undefined {
  const properties = mapping(schema, 'properties') ?? {};
  for (const key of Object.keys(value)) {
    const property = mapping(properties, key) ?? mapping(schema, 'additionalProperties');
    if (property === undefined) {
      const kept =
        schema['x-kubernetes-preserve-unknown-fields'] === true ||
        schema.additionalProperties === true ||
        schema['x-kubernetes-embedded-resource'] === true;
      if (!kept) return `has the unknown field "${key}"`;
      continue;
    }
    const problem = mismatch(value[key]!, property);
    if (problem !== undefined) return `.${key} ${problem}`;
  }
  for (const key of list(schema, 'required'))
    if (typeof key === 'string' && !(key in value) && mapping(properties, key)?.default === undefined)
      return `lacks "${key}"`;
  return undefined;
}
