import { isMapping, type Mapping, type Value } from '../core/value.ts';
import { Bearing } from './structural.ts';

const DEFAULTED = new Bearing('default');

/** The value with its schema's defaults, as the server sees it before it judges; the same object where none is missing. */
export function withDefaults(value: Value, schema: Mapping): Value {
  if (!DEFAULTED.has(schema)) return value;
  if (isMapping(value)) return mappingWith(value, schema);
  const { items } = schema;
  if (!Array.isArray(value) || !isMapping(items)) return value;
  let changed = false;
  const made = value.map((item: Value) => {
    const full = withDefaults(item, items);
    changed ||= full !== item;
    return full;
  });
  return changed ? made : value;
}

function mappingWith(value: Mapping, schema: Mapping): Mapping {
  let made: Record<string, Value> | undefined;
  const set = (key: string, full: Value): void => {
    made ??= { ...value };
    made[key] = full;
  };
  for (const [key, property] of DEFAULTED.fields(schema)) {
    const old = value[key];
    // A null that may not be is dropped, and then filled in.
    const missing = old === undefined || (old === null && property.nullable !== true);
    const present = missing ? property.default : old;
    if (present === undefined) continue;
    const full = withDefaults(present, property);
    if (full !== old) set(key, full);
  }
  const { additionalProperties } = schema;
  if (isMapping(additionalProperties) && DEFAULTED.has(additionalProperties))
    for (const key of Object.keys(value)) {
      const full = withDefaults(value[key]!, additionalProperties);
      if (full !== value[key]) set(key, full);
    }
  return made ?? value;
}
