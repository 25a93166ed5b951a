import type { Mapping } from '../core/value.ts';

const LETTER = /^\p{L}$/u;
const DIGIT = /^\p{Nd}$/u;

function isLetter(character: string): boolean {
  const code = character.charCodeAt(0);
  if (code < 128) return (code | 32) >= 97 && (code | 32) <= 122;
  return LETTER.test(character);
}

function isDigit(character: string | undefined): boolean {
  if (character === undefined) return false;
  const code = character.charCodeAt(0);
  return code < 128 ? code >= 48 && code <= 57 : DIGIT.test(character);
}

function codeOf(character: string): number {
  return character.codePointAt(0)!;
}

/** Digits from `start` on as one number, behind `head`, in the 64 bits that Go has. */
function numberAt(
  characters: readonly string[],
  start: number,
  head: bigint,
): { value: bigint; end: number } {
  let value = head;
  let end = start;
  for (; isDigit(characters[end]); end++)
    value = BigInt.asIntN(64, value * 10n + BigInt(codeOf(characters[end]!) - 48));
  return { value, end };
}

/**
 * The order of go-yaml v2 (its sorter.go): letters after everything else, runs of digits by their value. It is not
 * transitive: for keys such as `v2`, `v10` and `v1alpha1` together the result depends on how they stood before.
 */
export function compareKeys(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  const length = Math.min(left.length, right.length);
  for (let i = 0; i < length; i++) {
    const x = left[i]!;
    const y = right[i]!;
    if (x === y) continue;
    const xLetter = isLetter(x);
    const yLetter = isLetter(y);
    if (xLetter && yLetter) return codeOf(x) - codeOf(y);
    if (xLetter || yLetter) return yLetter ? -1 : 1;
    let head = 0n;
    if (x === '0' || y === '0') {
      for (let j = i - 1; j >= 0 && isDigit(left[j]); j--) {
        if (left[j] !== '0') {
          head = 1n;
          break;
        }
      }
    }
    const xNumber = numberAt(left, i, head);
    const yNumber = numberAt(right, i, head);
    if (xNumber.value !== yNumber.value) return xNumber.value < yNumber.value ? -1 : 1;
    if (xNumber.end !== yNumber.end) return xNumber.end - yNumber.end;
    return codeOf(x) - codeOf(y);
  }
  return left.length - right.length;
}

const sorted = new WeakMap<Mapping, readonly string[]>();
const SIMPLE = /^[A-Za-z]+$/;

/** The keys of a mapping as Kustomize prints them. */
export function sortedKeys(mapping: Mapping): readonly string[] {
  const known = sorted.get(mapping);
  if (known !== undefined) return known;
  const keys = Object.keys(mapping);
  if (keys.length > 1) {
    if (keys.every((key) => SIMPLE.test(key))) keys.sort();
    else keys.sort().sort(compareKeys);
  }
  if (Object.isFrozen(mapping)) sorted.set(mapping, keys);
  return keys;
}
