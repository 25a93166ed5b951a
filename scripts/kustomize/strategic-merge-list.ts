/**
 * Merge lists, step by step as kyaml's walk does it, since its steps show in the result: a list element without its
 * merge key can empty the list, and an element of the base without a secondary key wins over the patch's.
 */
import {
  findPair,
  type Place,
  placedAt,
  type SequenceNode,
  stringNode,
  withContent,
  withField,
  withItems,
  withOthers,
  withPairs,
  type YamlNode,
} from '../yaml/node.ts';
import { implicitTag } from '../yaml/resolve.ts';
import type { MergeSchema } from './merge-schema.ts';
import { expectKind, placesOfMerged, present, type StrategicMerge } from './strategic-merge.ts';
import { directivePlace, mappingDirective, withoutDirective } from './strategic-merge-directive.ts';

/** An element that several lists may share while it changes. */
interface Cell {
  node: YamlNode;
}

/** Merges the elements of two lists by their merge keys (no keys: lists of scalars, merged by value). */
export function mergeElements(
  merge: StrategicMerge,
  base: SequenceNode,
  patch: SequenceNode | undefined,
  mergeKeys: readonly string[],
  elementSchema: MergeSchema | undefined,
): SequenceNode {
  const keys = mergeKeys.length === 0 ? [''] : mergeKeys;
  let rest = base.items.map((node): Cell => ({ node }));
  const patchCells = patch === base ? rest : patch?.items.map((node): Cell => ({ node }));
  const baseCells = rest;
  const values = distinctValues(patchCells === undefined ? [rest] : [patchCells, rest], keys);
  if (values.length === 0) return base;
  if (keys.length > 1) unifyValues(values);
  const present = presentKeys(values, keys);
  let merged: Cell[] = [];
  const deletedBy: Place[] = [];
  const validKeys = present.map((index) => keys[index]!);
  for (const all of values) {
    const wanted = present.map((index) => all[index]!);
    const baseCell = findElement(rest, validKeys, wanted);
    const patchCell =
      patchCells === baseCells ? baseCell : patchCells && findElement(patchCells, validKeys, wanted);
    const old = baseCell?.node;
    const result = mergeElement(merge, baseCell, patchCell, elementSchema);
    if (result === undefined) {
      rest = setElement(rest, undefined, validKeys, wanted);
      if (patchCell !== undefined && baseCell !== undefined)
        deletedBy.push(placeOfDeletion(patchCell.node), ...patchCell.node.others);
      continue;
    }
    if (patchCell?.node.kind === 'mapping' && patchCell !== result) {
      if (mappingDirective(patchCell.node) !== undefined) patchCell.node = withoutDirective(patchCell.node);
    }
    if (result === baseCell && patchCell !== baseCell) keepKeyPlaces(result, old, validKeys);
    addKeys(result, validKeys, wanted);
    merged = setElement(merged, result, validKeys, wanted);
  }
  return sameOr(base, patch, appendRest(merged, rest, validKeys), [...deletedBy, ...merge.definedBy]);
}

function mergeElement(
  merge: StrategicMerge,
  base: Cell | undefined,
  patch: Cell | undefined,
  schema: MergeSchema | undefined,
): Cell | undefined {
  const node = present(merge.walk(base?.node, patch?.node, schema));
  if (node === undefined || (node.kind === 'mapping' && node.pairs.length === 0)) return undefined;
  const fromBase =
    base !== undefined &&
    (patch === undefined ||
      (node.kind === 'mapping' &&
        !(patch.node.kind === 'mapping' && mappingDirective(patch.node) === 'replace')));
  const cell = fromBase ? base : patch!;
  cell.node = node;
  return cell;
}

function sameOr(
  base: SequenceNode,
  patch: SequenceNode | undefined,
  cells: readonly Cell[],
  places: readonly Place[],
): SequenceNode {
  const same =
    cells.length === base.items.length && cells.every(({ node }, index) => node === base.items[index]);
  if (same) return base;
  const others = placesOfMerged(base, patch, places);
  const items = cells.map(({ node }) => node);
  return withOthers(withItems(base, items), others);
}

function placeOfDeletion(patch: YamlNode): Place {
  return patch.kind === 'mapping' ? directivePlace(patch) : patch.place;
}

/** The values of the keys of every element, the patch's first, each combination once. */
function distinctValues(lists: readonly (readonly Cell[])[], keys: readonly string[]): string[][] {
  const seen = new Set<string>();
  const result: string[][] = [];
  for (const list of lists) {
    for (const { node } of list) {
      const values = keys.map((key) => (key === '' ? textOf(node) : keyValue(node, key)));
      const id = values.length === 1 ? values[0]! : values.join('\u0000');
      if (seen.has(id)) continue;
      seen.add(id);
      result.push(values);
    }
  }
  return result;
}

function keyValue(node: YamlNode, key: string): string {
  const value = node.kind === 'mapping' ? findPair(node, key)?.value : undefined;
  return value === undefined || value.tag === '!!null' ? '' : textOf(value);
}

function textOf(node: YamlNode): string {
  return node.kind === 'scalar' ? node.text : '';
}

/** A missing value matches any: 80 and 80/TCP become one, both with all that is known. */
function unifyValues(values: string[][]): void {
  for (let i = 0; i < values.length; i++) {
    for (let j = 0; j < values.length; j++) {
      const unified = unify(values[i]!, values[j]!);
      if (unified === undefined) continue;
      values[i] = unified;
      values[j] = unified;
    }
  }
}

function unify(a: readonly string[], b: readonly string[]): string[] | undefined {
  let common = false;
  const result: string[] = [];
  for (let i = 0; i < a.length; i++) {
    if (a[i] === b[i]) common = true;
    else if (a[i] !== '' && b[i] !== '') return undefined;
    result.push(a[i] !== '' ? a[i]! : b[i]!);
  }
  return common ? result : undefined;
}

/** Indices of the keys that some element has; all of them where none has any. */
function presentKeys(values: readonly (readonly string[])[], keys: readonly string[]): number[] {
  const indices = keys.map((_, index) => index);
  const found = indices.filter((index) => values.some((value) => value[index] !== ''));
  return found.length === 0 ? indices : found;
}

/** The first element with those values; a key without a value is left out, unless none has one. */
function findElement(
  cells: readonly Cell[],
  keys: readonly string[],
  values: readonly string[],
): Cell | undefined {
  const indices = presentKeys([values], keys);
  return cells.find(({ node }) => {
    if (keys[indices[0]!] === '') return textOf(node) === values[0];
    if (node.kind !== 'mapping') return false;
    return indices.every((index) => {
      const value = findPair(node, keys[index]!)?.value;
      return value !== undefined && textOf(value) === values[index];
    });
  });
}

/** The key by which a patch finds an element is the base's to change: the patch only repeats it. */
function keepKeyPlaces(cell: Cell, old: YamlNode | undefined, keys: readonly string[]): void {
  for (const key of keys) {
    const { node } = cell;
    if (node.kind !== 'mapping' || old?.kind !== 'mapping') return;
    const before = findPair(old, key)?.value;
    const after = findPair(node, key)?.value;
    if (before === undefined || after === undefined || after === before) continue;
    const others = [...before.others, after.place, ...after.others];
    cell.node = withField(node, key, placedAt(after, before.place, others));
  }
}

/** A merged element has its merge keys, also where the matching one of the other side was found without. */
function addKeys(cell: Cell, keys: readonly string[], values: readonly string[]): void {
  keys.forEach((key, index) => {
    const { node } = cell;
    const value = values[index]!;
    if (key === '' && node.kind === 'scalar' && value !== '') {
      // Kustomize writes a scalar anew, without the tag that it was written with.
      const tag = node.style === 'plain' ? implicitTag(node.text, 'go-yaml-v3') : '!!str';
      if (tag !== node.tag) cell.node = withContent(node, node.text, tag);
      return;
    }
    if (value === '' || node.kind !== 'mapping' || findPair(node, key) !== undefined) return;
    const pair = { key: stringNode(key, node.place), value: stringNode(value, node.place) };
    cell.node = withPairs(node, [...node.pairs, pair]);
  });
}

/** Replaces, adds or (without an element) removes what has those values. Empty elements are dropped on the way. */
function setElement(
  cells: readonly Cell[],
  element: Cell | undefined,
  keys: readonly string[],
  values: readonly string[],
): Cell[] {
  const result: Cell[] = [];
  const byField = keys[0] !== '' && values.length > 0 && values[0] !== '';
  let found = false;
  for (const cell of cells) {
    const { node } = cell;
    if (node.kind === 'mapping' ? node.pairs.length === 0 : node.tag === '!!null') continue;
    if (node.kind !== 'mapping' && byField) result.push(cell);
    else if (!matches(node, keys, values)) {
      if (values.length > 0) result.push(cell);
    } else {
      found = true;
      if (element !== undefined) result.push(element);
    }
  }
  if (element !== undefined && !found && element.node.tag !== '!!null') result.push(element);
  return result;
}

/** An empty value asks only that the key is there; keys without a value repeat the answer for the one before. */
function matches(node: YamlNode, keys: readonly string[], values: readonly string[]): boolean {
  if (values.length === 0) return false;
  for (let i = 0; i < Math.min(keys.length, values.length); i++) {
    const key = keys[i]!;
    const wanted = values[i]!;
    expectKind(node, key === '' ? 'scalar' : 'mapping');
    if (key === '') {
      if (textOf(node) !== wanted) return false;
      continue;
    }
    const value = node.kind === 'mapping' ? findPair(node, key)?.value : undefined;
    if (value === undefined || (wanted !== '' && textOf(value) !== wanted)) return false;
  }
  return true;
}

/** What is left of the base goes behind; an element of equal keys takes the place of the merged one. */
function appendRest(merged: readonly Cell[], rest: readonly Cell[], keys: readonly string[]): Cell[] {
  let result = [...merged];
  for (const cell of rest) {
    if (keys[0] === '') {
      result = setElement(result, cell, keys, [textOf(cell.node)]);
      continue;
    }
    const values: string[] = [];
    for (const key of keys) {
      if (cell.node.tag !== '!!null') expectKind(cell.node, 'mapping');
      const value = cell.node.kind === 'mapping' ? findPair(cell.node, key)?.value : undefined;
      if (value === undefined) result.push(cell);
      else values.push(textOf(value));
    }
    if (keys.length > 1) result = setElement(result, undefined, keys, values);
    result = setElement(result, cell, keys, values);
  }
  return result;
}
