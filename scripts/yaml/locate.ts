import type { Origin } from '../core/origin.ts';
import type { Path } from '../core/path.ts';
import type { YamlNode } from './node.ts';
import { originOf } from './place.ts';
import { keyOf } from './value.ts';

/**
 * The places that made the value at `path`, first the one that a person would edit; where it is absent, those of its
 * deepest written parent.
 */
export function originsAt(root: YamlNode, path: Path): readonly Origin[] {
  const node = deepest(root, path);
  return [originOf(node.place), ...node.others.map(originOf)];
}

function deepest(root: YamlNode, path: Path): YamlNode {
  let node = root;
  for (const step of path) {
    const next = childOf(node, step);
    if (next === undefined) break;
    node = next;
  }
  return node;
}

/** The node under a step as `valueOf` would take it: the last of duplicate keys. */
function childOf(node: YamlNode, step: string | number): YamlNode | undefined {
  if (node.kind === 'sequence') return typeof step === 'number' ? node.items[step] : undefined;
  if (node.kind !== 'mapping') return undefined;
  const name = String(step);
  return node.pairs.findLast((pair) => keyOf(pair.key) === name)?.value;
}

/** The place of the key at `path`, or of the deepest written parent where the key is absent. */
export function keyOriginAt(root: YamlNode, path: Path): Origin {
  const parent = deepest(root, path.slice(0, -1));
  const name = String(path.at(-1));
  const pair =
    parent.kind === 'mapping' ? parent.pairs.findLast(({ key }) => keyOf(key) === name) : undefined;
  return originOf(pair?.key.place ?? deepest(root, path).place);
}
