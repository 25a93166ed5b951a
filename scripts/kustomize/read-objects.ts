import { fieldOf, type MappingNode, type YamlNode } from '../yaml/node.ts';
import type { ParsedDocument } from '../yaml/parse.ts';
import { renderedValueOf } from '../yaml/rendered-value.ts';
import { described, isNull } from './decode.ts';
import { failAt } from './failure.ts';
import { idText } from './id.ts';
import { asJson, throughJson } from './json-tree.ts';
import { type BuildObject, newObject } from './object.ts';
import type { Scopes } from './scopes.ts';

/**
 * The objects of a resource file, a patch or an inline configuration. Empty documents are skipped and lists of
 * objects taken apart, as Kustomize's resource factory does.
 */
export function readObjects(documents: readonly ParsedDocument[], scopes: Scopes): readonly BuildObject[] {
  const objects = readMappings(documents).map((root) => newObject(root, scopes));
  const seen = new Set<string>();
  for (const { id, root } of objects) {
    const key = id.key;
    if (seen.has(key))
      failAt(root.place, `May not add resource with an already registered id: ${idText(id)}`);
    seen.add(key);
  }
  return objects;
}

/** The same without the demand that ids are unique: patches may repeat one. */
export function readMappings(documents: readonly ParsedDocument[]): readonly MappingNode[] {
  const problem = documents.flatMap(({ problems }) => problems)[0];
  if (problem !== undefined) failAt(problem.place, `MalformedYAMLError: ${problem.message}`);
  const roots = documents.flatMap(({ root }) => (root === undefined || isNull(root) ? [] : [root]));
  return inlineLists(checked(unwrapped(roots)));
}

/** A single document of kind List or ResourceList is its items. */
function unwrapped(roots: readonly YamlNode[]): readonly YamlNode[] {
  const [root] = roots;
  if (roots.length !== 1 || root === undefined) return roots;
  const kind = textAt(root, 'kind');
  if (kind !== 'List' && kind !== 'ResourceList') return roots;
  const items = fieldOf(root, 'items');
  if (items === undefined && fieldOf(root, 'functionConfig') === undefined) return roots;
  return items?.kind === 'sequence' ? items.items : [];
}

function checked(roots: readonly YamlNode[]): readonly MappingNode[] {
  return roots.flatMap((root) => {
    if (isNull(root) || isEmpty(root)) return [];
    if (root.kind !== 'mapping') {
      return failAt(
        root.place,
        `Missing Resource metadata: the document is ${described(root)}, expected an object`,
      );
    }
    requireNamed(root);
    return [root];
  });
}

/** Every object has a kind and a name, those of lists excepted: asked when it is read, and again at the end. */
export function requireNamed(root: MappingNode): void {
  const kind = textAt(root, 'kind');
  if (kind === '') {
    const isBare = ['apiVersion', 'metadata'].every((field) => isAbsent(fieldOf(root, field)));
    failAt(
      root.place,
      isBare ? 'Missing Resource metadata: missing kind in object' : 'Missing kind in object',
    );
  }
  if (!kind.endsWith('List') && textAt(fieldOf(root, 'metadata'), 'name') === '') {
    failAt(
      fieldOf(root, 'metadata')?.place ?? root.place,
      `Missing metadata.name in object of kind "${kind}"`,
    );
  }
}

/** Replaces lists of objects (`kind: …List` with `items`) by their items, which go to the end. */
function inlineLists(roots: readonly MappingNode[]): readonly MappingNode[] {
  const queue = roots.slice();
  const result: MappingNode[] = [];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const items = textAt(next, 'kind').endsWith('List') ? fieldOf(next, 'items') : undefined;
    if (items === undefined) {
      result.push(next);
      continue;
    }
    // A list is decoded as a whole, which refuses what JSON lacks anywhere in it, and its items come back as JSON.
    renderedValueOf(next);
    const through = fieldOf(asJson(throughJson(next)), 'items');
    if (through?.kind === 'sequence') {
      for (const item of through.items) queue.push(...checked(unwrapped([item])));
    } else if (!isNull(items)) {
      failAt(items.place, `Expected array in ${textAt(next, 'kind')}/items, but found ${described(items)}`);
    }
  }
  return result;
}

function isEmpty(node: YamlNode): boolean {
  return (
    (node.kind === 'mapping' && node.pairs.length === 0) ||
    (node.kind === 'sequence' && node.items.length === 0)
  );
}

function isAbsent(node: YamlNode | undefined): boolean {
  return node === undefined || isNull(node) || isEmpty(node);
}

function textAt(node: YamlNode | undefined, field: string): string {
  const value = fieldOf(node, field);
  return value?.kind === 'scalar' && value.tag !== '!!null' ? value.text : '';
}
