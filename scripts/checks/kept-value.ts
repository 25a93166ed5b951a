import { entryOf } from '../core/entry.ts';
import { valueOfJson } from '../core/json-value.ts';
import { isMapping, isSequence, type Mapping, newMapping, type Value } from '../core/value.ts';

/*
 * Values as JSON that says how they differ from another: of a mapping or list the fields or items that do, by their
 * name or index, and of each of those again how it differs. What is none of these takes the other's place, a mapping
 * under a key that no manifest has.
 */

const WHOLE = '\u0001';
const WRITTEN_WHOLE = JSON.stringify(WHOLE);

/** Throws where JSON cannot hold a number, or where a key or text would be taken for the one of above. */
export function written(value: Value): string {
  const text = JSON.stringify(value);
  if (text.includes(WRITTEN_WHOLE))
    throw new RangeError('a text that has a meaning of its own in what is kept');
  return text;
}

/** How a value differs from the other. Throws as `written` does. */
export function changesOf(value: Value, other: Value): string {
  let changes = '';
  if (isSequence(value) && isSequence(other) && value.length === other.length) {
    for (let at = 0; at < value.length; at++) {
      if (value[at] === other[at]) continue;
      changes += `${changes === '' ? '' : ','}"${at}":${changesOf(value[at]!, other[at]!)}`;
    }
    return `{${changes}}`;
  }
  if (!isMapping(value)) return written(value);
  if (!isMapping(other) || !haveSameKeys(value, other)) return `{${WRITTEN_WHOLE}:${written(value)}}`;
  for (const key in value) {
    if (value[key] === other[key]) continue;
    changes += `${changes === '' ? '' : ','}${entryOf(keys, key, asJson)}:${changesOf(value[key]!, other[key]!)}`;
  }
  return `{${changes}}`;
}

/** In the same order, which is that of the output. */
function haveSameKeys(one: Mapping, other: Mapping): boolean {
  const names = Object.keys(other);
  let at = 0;
  for (const key in one) if (names[at++] !== key) return false;
  return at === names.length;
}

const keys = new Map<string, string>();
const asJson = (key: string): string => written(key);

/** The value that differs so from the other, as JSON.parse gives the changes: frozen and without prototypes. */
export function changedValue(other: Value, changes: Value): Value {
  if (!isMapping(changes)) return valueOfJson(changes);
  if (Object.hasOwn(changes, WHOLE)) return valueOfJson(changes[WHOLE]!);
  // What JSON.parse gives inherits fields, which are none of the changes.
  const changed = (old: Value, key: string | number): Value =>
    Object.hasOwn(changes, key) ? changedValue(old, changes[key]!) : old;
  if (isSequence(other)) return Object.freeze(other.map(changed));
  const mapping = newMapping();
  const old = other as Mapping;
  for (const key in old) mapping[key] = changed(old[key]!, key);
  return Object.freeze(mapping);
}
