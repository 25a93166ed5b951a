import { passes } from '../core/likeness.ts';
import { isMapping, type Mapping, type Value } from '../core/value.ts';
import type { Field } from './field.ts';
import { textOf } from './read.ts';
import { serverRule } from './rule.ts';
import { Seen } from './seen.ts';
import { LABEL_VALUE, QUALIFIED_NAME, type Syntax } from './syntax.ts';

export const REFUSED_LABEL = serverRule({
  id: 'refused-label',
  title: 'Label or annotation that the API server refuses',
  why: 'Labels are indexed and selected by, so the API server holds their keys and values to a syntax of its own, which the schema does not state.',
  fix: 'Shorten the key or value, or move free text into an annotation, whose value may be any text.',
  covers: [
    'keys of labels and annotations are qualified names',
    'values of labels are label values',
    'annotations take at most 256 KiB together',
  ],
});

/** The same few labels stand on thousands of objects. */
const goodKeys = new Set<string>();
const goodValues = new Set<string>();
const KEPT = 8192;

function isKnown(good: Set<string>, text: string, syntax: Syntax): boolean {
  if (good.has(text)) return true;
  if (!syntax.test(text)) return false;
  if (good.size < KEPT) good.add(text);
  return true;
}

/** Null is the empty text. Of another type than text it is none to speak of. */
function isLabelValue(value: Value | undefined): boolean {
  return typeof value !== 'string' || isKnown(goodValues, value, LABEL_VALUE);
}

const seenAnnotations = new Seen();

/** Keys and values of labels, a node selector or `matchLabels`; the server reports them at the mapping. */
export function checkLabels(map: Mapping, key: string, parent: Field, named: string = key): void {
  const labels = map[key];
  if (!isMapping(labels)) return;
  for (const name of Object.keys(labels)) {
    if (!isKnown(goodKeys, name, QUALIFIED_NAME)) {
      placeOf(parent, key, named, name).refuse(
        `label key "${name}" is wrong, expected ${QUALIFIED_NAME.expected}`,
      );
    }
    if (!passes(labels, name, isLabelValue))
      placeOf(parent, key, named, name).invalid(labels[name], LABEL_VALUE.expected);
  }
}

const ANNOTATIONS_LIMIT = 256 * 1024;

export function checkAnnotations(map: Mapping, key: string, parent: Field): void {
  const annotations = map[key];
  if (!isMapping(annotations) || seenAnnotations.has(annotations, parent)) return;
  const before = parent.count;
  let size = 0;
  for (const name of Object.keys(annotations)) {
    if (!QUALIFIED_NAME.test(name.toLowerCase())) {
      placeOf(parent, key, key, name).refuse(
        `annotation key "${name}" is wrong, expected ${QUALIFIED_NAME.expected}`,
      );
    }
    size += name.length + (textOf(annotations[name])?.length ?? 0);
  }
  // Characters are a lower bound of bytes: the exact count is only needed near the limit.
  if (size * 3 > ANNOTATIONS_LIMIT) {
    let bytes = 0;
    for (const name of Object.keys(annotations))
      bytes += Buffer.byteLength(name) + Buffer.byteLength(textOf(annotations[name]) ?? '');
    if (bytes > ANNOTATIONS_LIMIT)
      parent.under(REFUSED_LABEL).at(key).tooLong(bytes, ANNOTATIONS_LIMIT, 'bytes');
  }
  seenAnnotations.passed(annotations, parent, before);
}

function placeOf(parent: Field, key: string, named: string, name: string): Field {
  return parent.under(REFUSED_LABEL).alias(named, key).within(name);
}
