import { quantityOf } from '../core/exact-quantity.ts';

/** Predicates that compiled schemas call: how Go's types decode text and numbers. */

const QUANTITY = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[numkMGTPE]|[KMGTPE]i|[eE][+-]?\d+)?$/;

/** The text of a `resource.Quantity`: mostly it is plain, and the rest is left to who knows what Go's parser lets through. */
export function isQuantity(text: string): boolean {
  return QUANTITY.test(text) || quantityOf(text) !== undefined;
}

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** Padded base64 as Go's StdEncoding reads it, which skips line ends. */
export function isBase64(text: string): boolean {
  const plain = text.includes('\n') || text.includes('\r') ? text.replace(/[\r\n]/g, '') : text;
  return plain.length % 4 === 0 && BASE64.test(plain);
}

const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)([.,]\d+)?(?:Z|[+-](\d\d):(\d\d))$/;

/** `metav1.Time`: Go's time.RFC3339, with any number of decimals. */
export function isTime(text: string): boolean {
  const match = RFC3339.exec(text);
  return match !== null && isMoment(match);
}

/** `metav1.MicroTime`: exactly six decimals. */
export function isMicroTime(text: string): boolean {
  const match = RFC3339.exec(text);
  return match !== null && match[7]?.length === 7 && isMoment(match);
}

function isMoment(match: RegExpExecArray): boolean {
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return false;
  if (hour > 23 || minute > 59 || second > 59) return false;
  return match[8] === undefined || (Number(match[8]) <= 24 && Number(match[9]) < 60);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

const MAX_INT64 = 2n ** 63n;

/** An integer of 64 bits; what lies beyond 2^53 comes as `bigint`. */
export function isInt64(value: unknown): boolean {
  if (typeof value === 'bigint') return value >= -MAX_INT64 && value < MAX_INT64;
  return Number.isInteger(value) && Math.abs(value as number) < 2 ** 63;
}

/** Bytes as a list of numbers, which Go takes for `[]byte` too. */
export function isByteList(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every((item) => item === null || (Number.isInteger(item) && item >= 0 && item <= 255))
  );
}
