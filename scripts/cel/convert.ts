import type { Value } from '../core/value.ts';

const converted = new WeakMap<object, unknown>();

/**
 * A value without schema as CEL holds it: whole numbers are int, mappings are maps. A manifest is frozen and shared, so
 * each part is converted once. Null is absent, as the server drops it.
 */
export function toCel(value: Value): unknown {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  let made = converted.get(value);
  if (made === undefined) {
    made = Array.isArray(value) ? value.map(toCel) : mapOf(value as Readonly<Record<string, Value>>);
    converted.set(value, made);
  }
  return made;
}

function mapOf(value: Readonly<Record<string, Value>>): ReadonlyMap<string, unknown> {
  const map = new Map<string, unknown>();
  for (const key of Object.keys(value)) {
    const item = value[key];
    if (item !== undefined && item !== null) map.set(key, toCel(item));
  }
  return map;
}
