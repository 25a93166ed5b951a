import { isMapping, isSequence, type Mapping, type Value } from '../core/value.ts';

/** Equality as the server compares JSON values: numbers by value, mappings without order. */
export function equal(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (isSequence(a))
    return isSequence(b) && a.length === b.length && a.every((item, index) => equal(item, b[index]!));
  if (!isMapping(a) || !isMapping(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && equal(a[key]!, b[key]!))
  );
}

/** A text that is the same for equal values. */
function canonical(value: Value | undefined): string {
  if (value === undefined) return 'undefined';
  if (typeof value === 'bigint') return `${value}`;
  if (isSequence(value)) return `[${value.map(canonical).join(',')}]`;
  if (isMapping(value)) {
    const keys = Object.keys(value).sort();
    return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

/** Pairs of the item that repeats and the first that has the same; items that are no mappings are left out. */
export function duplicatesByKeys(
  list: readonly Value[],
  keys: readonly string[],
  defaults: Mapping,
): readonly (readonly [number, number])[] {
  if (list.length < 2) return NONE;
  return duplicates(list, (item) => {
    if (!isMapping(item)) return undefined;
    let text = '';
    for (const key of keys) {
      const written = Object.hasOwn(item, key) ? item[key] : undefined;
      const value = written === undefined || written === null ? defaults[key] : written;
      text += `${canonical(value)}\0`;
    }
    return text;
  });
}

export function duplicatesInSet(list: readonly Value[]): readonly (readonly [number, number])[] {
  return list.length < 2 ? NONE : duplicates(list, canonical);
}

const NONE: readonly (readonly [number, number])[] = [];

function duplicates(
  list: readonly Value[],
  textOf: (item: Value) => string | undefined,
): readonly (readonly [number, number])[] {
  const first = new Map<string, number>();
  const found: (readonly [number, number])[] = [];
  for (let index = 0; index < list.length; index++) {
    const text = textOf(list[index]!);
    if (text === undefined) continue;
    const earlier = first.get(text);
    if (earlier === undefined) first.set(text, index);
    else found.push([index, earlier]);
  }
  return found;
}
