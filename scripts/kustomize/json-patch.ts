/**
 * JSON 6902 as evanphx/json-patch v4 applies it inside Kustomize, with its leniencies: negative indices, `replace` of
 * a key that is missing, an absent `value` that means null, a path whose first segment is not looked at.
 */
import {
  fieldOf,
  findPair,
  type MappingNode,
  mappingNode,
  type Pair,
  type Place,
  type SequenceNode,
  withField,
  withItem,
  withItems,
  withOthers,
  withoutField,
  withPairs,
  type YamlNode,
} from '../yaml/node.ts';
import { keyOf } from '../yaml/value.ts';
import { isNull } from './decode.ts';
import { failAt } from './failure.ts';
import { sameJson } from './json-equal.ts';
import { throughJson } from './json-tree.ts';
import { markedBy } from './marked.ts';

/** One operation of a patch, still as written. */
export type JsonOperation = MappingNode;
export type JsonPatch = readonly JsonOperation[];

/** The operations of a parsed patch (read as YAML 1.1). */
export function readJsonPatch(root: YamlNode): JsonPatch {
  if (root.kind !== 'sequence')
    return failAt(root.place, 'A JSON patch is not a list, expected a list of operations');
  return root.items.map((item) => {
    // Null is an operation of no kind, which is refused where it is applied.
    if (isNull(item)) return mappingNode([], item.place);
    return item.kind === 'mapping'
      ? withMarkedValue(asMapping(lastOfKeys(item)))
      : failAt(item.place, 'An operation of a JSON patch is not a mapping');
  });
}

/** What an operation writes names the whole operation too, since its path says where. */
function withMarkedValue(operation: MappingNode): MappingNode {
  const value = fieldOf(operation, 'value');
  return value === undefined ? operation : withField(operation, 'value', markedBy(value, operation.place));
}

/** Go's JSON lets the last of duplicate keys win. */
function lastOfKeys(node: YamlNode): YamlNode {
  if (node.kind === 'scalar') return node;
  if (node.kind === 'sequence') return withItems(node, node.items.map(lastOfKeys));
  const pairs = new Map<string, Pair>();
  for (const { key, value } of node.pairs) pairs.set(keyOf(key), { key, value: lastOfKeys(value) });
  return withPairs(node, [...pairs.values()]);
}

function asMapping(node: YamlNode): MappingNode {
  return node.kind === 'mapping' ? node : failAt(node.place, 'An operation of a JSON patch is not a mapping');
}

/** The tree with every operation applied in turn; what no operation touches stays the same nodes. */
export function applyJsonPatch(root: MappingNode, patch: JsonPatch): MappingNode {
  let tree: YamlNode = throughJson(root);
  for (const operation of patch) tree = apply(tree, operation);
  if (tree.kind !== 'mapping') return failAt(tree.place, 'The patched object is not a mapping');
  return tree;
}

function apply(tree: YamlNode, operation: JsonOperation): YamlNode {
  const op = word(operation, 'op') ?? 'unknown';
  switch (op) {
    case 'add':
      return change(tree, pathOf(operation, 'path'), (at) => added(at, operand(operation)));
    case 'remove':
      return change(tree, pathOf(operation, 'path'), (at) => removed(at, operation));
    case 'replace':
      return replace(tree, operation);
    case 'move': {
      const from = pathOf(operation, 'from');
      const value = lookUp(tree, from);
      const without = change(tree, from, (at) => removed(at, operation));
      return change(without, pathOf(operation, 'path'), (at) => added(at, brought(value, operation)));
    }
    case 'copy': {
      const value = lookUp(tree, pathOf(operation, 'from'));
      return change(tree, pathOf(operation, 'path'), (at) => added(at, brought(value, operation)));
    }
    case 'test':
      return test(tree, operation);
    default:
      return failAt(
        fieldOf(operation, 'op')?.place ?? operation.place,
        `Unexpected kind: "${op}", expected add, remove, replace, move, copy or test`,
      );
  }
}

/** What an operation moves or copies names the operation too. */
function brought(value: YamlNode | undefined, operation: JsonOperation): YamlNode {
  if (value === undefined) return nullNode(operation);
  return operation.others.reduce(markedBy, markedBy(value, operation.place));
}

function replace(tree: YamlNode, operation: JsonOperation): YamlNode {
  const path = pathOf(operation, 'path');
  const value = operand(operation);
  if (path.text === '') {
    if (value.kind === 'scalar') failAt(value.place, 'Replace operation value must be object or array');
    return value;
  }
  return change(tree, path, ({ container, key, path: at }) => {
    if (container.kind === 'mapping') return withField(container, key, value);
    const index = indexIn(container, key, at);
    return withItem(container, index, value);
  });
}

function test(tree: YamlNode, operation: JsonOperation): YamlNode {
  const path = pathOf(operation, 'path');
  const found = path.text === '' ? tree : lookUp(tree, path);
  const expected = fieldOf(operation, 'value');
  const isNothing = (node: YamlNode | undefined) => node === undefined || node.tag === '!!null';
  const equal =
    isNothing(found) || isNothing(expected)
      ? isNothing(found) && isNothing(expected)
      : sameJson(found!, expected!);
  if (!equal) failAt(operation.place, `Testing value "${path.text}" failed`);
  return tree;
}

interface PointerPath {
  readonly text: string;
  readonly place: Place;
}

/** The parent of what a path names, and the last segment. */
interface Spot {
  readonly container: MappingNode | SequenceNode;
  readonly key: string;
  readonly path: PointerPath;
}

/** Rebuilds the way down to the container that a path ends in. */
function change(tree: YamlNode, path: PointerPath, edit: (spot: Spot) => YamlNode): YamlNode {
  const parts = path.text.split('/');
  const segments = path.text.includes('~')
    ? parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    : parts;
  if (segments.length < 2) return missing(path);
  const key = segments[segments.length - 1]!;
  const descend = (node: YamlNode | undefined, depth: number): YamlNode => {
    if (node === undefined || node.kind === 'scalar') return missing(path);
    if (depth === segments.length - 1) return edit({ container: node, key, path });
    const step = segments[depth]!;
    if (node.kind === 'mapping') return withField(node, step, descend(fieldOf(node, step), depth + 1));
    const index = indexIn(node, step, path);
    const item = descend(node.items[index], depth + 1);
    return withItem(node, index, item);
  };
  return descend(tree, 1);
}

function lookUp(tree: YamlNode, path: PointerPath): YamlNode | undefined {
  let found: YamlNode | undefined;
  change(tree, path, ({ container, key }) => {
    found =
      container.kind === 'mapping' ? fieldOf(container, key) : container.items[indexIn(container, key, path)];
    return container;
  });
  return found;
}

function added({ container, key, path }: Spot, value: YamlNode): YamlNode {
  if (container.kind === 'mapping') return withField(container, key, value);
  const { items } = container;
  const index = key === '-' ? items.length : boundedIndex(items.length + 1, key, path);
  return withItems(container, items.toSpliced(index, 0, value));
}

function removed({ container, key, path }: Spot, by: JsonOperation): YamlNode {
  const others = [...container.others, by.place, ...by.others];
  if (container.kind === 'mapping') {
    if (findPair(container, key) === undefined)
      failAt(path.place, `Unable to remove nonexistent key: "${key}" of path "${path.text}"`);
    return withOthers(withoutField(container, key), others);
  }
  const index = indexIn(container, key, path);
  return withOthers(withItems(container, container.items.toSpliced(index, 1)), others);
}

function indexIn(list: SequenceNode, key: string, path: PointerPath): number {
  return boundedIndex(list.items.length, key, path);
}

/** Negative indices count from the end. */
function boundedIndex(length: number, key: string, path: PointerPath): number {
  if (!/^[+-]?[0-9]+$/.test(key))
    failAt(path.place, `Path "${path.text}" has "${key}", expected an index of a list`);
  const index = Number(key);
  if (index >= length || index < -length) {
    failAt(path.place, `Path "${path.text}" has the index ${index}, expected one below ${length}`);
  }
  return index < 0 ? index + length : index;
}

function missing(path: PointerPath): never {
  return failAt(path.place, `Path "${path.text}" is missing in the object`);
}

/** An absent value is null. A value carries the place at which the patch wrote it. */
function operand(operation: JsonOperation): YamlNode {
  const value = fieldOf(operation, 'value');
  return value === undefined ? nullNode(operation) : throughJson(value);
}

function nullNode({ place, others }: JsonOperation): YamlNode {
  return { kind: 'scalar', text: 'null', style: 'plain', tag: '!!null', place, others };
}

function pathOf(operation: JsonOperation, field: 'path' | 'from'): PointerPath {
  const text = word(operation, field);
  const node = fieldOf(operation, field);
  if (text === undefined || node === undefined)
    return failAt(operation.place, `Operation is missing field "${field}"`);
  return { text, place: node.place };
}

function word(operation: JsonOperation, field: string): string | undefined {
  const node = fieldOf(operation, field);
  if (node === undefined || node.tag === '!!null') return undefined;
  if (node.kind !== 'scalar' || /^!!(?:int|float|bool)$/.test(node.tag)) {
    return failAt(node.place, `Field "${field}" of an operation is not a string, expected a string`);
  }
  return node.text;
}
