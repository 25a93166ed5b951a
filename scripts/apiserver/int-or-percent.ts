import type { Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { PERCENTAGE } from './syntax.ts';

/** A number of 0 or more, or a percentage; false where it is neither. */
export function checkIntOrPercent(map: Mapping, key: string, at: Field): boolean {
  const value = map[key];
  if (typeof value === 'string') {
    if (PERCENTAGE.test(value)) return true;
    at.at(key).invalid(value, `a number, or ${PERCENTAGE.expected}`);
    return false;
  }
  if (typeof value !== 'number' || value >= 0) return true;
  at.at(key).invalid(value, '0 or more, or a percentage');
  return false;
}

/** A percentage of at most 100. */
export function checkAtMostAll(map: Mapping, key: string, at: Field): void {
  const value = map[key];
  if (typeof value === 'string' && PERCENTAGE.test(value) && Number.parseInt(value, 10) > 100)
    at.at(key).invalid(value, 'at most 100%');
}

/** The number, be it of percent or not; `fallback` where the field is absent, 0 for what is neither. */
export function intOrPercent(map: Mapping, key: string, fallback: number): number {
  const value = map[key];
  if (value === undefined || value === null) return fallback;
  if (typeof value === 'number') return value;
  return typeof value === 'string' && PERCENTAGE.test(value) ? Number.parseInt(value, 10) : 0;
}
