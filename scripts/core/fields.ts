import { isMapping, type Mapping, newMapping, type Value } from './value.ts';

/*
 * Reading a manifest that may be malformed: a field of the wrong type reads as absent, since the schema says so
 * already. Mappings have no prototype, so a plain index is safe.
 */

export const NO_FIELDS: Mapping = Object.freeze(newMapping());
const NO_ITEMS: readonly never[] = Object.freeze([]);

/** The mapping, or an empty one. */
export function mapping(value: Value | undefined): Mapping {
  return isMapping(value) ? value : NO_FIELDS;
}

/** The items, or none. */
export function items(value: Value | undefined): readonly Value[] {
  return Array.isArray(value) ? value : NO_ITEMS;
}

/** The items that are mappings, each with its index. A list and no generator: most rules ask, and most lists are short. */
export function mappings(value: Value | undefined): readonly (readonly [number, Mapping])[] {
  if (!Array.isArray(value)) return NO_ITEMS;
  const found: (readonly [number, Mapping])[] = [];
  for (let index = 0; index < value.length; index++) {
    const item: unknown = value[index];
    if (isMapping(item)) found.push([index, item]);
  }
  return found;
}

export function text(value: Value | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function number(value: Value | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** The text fields of a mapping: labels, annotations, a selector. */
export function texts(value: Value | undefined): readonly (readonly [string, string])[] {
  if (!isMapping(value)) return NO_ITEMS;
  const found: (readonly [string, string])[] = [];
  for (const key in value) {
    const field = value[key];
    if (typeof field === 'string') found.push([key, field]);
  }
  return found;
}

export function isEmpty(value: Mapping): boolean {
  for (const _ in value) return false;
  return true;
}
