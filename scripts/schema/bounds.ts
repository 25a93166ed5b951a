import { describeValue, quoted } from '../core/describe.ts';
import { nearest } from '../core/nearest.ts';
import { isMapping, isSequence, type Mapping, type Value } from '../core/value.ts';

/** What a value is, and what its bound is: `is the number 0, expected at least 1`. */
export function bound(keyword: string, value: Value | undefined, limits: Mapping): string {
  const limit = String(
    limits[keyword.replace('exclusiveMin', 'min').replace('exclusiveMax', 'max')] ?? limits[keyword],
  );
  const size = isSequence(value)
    ? value.length
    : isMapping(value)
      ? Object.keys(value).length
      : typeof value === 'string'
        ? [...value].length
        : 0;
  switch (keyword) {
    case 'minimum':
      return `is ${describeValue(value)}, expected at least ${limit}`;
    case 'maximum':
      return `is ${describeValue(value)}, expected at most ${limit}`;
    case 'exclusiveMinimum':
      return `is ${describeValue(value)}, expected more than ${limit}`;
    case 'exclusiveMaximum':
      return `is ${describeValue(value)}, expected less than ${limit}`;
    case 'multipleOf':
      return `is ${describeValue(value)}, expected a multiple of ${limit}`;
    case 'minLength':
      return `has ${size} characters, expected at least ${limit}`;
    case 'maxLength':
      return `has ${size} characters, expected at most ${limit}`;
    case 'minItems':
      return `has ${size} items, expected at least ${limit}`;
    case 'maxItems':
      return `has ${size} items, expected at most ${limit}`;
    case 'fieldCount':
      return `has ${present(value)} fields, expected ${limits.maxProperties === undefined || present(value) < Number(limits.minProperties) ? `at least ${limits.minProperties}` : `at most ${limits.maxProperties}`}`;
    default:
      return `is ${describeValue(value)}, expected what its schema says (${keyword})`;
  }
}

const present = (value: Value | undefined): number =>
  isMapping(value) ? Object.values(value).filter((field) => field !== null).length : 0;

/** The values that are allowed, the one that was most likely meant first. */
export function listed(allowed: Value | undefined, value: Value | undefined): string {
  if (!isSequence(allowed)) return 'another value';
  const texts = allowed.map((item) => (typeof item === 'string' ? quoted(item) : String(item)));
  const meant =
    typeof value === 'string'
      ? nearest(
          value,
          allowed.filter((item) => typeof item === 'string'),
        )
      : undefined;
  const hint = meant !== undefined && allowed.length > 3 ? `${quoted(meant)}: one of ` : 'one of ';
  return allowed.length === 1
    ? texts[0]!
    : `${hint}${texts.slice(0, 20).join(', ')}${texts.length > 20 ? ', …' : ''}`;
}
