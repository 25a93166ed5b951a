import type { Place } from '../yaml/node.ts';
import type { TextPair } from './decode.ts';
import { setEntry } from './edit.ts';
import type { FieldSpec } from './field-spec.ts';
import type { Transformer } from './object.ts';

/**
 * Sets labels or annotations at every field that takes them.
 *
 * @param entry the entry that says which fields those are, where it is one of several
 */
export function entriesTransformer(
  pairs: readonly TextPair[],
  fieldSpecs: readonly FieldSpec[],
  entry?: Place,
): Transformer {
  const others = entry === undefined ? [] : [entry];
  if (pairs.length === 0) return (objects) => objects;
  return (objects) =>
    objects.map((object) => {
      let current = object;
      for (const { key, value } of pairs) {
        const { text, place } = value;
        current = setEntry(current, fieldSpecs, key, { text, tag: '!!str', place, others });
      }
      return current;
    });
}
