import { Buffer } from 'node:buffer';

const BASE_64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** What a `!!binary` scalar stands for, as Go's JSON has it; undefined where it is no base64. */
export function bytesOf(text: string): string | undefined {
  const digits = text.replaceAll(/[\r\n]/g, '');
  if (digits.length % 4 !== 0 || !BASE_64.test(digits)) return undefined;
  return Buffer.from(digits, 'base64').toString('utf8');
}
