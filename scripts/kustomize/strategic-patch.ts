import {
  fieldOf,
  keyText,
  type MappingNode,
  type Pair,
  type ScalarNode,
  stringNode,
  withContent,
  withField,
  withOthers,
  withoutField,
  withPairs,
  type YamlNode,
} from '../yaml/node.ts';
import { implicitTag } from '../yaml/resolve.ts';
import type { MergeSchemas } from './merge-schema.ts';
import { type BuildObject, rememberId, withRoot } from './object.ts';
import { StrategicMerge } from './strategic-merge.ts';

/** One strategic merge patch and what its entry allows. */
export interface StrategicPatch {
  readonly root: MappingNode;
  readonly allowNameChange: boolean;
  readonly allowKindChange: boolean;
}

const merges = new WeakMap<MergeSchemas, StrategicMerge>();

/** The merge by those schemas; it remembers what it found out about bases. */
export function strategicMergeBy(schemas: MergeSchemas): StrategicMerge {
  let merge = merges.get(schemas);
  if (merge === undefined) {
    merge = new StrategicMerge(schemas);
    merges.set(schemas, merge);
  }
  return merge;
}

/** The object with the patch merged in; undefined where the patch deletes it. The namespace never changes. */
export function applyStrategicPatch(
  object: BuildObject,
  patch: StrategicPatch,
  schemas: MergeSchemas,
): BuildObject | undefined {
  const { allowNameChange, allowKindChange } = patch;
  const isNoted = allowNameChange || allowKindChange;
  const remembered = isNoted ? rememberId(object) : object;
  const written = withoutNullFields(isNoted ? withNotedOptions(patch.root) : patch.root);
  const merged = strategicMergeBy(schemas).walk(remembered.root, written);
  if (merged?.kind !== 'mapping' || merged.pairs.length === 0) return undefined;
  let root = merged;
  if (!allowKindChange) root = restored(root, object.root, 'kind');
  if (allowNameChange) root = withFormerName(root, object.root);
  root = restoredMetadata(root, object.root, allowNameChange ? ['namespace'] : ['name', 'namespace']);
  return withRoot(remembered, root);
}

/** A field of the object itself whose name is null is left out when Kustomize prints it. */
function withoutNullFields(patch: MappingNode): MappingNode {
  const isNamed = ({ key }: Pair) => key.kind !== 'scalar' || key.tag !== '!!null' || key.text === '';
  return patch.pairs.every(isNamed) ? patch : withPairs(patch, patch.pairs.filter(isNamed));
}

/**
 * The patch as it meets an object that was selected (by `target`, or in `patchesStrategicMerge`): with the object's
 * apiVersion, and with labels and annotations that are all strings, so that null writes instead of deleting.
 */
export function patchForTarget(patch: MappingNode, target: MappingNode): MappingNode {
  const apiVersion = fieldOf(target, 'apiVersion');
  let root =
    apiVersion === undefined
      ? withoutField(patch, 'apiVersion')
      : withField(
          patch,
          'apiVersion',
          apiVersion.kind === 'scalar' ? writtenAnew(apiVersion) : stringNode('', apiVersion.place),
        );
  const metadata = fieldOf(root, 'metadata');
  if (metadata?.kind !== 'mapping') return root;
  root = withField(root, 'metadata', textMapIn(textMapIn(metadata, 'labels'), 'annotations'));
  return root;
}

/** As Kustomize writes an apiVersion: of `/v1` the version alone, and without a tag of its own. */
function writtenAnew(node: ScalarNode): ScalarNode {
  const text = node.text.startsWith('/') ? node.text.slice(1) : node.text;
  const tag = node.style === 'plain' ? implicitTag(text, 'go-yaml-v3') : '!!str';
  return text === node.text && tag === node.tag ? node : withContent(node, text, tag);
}

/** What a patch may change is noted in its annotations, which makes strings of all of them. */
function withNotedOptions(patch: MappingNode): MappingNode {
  const metadata = fieldOf(patch, 'metadata');
  return metadata?.kind === 'mapping'
    ? withField(patch, 'metadata', textMapIn(metadata, 'annotations'))
    : patch;
}

/** Of a field that is written twice the first is taken, and what it holds joins the second. */
function textMapIn(metadata: MappingNode, name: string): MappingNode {
  const index = metadata.pairs.findIndex((pair) => keyText(pair) === name);
  const map = metadata.pairs[index]?.value;
  if (map === undefined) return metadata;
  const written = map.kind === 'mapping' ? map.pairs : [];
  const isTwice = metadata.pairs.some((pair, other) => other > index && keyText(pair) === name);
  const rest = isTwice || written.length === 0 ? metadata.pairs.toSpliced(index, 1) : metadata.pairs;
  if (written.length === 0) return withPairs(metadata, rest);
  const without = withPairs(metadata, rest);
  const second = isTwice ? fieldOf(without, name) : undefined;
  if (second?.tag === '!!null') return without;
  const byKey = new Map<string, Pair>();
  for (const pair of second?.kind === 'mapping' ? second.pairs : []) byKey.set(keyText(pair) ?? '', pair);
  for (const pair of written) byKey.set(keyText(pair) ?? '', { key: pair.key, value: asText(pair.value) });
  return withField(without, name, withPairs(map as MappingNode, [...byKey.values()]));
}

/** Written anew, without the style that it had. */
function asText(node: YamlNode): YamlNode {
  if (node.kind !== 'scalar') {
    return {
      kind: 'scalar',
      text: '',
      style: 'double',
      tag: '!!str',
      place: node.place,
      others: node.others,
    };
  }
  return node.tag === '!!str' && node.style === 'plain'
    ? node
    : withContent(node, node.text, '!!str', 'plain');
}

/** A name that the patch gives names the one before it, by which the object was found. */
function withFormerName(root: MappingNode, base: MappingNode): MappingNode {
  const metadata = fieldOf(root, 'metadata');
  const name = fieldOf(metadata, 'name');
  const former = fieldOf(fieldOf(base, 'metadata'), 'name');
  if (metadata?.kind !== 'mapping' || name === undefined || former === undefined || name === former)
    return root;
  const others = [...name.others, former.place, ...former.others];
  return withField(root, 'metadata', withField(metadata, 'name', withOthers(name, others)));
}

/** The value of the base, written anew as Kustomize does: without a tag of its own. */
function restored(root: MappingNode, base: MappingNode, name: string): MappingNode {
  const value = fieldOf(base, name);
  const isBlank = value?.kind !== 'scalar' || value.text === '' || value.tag === '!!null';
  if (value === undefined || (name === 'namespace' && isBlank)) return withoutField(root, name);
  if (value.kind !== 'scalar') return withField(root, name, value);
  const merged = fieldOf(root, name);
  // The merge has quoted what is a string by its tag alone; the patch's value leaves its quotes, or none.
  const isOwn = merged?.kind !== 'scalar' || merged === value;
  if (isOwn && value.tag === '!!str') return withField(root, name, value);
  const style = isOwn ? value.style : merged.style;
  const tag = style === 'plain' ? implicitTag(value.text, 'go-yaml-v3') : '!!str';
  return withField(root, name, tag === value.tag ? value : withContent(value, value.text, tag, style));
}

function restoredMetadata(root: MappingNode, base: MappingNode, names: readonly string[]): MappingNode {
  const from = fieldOf(base, 'metadata');
  const metadata = fieldOf(root, 'metadata') ?? from;
  if (metadata?.kind !== 'mapping' || from?.kind !== 'mapping') return root;
  return withField(
    root,
    'metadata',
    names.reduce((map, name) => restored(map, from, name), metadata),
  );
}
