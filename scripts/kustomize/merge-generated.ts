import {
  fieldOf,
  type MappingNode,
  mappingNode,
  type Pair,
  stringNode,
  withField,
  withoutField,
  type YamlNode,
} from '../yaml/node.ts';
import { withOriginOf } from './build-metadata.ts';
import { isNull } from './decode.ts';
import { plainKey } from './edit.ts';
import { failAt } from './failure.ts';
import { idText } from './id.ts';
import { type BuildObject, withRoot, withState } from './object.ts';
import { compareText } from './sort-order.ts';

/** What a generator with `behavior: merge` or `replace` makes of the object that is there. */
export function absorb(old: BuildObject, next: BuildObject): BuildObject {
  const { behavior } = next.state;
  if (behavior !== 'merge' && behavior !== 'replace') {
    failAt(
      next.root.place,
      `Id ${idText(next.id)} exists; can not use behavior "${behavior ?? 'unspecified'}", behavior must be merge or replace`,
    );
  }
  const { previous, prefixes, suffixes, vars } = old.state;
  const state = {
    previous,
    prefixes,
    suffixes,
    vars,
    needsHash: next.state.needsHash && old.state.needsHash,
    behavior: old.state.behavior,
  };
  let root = withMetadataOf(old.root, next.root);
  if (behavior === 'merge') {
    root = withMerged(root, old.root, 'data');
    root = withMerged(root, old.root, 'binaryData');
  }
  if (behavior === 'merge') root = withOriginOf(old.root, root);
  return withState(withRoot(next, root), state);
}

/** Name and namespace of the old object; labels and annotations of both, the new ones first. */
function withMetadataOf(old: MappingNode, next: MappingNode): MappingNode {
  const oldMetadata = fieldOf(old, 'metadata');
  let metadata = fieldOf(next, 'metadata');
  if (metadata?.kind !== 'mapping') return next;
  for (const field of ['labels', 'annotations']) {
    const merged = mergedPairs(fieldOf(oldMetadata, field), fieldOf(metadata, field), true);
    metadata =
      merged.length === 0
        ? withoutField(metadata, field)
        : withField(metadata, field, mappingNode(merged, merged[0]!.value.place));
  }
  for (const field of ['name', 'namespace']) {
    const value = fieldOf(oldMetadata, field);
    metadata = value === undefined ? withoutField(metadata, field) : withField(metadata, field, value);
  }
  return withField(next, 'metadata', metadata);
}

function withMerged(root: MappingNode, old: MappingNode, field: string): MappingNode {
  const merged = mergedPairs(fieldOf(old, field), fieldOf(root, field));
  if (merged.length === 0) return withoutField(root, field);
  return withField(root, field, mappingNode(merged, root.place));
}

/** Every value becomes a string, a null in labels and annotations the word for it; the keys are sorted. */
function mergedPairs(old: YamlNode | undefined, next: YamlNode | undefined, keepsNull = false): Pair[] {
  const pairs = new Map<string, Pair>();
  for (const node of [old, next]) {
    if (node?.kind !== 'mapping') continue;
    for (const { key, value } of node.pairs) {
      if (key.kind !== 'scalar') continue;
      const text = value.kind === 'scalar' && (keepsNull || !isNull(value)) ? value.text : '';
      pairs.set(key.text, {
        key: plainKey(key.text, key.place, key.others),
        value: stringNode(text, value.place, value.others),
      });
    }
  }
  return [...pairs].sort(([a], [b]) => compareText(a, b)).map(([, pair]) => pair);
}
