import type { Place } from '../yaml/node.ts';
import type { TextPair } from './decode.ts';
import { mappingEntry, setEntry } from './edit.ts';
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
  const prepared = pairs.map(({ key, value: { text, place } }) =>
    mappingEntry(fieldSpecs, key, { text, tag: '!!str', place, others }),
  );
  return (objects) => objects.map((object) => prepared.reduce(setEntry, object));
}
