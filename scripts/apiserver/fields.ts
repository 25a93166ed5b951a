import type { Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { has, integer } from './read.ts';
import type { Syntax } from './syntax.ts';

/**
 * The checks of one field that most rules are made of. `map` holds the field `key`, `at` is the place of `map`.
 * A field of a wrong type passes: the schema reports it.
 */

/** Absent, null or an empty text; false where the rule was broken. */
export function needText(map: Mapping, key: string, expected: string, at: Field): boolean {
  const value = map[key];
  if (value !== undefined && value !== null && value !== '') return true;
  if (value === '') at.at(key).invalid(value, expected);
  else at.at(key).required(expected);
  return false;
}

/** Absent or null. */
export function need(map: Mapping, key: string, expected: string, at: Field): boolean {
  if (has(map, key)) return true;
  at.at(key).required(expected);
  return false;
}

/** Absent, null or an empty list. */
export function needItems(map: Mapping, key: string, expected: string, at: Field): boolean {
  const value = map[key];
  if (value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0)) return true;
  if (value === undefined || value === null) at.at(key).required(expected);
  else at.at(key).refuse(`${at.at(key).label} is empty, expected ${expected}`);
  return false;
}

/** Set although it must not be. */
export function forbid(map: Mapping, key: string, why: string, at: Field): boolean {
  if (!has(map, key)) return true;
  at.at(key).forbidden(why);
  return false;
}

/** A text that is not empty has that syntax. */
export function syntaxOf(map: Mapping, key: string, syntax: Syntax, at: Field): boolean {
  const value = map[key];
  if (typeof value !== 'string' || value === '' || syntax.test(value)) return true;
  at.at(key).invalid(value, syntax.expected);
  return false;
}

/** A text that is written, even an empty one, has that syntax: for fields that Go holds as a pointer. */
export function writtenSyntaxOf(map: Mapping, key: string, syntax: Syntax, at: Field): boolean {
  const value = map[key];
  if (typeof value !== 'string' || syntax.test(value)) return true;
  at.at(key).invalid(value, syntax.expected);
  return false;
}

/** A text that must be there and have that syntax; an empty one is only missing. */
export function needSyntax(map: Mapping, key: string, syntax: Syntax, at: Field): boolean {
  return needText(map, key, syntax.expected, at) && syntaxOf(map, key, syntax, at);
}

/** A number that is written is at least `least`. */
export function atLeast(map: Mapping, key: string, least: number, at: Field): boolean {
  const value = integer(map, key);
  if (value === undefined || value >= least) return true;
  at.at(key).invalid(value, `${least} or more`);
  return false;
}

/** A number that is written is within both bounds. */
export function within(map: Mapping, key: string, least: number, most: number, at: Field): boolean {
  const value = integer(map, key);
  if (value === undefined || (value >= least && value <= most)) return true;
  at.at(key).invalid(value, `${least} to ${most}`);
  return false;
}

/** A text that is not empty is one of those: for fields whose empty value the server replaces by a default. */
export function oneOf(map: Mapping, key: string, allowed: readonly string[], at: Field): boolean {
  const value = map[key];
  if (typeof value !== 'string' || value === '' || allowed.includes(value)) return true;
  at.at(key).unsupported(value, allowed);
  return false;
}

/** A text that is written, even an empty one, is one of those: for fields that Go holds as a pointer. */
export function writtenOneOf(map: Mapping, key: string, allowed: readonly string[], at: Field): boolean {
  const value = map[key];
  if (typeof value !== 'string' || allowed.includes(value)) return true;
  at.at(key).unsupported(value, allowed);
  return false;
}

/** The text must be one of those; absent and empty are missing. */
export function needOneOf(map: Mapping, key: string, allowed: readonly string[], at: Field): boolean {
  return needText(map, key, `one of ${allowed.join(', ')}`, at) && oneOf(map, key, allowed, at);
}

/** The first item of each value is fine, each further one is reported at its place. */
export function unique(values: readonly (string | undefined)[], placeOf: (index: number) => Field): void {
  const seen = new Set<string>();
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value === undefined) continue;
    if (seen.has(value)) placeOf(i).duplicate(value);
    seen.add(value);
  }
}
