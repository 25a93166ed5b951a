import { fieldOf, keyText, type ScalarNode } from '../yaml/node.ts';
import { failAt } from './failure.ts';
import { goRegexp, RegexpFault } from './go-regexp.ts';
import { effectiveNamespace, type ObjectId } from './id.ts';
import { labelSelector, SelectorFault } from './label-selector.ts';
import { type BuildObject, originalId } from './object.ts';

/** The fields of a selector, each where it is written; what is absent or empty selects everything. */
export interface SelectorFields {
  readonly group?: ScalarNode | undefined;
  readonly version?: ScalarNode | undefined;
  readonly kind?: ScalarNode | undefined;
  readonly name?: ScalarNode | undefined;
  readonly namespace?: ScalarNode | undefined;
  readonly annotationSelector?: ScalarNode | undefined;
  readonly labelSelector?: ScalarNode | undefined;
}

/** A selector whose fields are regular expressions over the whole of what they meet. */
export interface Selector {
  matchesKind(id: ObjectId): boolean;
  matchesName(name: string): boolean;
  matchesNamespace(namespace: string): boolean;
  /** Labels and annotations. */
  matchesMarks(object: BuildObject): boolean;
}

export function compileSelector(fields: SelectorFields): Selector {
  const group = pattern(fields.group);
  const version = pattern(fields.version);
  const kind = pattern(fields.kind);
  return {
    matchesKind: (id) => group(id.group) && version(id.version) && kind(id.kind),
    matchesName: pattern(fields.name),
    matchesNamespace: pattern(fields.namespace),
    matchesMarks: (object) =>
      marksMatch(object, 'labels', fields.labelSelector) &&
      marksMatch(object, 'annotations', fields.annotationSelector),
  };
}

const compiled = new WeakMap<SelectorFields, Selector>();

/** What a patch's target selects: name and namespace may be the original or the current ones. */
export function selectObjects(
  objects: readonly BuildObject[],
  fields: SelectorFields,
): readonly BuildObject[] {
  const selector = compiled.get(fields) ?? compileSelector(fields);
  compiled.set(fields, selector);
  return objects.filter((object) => {
    const { id } = object;
    if (!selector.matchesKind(id)) return false;
    const original = originalId(object);
    return (
      (selector.matchesNamespace(effectiveNamespace(original)) ||
        selector.matchesNamespace(effectiveNamespace(id))) &&
      (selector.matchesName(original.name) || selector.matchesName(id.name)) &&
      selector.matchesMarks(object)
    );
  });
}

function pattern(node: ScalarNode | undefined): (text: string) => boolean {
  if (node === undefined || node.text === '') return () => true;
  if (/^\w+$/.test(node.text)) return (text) => text === node.text;
  try {
    const regexp = goRegexp(`^(?:${node.text})$`);
    return (text) => regexp.test(text);
  } catch (cause) {
    if (cause instanceof RegexpFault)
      return failAt(node.place, `Selector "${node.text}" is no regular expression: ${cause.message}`, cause);
    throw cause;
  }
}

function marksMatch(
  object: BuildObject,
  field: 'labels' | 'annotations',
  node: ScalarNode | undefined,
): boolean {
  const marks = fieldOf(fieldOf(object.root, 'metadata'), field);
  // Kustomize reads them whether it is asked for any, and takes two items of a list for a key and its value.
  if (marks?.kind === 'sequence' && marks.items.length % 2 === 1)
    failAt(marks.place, `Field "metadata.${field}" is a list, expected a mapping`);
  if (node === undefined || node.text === '') return true;
  try {
    return labelSelector(node.text)(marksOf(object, field));
  } catch (cause) {
    if (cause instanceof SelectorFault)
      return failAt(node.place, `Selector "${node.text}" cannot be read: ${cause.message}`, cause);
    throw cause;
  }
}

function marksOf(object: BuildObject, field: 'labels' | 'annotations'): ReadonlyMap<string, string> {
  const marks = fieldOf(fieldOf(object.root, 'metadata'), field);
  const map = new Map<string, string>();
  if (marks?.kind !== 'mapping') return map;
  for (const pair of marks.pairs)
    map.set(keyText(pair) ?? '', pair.value.kind === 'scalar' ? pair.value.text : '');
  return map;
}
