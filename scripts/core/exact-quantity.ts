import type { Value } from './value.ts';

/** A resource quantity as a whole number of nano units, exact. */
export type Quantity = bigint;

const UNIT = 1_000_000_000n;
const POWERS: Readonly<Record<string, bigint>> = {
  '': UNIT,
  n: 1n,
  u: 1_000n,
  m: 1_000_000n,
  k: UNIT * 1_000n,
  M: UNIT * 1_000_000n,
  G: UNIT * 1_000_000_000n,
  T: UNIT * 10n ** 12n,
  P: UNIT * 10n ** 15n,
  E: UNIT * 10n ** 18n,
  Ki: UNIT << 10n,
  Mi: UNIT << 20n,
  Gi: UNIT << 30n,
  Ti: UNIT << 40n,
  Pi: UNIT << 50n,
  Ei: UNIT << 60n,
};
const SHAPE = /^([+-]?)([0-9]*)(?:\.([0-9]*))?(?:([eE][+-]?[0-9]+)|([A-Za-z]{0,2}))$/;

const parsed = new Map<string, Quantity | undefined>();
const KEPT = 4096;

/**
 * The quantity that a string or a number writes, finer than nano rounded away from zero; undefined where the
 * server could not decode it.
 */
export function quantityOf(value: Value | undefined): Quantity | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return quantityOf(String(value));
  if (typeof value !== 'string') return undefined;
  if (parsed.has(value)) return parsed.get(value);
  const quantity = parse(value);
  if (parsed.size >= KEPT) parsed.clear();
  parsed.set(value, quantity);
  return quantity;
}

function parse(text: string): Quantity | undefined {
  const match = SHAPE.exec(withoutSpace(text));
  if (match === null || match[0] === '') return undefined;
  const [, sign, whole = '', fraction = '', exponent, suffix = ''] = match;
  // No digit is the digit 0, but for the powers that Go only reaches by its slow way.
  if (whole === '' && fraction === '' && (suffix === 'Pi' || suffix === 'Ei')) return undefined;
  let scale = POWERS[suffix];
  if (scale === undefined) return undefined;
  let digits = BigInt(whole + fraction);
  let divisor = 10n ** BigInt(fraction.length);
  if (exponent !== undefined) {
    const power = Number(exponent.slice(1));
    if (Math.abs(power) > 400) return undefined;
    if (power < 0) divisor *= 10n ** BigInt(-power);
    else scale *= 10n ** BigInt(power);
  }
  digits *= scale;
  const quotient = digits / divisor;
  const rounded = digits % divisor === 0n ? quotient : quotient + 1n;
  return sign === '-' ? -rounded : rounded;
}

/** Go trims the text as JSON writes it, in which line ends and tabs are escapes. */
export function withoutSpace(text: string): string {
  return text.replace(/^[\p{Zs}\x85]+|[\p{Zs}\x85]+$/gu, '');
}

/** Whether it is a whole number of units: what counts and extended resources must be. */
export function isWhole(quantity: Quantity): boolean {
  return quantity % UNIT === 0n;
}

/** The quantity of so many units. */
export function units(count: number | bigint): Quantity {
  return BigInt(count) * UNIT;
}

/** Whole units, rounded up as Kubernetes' `Value()` does. */
export function unitsIn(quantity: Quantity): bigint {
  return quantity >= 0n ? (quantity + UNIT - 1n) / UNIT : quantity / UNIT;
}

/** Thousandths, rounded up: what the server keeps of resource lists. */
export function toMilli(quantity: Quantity): Quantity {
  const milli = 1_000_000n;
  return quantity % milli === 0n ? quantity : (quantity / milli + (quantity > 0n ? 1n : 0n)) * milli;
}
