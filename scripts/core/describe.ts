import { isMapping, isSequence, type Value } from './value.ts';

/** A value as a message shows it: `the text "yes"`, `the number 80`, `a list`. */
export function describeValue(value: Value | undefined): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (typeof value === 'string') return `the text ${quoted(value)}`;
  if (typeof value === 'boolean') return `the boolean ${value}`;
  if (typeof value === 'number' || typeof value === 'bigint') return `the number ${value}`;
  return isSequence(value) ? 'a list' : isMapping(value) ? 'a mapping' : 'unknown';
}

/** User's text in double quotes, cut where it is long. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}…` : text);
}
