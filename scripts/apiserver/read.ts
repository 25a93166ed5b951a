import { isMapping, isSequence, type Mapping, newMapping, type Value } from '../core/value.ts';
import type { Field } from './field.ts';

/**
 * Typed reading of a manifest. A value of a wrong type reads as absent: the schema reports it, and the rules here
 * say nothing of it. Null is absent, as it is for the server.
 */
export const EMPTY: Mapping = Object.freeze(newMapping());
export const NONE: readonly Value[] = Object.freeze([]);

/** Whether the field is written, with a value other than null. */
export function has(map: Mapping, key: string): boolean {
  const value = map[key];
  return value !== undefined && value !== null;
}

export function text(map: Mapping, key: string): string | undefined {
  const value = map[key];
  return typeof value === 'string' ? value : undefined;
}

/** Numbers beyond 2^53 lose their last digits, which no rule looks at. */
export function integer(map: Mapping, key: string): number | undefined {
  const value = map[key];
  if (typeof value === 'number') return value;
  return typeof value === 'bigint' ? Number(value) : undefined;
}

export function flag(map: Mapping, key: string): boolean | undefined {
  const value = map[key];
  return typeof value === 'boolean' ? value : undefined;
}

export function mapping(map: Mapping, key: string): Mapping | undefined {
  const value = map[key];
  return isMapping(value) ? value : undefined;
}

export function list(map: Mapping, key: string): readonly Value[] {
  const value = map[key];
  return isSequence(value) ? value : NONE;
}

/** An item of a list of objects: a null item is one without fields, as the server decodes it. */
export function itemOf(value: Value | undefined): Mapping | undefined {
  if (value === null) return EMPTY;
  return isMapping(value) ? value : undefined;
}

/** A string of a list or of a string map: null decodes to the empty string. */
export function textOf(value: Value | undefined): string | undefined {
  if (value === null) return '';
  return typeof value === 'string' ? value : undefined;
}

/** Calls `check` with the member, where it is a mapping. */
export function inside(
  map: Mapping,
  key: string,
  at: Field,
  check: (part: Mapping, at: Field) => void,
): void {
  const part = map[key];
  if (isMapping(part)) check(part, at.at(key));
}

/** Calls `check` with each item of a list of objects. */
export function each(
  map: Mapping,
  key: string,
  at: Field,
  check: (item: Mapping, at: Field, index: number) => void,
): void {
  const items = list(map, key);
  if (items.length === 0) return;
  const here = at.at(key);
  for (let i = 0; i < items.length; i++) {
    const item = itemOf(items[i]);
    if (item !== undefined) check(item, here.at(i), i);
  }
}

/** Calls `check` with each string of a list. */
export function eachText(
  map: Mapping,
  key: string,
  at: Field,
  check: (value: string, at: Field, index: number) => void,
): void {
  const items = list(map, key);
  if (items.length === 0) return;
  const here = at.at(key);
  for (let i = 0; i < items.length; i++) {
    const value = textOf(items[i]);
    if (value !== undefined) check(value, here.at(i), i);
  }
}
