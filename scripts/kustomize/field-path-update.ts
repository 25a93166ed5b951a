import {
  type MappingNode,
  mappingNode,
  type Place,
  type Style,
  sequenceNode,
  stringNode,
  withItems,
  withPairs,
  type YamlNode,
} from '../yaml/node.ts';
import { parseDocuments } from '../yaml/parse.ts';
import { FieldPathFault, fieldIndex, indexOf, isBracketed, itemsOf, listMatch } from './field-path.ts';
import { goRegexp, RegexpFault } from './go-regexp.ts';

/** What is done at the end of a path, and what is made where the path ends early. */
export interface FieldUpdate {
  /** The kind to make at the end of the path; undefined where nothing is made. */
  readonly create: YamlNode['kind'] | undefined;
  readonly place: Place;
  set(node: YamlNode): YamlNode;
}

/** A tree with every match of a path updated, and how many there were. */
export interface Updated {
  readonly node: YamlNode;
  readonly count: number;
}

/** Follows every match of a path: list elements match by regular expression, `*` is every element. */
export function updateFields(node: YamlNode, path: readonly string[], update: FieldUpdate): Updated {
  const [part, ...rest] = path;
  if (part === undefined) return { node: update.set(node), count: 1 };
  const index = indexOf(part);
  if (index !== undefined && index >= 0) return atIndex(node, index, rest, update);
  const match = listMatch(part);
  if (match !== undefined) return matching(node, match, rest, update);
  if (part === '*') return everyItem(node, rest, update);
  return field(node, part, rest, update);
}

function field(node: YamlNode, name: string, rest: readonly string[], update: FieldUpdate): Updated {
  if (name === '') throw new FieldPathFault('a part of the path is empty');
  if (node.tag === '!!null' && node.kind === 'scalar') {
    // A field made under null is lost when the object is printed.
    const lost = update.create === undefined ? 0 : updateFields(made(rest, update), rest, update).count;
    return { node, count: lost };
  }
  const at = fieldIndex(node, name);
  const map = node as MappingNode;
  if (at < 0) {
    if (update.create === undefined) return { node, count: 0 };
    const added = updateFields(made(rest, update), rest, update);
    const pair = { key: stringNode(name, update.place), value: added.node };
    return { node: withPairs(map, [...map.pairs, pair]), count: added.count };
  }
  const old = map.pairs[at]!;
  if (old.value.kind === 'scalar' && rest.length > 0)
    return { node, count: countInText(old.value, rest, update) };
  const changed = updateFields(old.value, rest, update);
  if (changed.node === old.value) return { node, count: changed.count };
  const pairs = map.pairs.slice();
  pairs[at] = { key: old.key, value: changed.node };
  return { node: withPairs(map, pairs), count: changed.count };
}

/** Matches inside of a text count as found, though nothing is written there (see structured-text.ts). */
function countInText(
  node: YamlNode & { kind: 'scalar' },
  rest: readonly string[],
  update: FieldUpdate,
): number {
  const root = parseText(node.text, node.place);
  if (root === undefined) throw new FieldPathFault('the text is empty');
  return updateFields(root, rest, update).count;
}

/** The first document of a text; undefined where it holds none. */
export function parseText(text: string, place: Place): YamlNode | undefined {
  const [document] = parseDocuments({ file: place.source.file, text }, 'go-yaml-v3');
  const problem = document?.problems[0];
  if (problem !== undefined) throw new FieldPathFault(problem.message);
  return document?.root;
}

function everyItem(node: YamlNode, rest: readonly string[], update: FieldUpdate): Updated {
  let count = 0;
  const items = itemsOf(node).map((item) => {
    const changed = updateFields(item, rest, update);
    count += changed.count;
    return changed.node;
  });
  return { node: withElements(node, items), count };
}

function atIndex(node: YamlNode, index: number, rest: readonly string[], update: FieldUpdate): Updated {
  const items = itemsOf(node).slice();
  if (items.length === index && update.create !== undefined) items.push(made(rest, update));
  const item = items[index];
  if (item === undefined) {
    throw new FieldPathFault(`index ${index} specified but only ${items.length} elements found`);
  }
  const changed = updateFields(item, rest, update);
  items[index] = changed.node;
  return { node: withElements(node, items), count: changed.count };
}

function matching(
  node: YamlNode,
  match: { readonly field: string; readonly value: string },
  rest: readonly string[],
  update: FieldUpdate,
): Updated {
  const test = matcher(match.value);
  const visit = (list: YamlNode): Updated => {
    let count = 0;
    const items = itemsOf(list).map((item) => {
      const subject = match.field === '' ? item : valueIn(item, match.field);
      if (subject === undefined || !test(writtenText(subject))) return item;
      const changed = updateFields(item, match.field === '' ? [] : rest, update);
      count += changed.count;
      return changed.node;
    });
    return { node: withElements(list, items), count };
  };
  const found = visit(node);
  if (found.count > 0 || update.create === undefined) return found;
  const again = visit(withElements(node, [...itemsOf(node), madeElement(match, update)]));
  if (again.count === 0) throw new FieldPathFault(`no element made for "${match.value}" matches it`);
  return again;
}

function matcher(pattern: string): (text: string) => boolean {
  try {
    const regexp = goRegexp(pattern);
    return (text) => regexp.test(text);
  } catch (cause) {
    if (cause instanceof RegexpFault) throw new FieldPathFault(cause.message, { cause });
    throw cause;
  }
}

function valueIn(item: YamlNode, name: string): YamlNode | undefined {
  if (item.kind !== 'mapping') return undefined;
  return item.pairs[fieldIndex(item, name)]?.value;
}

const QUOTES: Readonly<Record<Style, string>> = {
  plain: '',
  single: "'",
  double: '"',
  literal: '',
  folded: '',
};

/** The text as it would be printed, since that is what a pattern is held against. */
function writtenText(node: YamlNode): string {
  if (node.kind !== 'scalar') return '';
  const quote = QUOTES[node.style];
  return `${quote}${node.text}${quote}`.trim();
}

function withElements(node: YamlNode, items: readonly YamlNode[]): YamlNode {
  if (node.kind !== 'sequence') return node;
  const same = items.length === node.items.length && items.every((item, index) => item === node.items[index]);
  return same ? node : withItems(node, items);
}

/** What stands where the path goes on: a list for an index or match, else a mapping; at the end what was asked for. */
function made(rest: readonly string[], update: FieldUpdate): YamlNode {
  const [next] = rest;
  const kind =
    next === undefined || next === ''
      ? update.create!
      : isBracketed(next) || (indexOf(next) ?? -1) >= 0
        ? 'sequence'
        : 'mapping';
  const { place } = update;
  if (kind === 'sequence') return sequenceNode([], place);
  if (kind === 'mapping') return mappingNode([], place);
  return { kind: 'scalar', text: '', style: 'plain', tag: '', place, others: [] };
}

function madeElement(
  match: { readonly field: string; readonly value: string },
  update: FieldUpdate,
): YamlNode {
  const { place } = update;
  const value: YamlNode = { kind: 'scalar', text: match.value, style: 'plain', tag: '', place, others: [] };
  if (match.field === '') return value;
  const pair = { key: stringNode(match.field, place), value };
  return mappingNode([pair], place);
}
