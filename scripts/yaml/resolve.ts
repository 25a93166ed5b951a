import { isDigit } from './characters.ts';
import type { Tag } from './node.ts';
import { timestampOf } from './timestamp.ts';

/**
 * `go-yaml-v2` is what sigs.k8s.io/yaml reads with: kustomization files, plugin configurations, JSON patches, and all
 * that an API server decodes. `go-yaml-v3` is what Kustomize reads resources and strategic merge patches with.
 */
export type Dialect = 'go-yaml-v2' | 'go-yaml-v3';

const WORDS_V3: Readonly<Record<string, Tag>> = {
  '': '!!null',
  '~': '!!null',
  null: '!!null',
  Null: '!!null',
  NULL: '!!null',
  true: '!!bool',
  True: '!!bool',
  TRUE: '!!bool',
  false: '!!bool',
  False: '!!bool',
  FALSE: '!!bool',
};
const BOOLEANS_V2 = 'y Y yes Yes YES on On ON n N no No NO off Off OFF'.split(' ');
const wordsV3 = new Map(Object.entries(WORDS_V3));
const wordsV2 = new Map([...wordsV3, ...BOOLEANS_V2.map((word) => [word, '!!bool'] as const)]);

const INFINITY = /^[-+]?\.(?:inf|Inf|INF)$/;
const NOT_A_NUMBER = /^\.(?:nan|NaN|NAN)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[oO]([0-7]+)|0[bB]([01]+)|0([0-7]*)|([1-9][0-9]*))$/;
/** A sign after the prefix, which Go's parser takes when the base is given. */
const SIGNED_AFTER_PREFIX = /^0([bo])([-+])([0-7]+)$/;

/** Generous: 64 bits need 66 characters. Keeps a long run of digits from taking long. */
const LONGEST_INTEGER = 1000;

function inRange(value: bigint, plus: boolean): bigint | undefined {
  if (value >= -(2n ** 63n) && value < 2n ** 63n) return value;
  return !plus && value >= 0n && value < 2n ** 64n ? value : undefined;
}

/** The integer that go-yaml reads from a plain scalar: decimal, `0x`, `0o`, `0b`, a leading `0`, and `_` anywhere. */
export function integerOf(text: string): bigint | undefined {
  const plain = text.includes('_') ? text.replaceAll('_', '') : text;
  if (plain.length > LONGEST_INTEGER) return undefined;
  const match = INTEGER.exec(plain);
  if (match !== null) {
    const [, sign, hex, octal, binary, leading, decimal] = match;
    const digits =
      hex !== undefined
        ? `0x${hex}`
        : octal !== undefined
          ? `0o${octal}`
          : binary !== undefined
            ? `0b${binary}`
            : leading !== undefined
              ? leading === ''
                ? '0'
                : `0o${leading}`
              : decimal!;
    const value = BigInt(digits);
    return inRange(sign === '-' ? -value : value, sign === '+');
  }
  const signed = SIGNED_AFTER_PREFIX.exec(plain);
  if (signed === null || (signed[1] === 'b' && /[2-7]/.test(signed[3]!))) return undefined;
  const value = BigInt(`0${signed[1]}${signed[3]}`);
  return inRange(signed[2] === '-' ? -value : value, true);
}

/** The number that go-yaml reads from a plain scalar with a point or exponent, or from `.inf` and `.nan`. */
export function floatOf(text: string): number | undefined {
  const first = text.charCodeAt(0);
  if (INFINITY.test(text)) return first === 45 ? -Infinity : Infinity;
  if (NOT_A_NUMBER.test(text)) return Number.NaN;
  const plain = first !== 46 && text.includes('_') ? text.replaceAll('_', '') : text;
  if (!FLOAT.test(plain)) return undefined;
  const value = Number(plain);
  return Number.isFinite(value) ? value : undefined;
}

const SMALL_INTEGER = /^(?:0|-?[1-9][0-9]{0,14})$/;

/** The tag that a plain scalar without an explicit one gets. */
export function implicitTag(text: string, dialect: Dialect): Tag {
  if (text === '') return '!!null';
  const first = text.charCodeAt(0);
  if (isDigit(first) || first === 45 || first === 43) {
    if (SMALL_INTEGER.test(text)) return '!!int';
    if (!/[0-9]/.test(text)) return INFINITY.test(text) ? '!!float' : '!!str';
    if (timestampOf(text) !== undefined) return '!!timestamp';
    if (integerOf(text) !== undefined) return '!!int';
    return floatOf(text) !== undefined ? '!!float' : '!!str';
  }
  if (first === 46) return floatOf(text) !== undefined ? '!!float' : '!!str';
  if (text.length > 5) return '!!str';
  if (text === '<<') return '!!merge';
  return (dialect === 'go-yaml-v2' ? wordsV2 : wordsV3).get(text) ?? '!!str';
}

const TYPED: ReadonlySet<Tag> = new Set(['!!int', '!!float', '!!bool', '!!null', '!!timestamp']);

/** Whether a tag says how to read the text: that of a boolean, number, null or time. */
export function isTyped(tag: Tag): boolean {
  return TYPED.has(tag);
}

/**
 * The tag that a scalar with an explicit one ends up with, or undefined where its text does not fit it: `!!float 3` is
 * a float, `!!int x` nothing.
 */
export function fittingTag(explicit: Tag, text: string, dialect: Dialect): Tag | undefined {
  if (!TYPED.has(explicit)) return explicit;
  const found = implicitTag(text, dialect);
  if (found === explicit) return explicit;
  if (explicit === '!!float' && found === '!!int' && integerOf(text)! < 2n ** 63n) return explicit;
  return undefined;
}
