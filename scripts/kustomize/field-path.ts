/**
 * Field paths as replacements write them: `spec.containers.[name=web].image`, `metadata.annotations.[a.b/c]`,
 * `data.config\.yaml`, `spec.rules.*.host`, `spec.ports.0`.
 */
import { findPair, withItems, withPairs, type YamlNode } from '../yaml/node.ts';

/** A path that cannot be followed in what it meets. The caller knows the place. */
export class FieldPathFault extends Error {}

export function splitFieldPath(path: string): readonly string[] {
  const parts = splitEscaped(path);
  const result: string[] = [];
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!;
    if (!part.startsWith('[') || part.endsWith(']')) {
      result.push(part);
      continue;
    }
    let bracketed = part;
    while (i < parts.length - 1) {
      bracketed += `.${parts[++i]}`;
      if (parts[i]!.endsWith(']')) break;
    }
    result.push(bracketed.includes('=') ? bracketed : bracketed.replace(/^[[\]]+|[[\]]+$/g, ''));
  }
  return result;
}

function splitEscaped(path: string): string[] {
  const [first = '', ...rest] = path.startsWith('.') ? path.slice(1).split('.') : path.split('.');
  const parts = [first];
  for (const part of rest) {
    const last = parts.length - 1;
    if (parts[last]!.endsWith('\\')) parts[last] = `${parts[last]!.slice(0, -1)}.${part}`;
    else parts.push(part);
  }
  return parts;
}

/** The index that a part of a path stands for, as Go reads integers; undefined for anything else. */
export function indexOf(part: string): number | undefined {
  return /^[+-]?[0-9]+$/.test(part) ? Number(part) : undefined;
}

/** `[name=web]` → name and web. */
export function listMatch(part: string): { readonly field: string; readonly value: string } | undefined {
  if (!isBracketed(part)) return undefined;
  const inner = part.slice(1, -1);
  const equals = inner.indexOf('=');
  if (equals < 0) throw new FieldPathFault(`list element "${part}" must be written [field=value]`);
  return { field: inner.slice(0, equals), value: inner.slice(equals + 1) };
}

export function isBracketed(part: string): boolean {
  return part.length > 1 && part.startsWith('[') && part.endsWith(']');
}

/** A node and the indices that lead to it, of pairs in mappings and of items in lists. */
export interface Found {
  readonly node: YamlNode;
  readonly steps: readonly number[];
}

/** The one node at a path, undefined where it is missing. List elements match exactly; `*` is refused. */
export function lookUp(root: YamlNode, path: readonly string[]): Found | undefined {
  const steps: number[] = [];
  let node = root;
  for (const written of path) {
    const part = written.trim();
    if (part === '') continue;
    const step = stepTo(node, part);
    if (step === undefined || step < 0) return undefined;
    steps.push(step);
    node = node.kind === 'mapping' ? node.pairs[step]!.value : childOf(node, step);
  }
  return { node, steps };
}

/** The tree with another node at the end of those steps. */
export function replaceAt(root: YamlNode, steps: readonly number[], node: YamlNode): YamlNode {
  const [step, ...rest] = steps;
  if (step === undefined) return node;
  if (root.kind === 'mapping') {
    const pairs = root.pairs.slice();
    pairs[step] = { key: pairs[step]!.key, value: replaceAt(pairs[step]!.value, rest, node) };
    return withPairs(root, pairs);
  }
  if (root.kind === 'scalar') return root;
  const items = root.items.slice();
  items[step] = replaceAt(items[step]!, rest, node);
  return withItems(root, items);
}

function childOf(node: YamlNode, step: number): YamlNode {
  if (node.kind === 'sequence') return node.items[step]!;
  throw new FieldPathFault('a scalar has no elements');
}

function stepTo(node: YamlNode, part: string): number | undefined {
  const index = indexOf(part);
  if (index !== undefined) {
    if (index < 0) throw new FieldPathFault(`array index ${index} cannot be negative`);
    const items = itemsOf(node);
    return index < items.length ? index : undefined;
  }
  if (part === '-') {
    if (itemsOf(node).length === 0) throw new FieldPathFault('an empty list has no last element');
    return itemsOf(node).length - 1;
  }
  if (part === '*') throw new FieldPathFault('a wildcard is not supported here');
  const match = listMatch(part);
  if (match !== undefined) {
    return itemsOf(node).findIndex((item) => {
      if (match.field === '') return textOf(item) === match.value;
      const value = item.kind === 'mapping' ? findPair(item, match.field)?.value : undefined;
      return value !== undefined && textOf(value) === match.value;
    });
  }
  if (node.tag === '!!null') return undefined;
  return fieldIndex(node, part);
}

/** The index of the pair with that key, -1 where there is none. */
export function fieldIndex(node: YamlNode, name: string): number {
  if (node.kind !== 'mapping')
    throw new FieldPathFault(`field "${name}" is looked for in a ${node.kind}, expected a mapping`);
  return node.pairs.findIndex(({ key }) => key.kind === 'scalar' && key.text === name);
}

/** The elements of a list; null has none. */
export function itemsOf(node: YamlNode): readonly YamlNode[] {
  if (node.kind === 'sequence') return node.items;
  if (node.tag === '!!null') return [];
  throw new FieldPathFault(`an element is looked for in a ${node.kind}, expected a list`);
}

export function textOf(node: YamlNode): string {
  return node.kind === 'scalar' ? node.text : '';
}
