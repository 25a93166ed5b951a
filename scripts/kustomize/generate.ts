import {
  type MappingNode,
  mappingNode,
  type Pair,
  type Place,
  type ScalarNode,
  stringNode,
  withStyle,
  type YamlNode,
} from '../yaml/node.ts';
import { parseDocuments } from '../yaml/parse.ts';
import { implicitTag } from '../yaml/resolve.ts';
import type { TextPair } from './decode.ts';
import { plainKey } from './edit.ts';
import { failAt } from './failure.ts';
import { type KeyValue, loadKeyValues } from './key-values.ts';
import type { GeneratorArguments, GeneratorOptions } from './kustomization.ts';
import type { Loader } from './loader.ts';
import { type Behavior, type BuildObject, newObject, withState } from './object.ts';
import type { Scopes } from './scopes.ts';
import { compareText } from './sort-order.ts';
import { isUtf8 } from './utf8.ts';

/** The ConfigMap or Secret that an entry of `configMapGenerator` or `secretGenerator` describes. */
export function generate(
  kind: 'ConfigMap' | 'Secret',
  loader: Loader,
  generator: GeneratorArguments,
  global: GeneratorOptions | undefined,
  scopes: Scopes,
): BuildObject {
  const { name, namespace, node } = generator;
  const { place } = node;
  if (name === undefined || name.text === '') failAt(place, `A ${kind} generator has no name, expected one`);
  const options = mergeOptions(generator.options, global);
  // Whether the name gets a hash is said by the entry, or for all entries at once.
  const deciding = global === undefined ? [place] : [place, global.node.place];
  const values = loadKeyValues(loader, generator);
  const field = (key: string, value: YamlNode): Pair => ({ key: stringNode(key, value.place), value });
  const metadata = [
    field('name', stringNode(name.text, name.place, deciding)),
    ...(namespace !== undefined && namespace.text !== ''
      ? [field('namespace', stringNode(namespace.text, namespace.place))]
      : []),
    ...entries('labels', options.labels, place),
    ...entries('annotations', options.annotations, place),
  ];
  const immutable: ScalarNode = {
    kind: 'scalar',
    text: 'true',
    style: 'plain',
    tag: '!!bool',
    place,
    others: global === undefined ? [] : [global.node.place],
  };
  const root = mappingNode(
    [
      field('apiVersion', stringNode('v1', place)),
      field('kind', stringNode(kind, place)),
      field('metadata', mappingNode(metadata, place)),
      ...(kind === 'Secret' ? [field('type', typeOf(generator))] : []),
      ...(kind === 'Secret'
        ? [field('data', dataOf(values, secretText, place))]
        : configMapData(values, place)),
      ...(options.immutable ? [field('immutable', immutable)] : []),
    ],
    place,
    [],
  );
  return withState(newObject(root, scopes), {
    needsHash: !options.disableNameSuffixHash,
    behavior: behaviorOf(generator.behavior),
  });
}

interface MergedOptions {
  readonly labels: readonly TextPair[];
  readonly annotations: readonly TextPair[];
  readonly disableNameSuffixHash: boolean;
  readonly immutable: boolean;
}

/** The local options win for labels and annotations; a global `true` cannot be undone. */
function mergeOptions(
  local: GeneratorOptions | undefined,
  global: GeneratorOptions | undefined,
): MergedOptions {
  return {
    labels: mergePairs(local?.labels, global?.labels),
    annotations: mergePairs(local?.annotations, global?.annotations),
    disableNameSuffixHash:
      (local?.disableNameSuffixHash ?? false) || (global?.disableNameSuffixHash ?? false),
    immutable: (local?.immutable ?? false) || (global?.immutable ?? false),
  };
}

function mergePairs(local: readonly TextPair[] = [], global: readonly TextPair[] = []): readonly TextPair[] {
  const own = new Set(local.map(({ key }) => key.text));
  return [...local, ...global.filter(({ key }) => !own.has(key.text))];
}

/** Labels or annotations, which Kustomize quotes: what is patched over them is a string too. */
function entries(field: string, pairs: readonly TextPair[], place: Place): Pair[] {
  if (pairs.length === 0) return [];
  const nodes = pairs.map(({ key, value }) => ({
    key: plainKey(key.text, key.place),
    value: quoted(stringNode(value.text, value.place)),
  }));
  return [{ key: stringNode(field, place), value: mappingNode(nodes, place) }];
}

function typeOf({ type, node }: GeneratorArguments): ScalarNode {
  return type === undefined || type.text === ''
    ? stringNode('Opaque', node.place)
    : stringNode(type.text, type.place);
}

function behaviorOf(behavior: ScalarNode | undefined): Behavior {
  const text = behavior?.text;
  return text === 'merge' || text === 'replace' ? text : 'create';
}

function configMapData(values: readonly KeyValue[], place: Place): Pair[] {
  const texts = values.filter(({ value }) => isUtf8(value));
  const binaries = values.filter(({ value }) => !isUtf8(value));
  return [
    ...(texts.length > 0
      ? [{ key: stringNode('data', place), value: dataOf(texts, (value) => value.toString('utf8'), place) }]
      : []),
    ...(binaries.length > 0
      ? [{ key: stringNode('binaryData', place), value: dataOf(binaries, secretText, place) }]
      : []),
  ];
}

function dataOf(values: readonly KeyValue[], toText: (value: Buffer) => string, place: Place): MappingNode {
  const pairs = values.map(({ key, value, place: at, entry }) => ({
    key: plainKey(key, entry, at === entry ? [] : [at]),
    value: quotedAsAdded(stringNode(toText(value), at, at === entry ? [] : [entry])),
  }));
  pairs.sort((a, b) => compareText(a.key.text, b.key.text));
  return mappingNode(pairs, place);
}

/**
 * Kustomize counts a value as quoted that YAML 1.1 would read as anything but a string, and what is patched over a
 * quoted value is a string too: see `FieldSetter` and `IsValueNonString` of kyaml.
 */
function quotedAsAdded(value: ScalarNode): ScalarNode {
  return isNoOldString(value) ? quoted(value) : value;
}

function quoted(value: ScalarNode): ScalarNode {
  return withStyle(value, 'double');
}

function isNoOldString({ text, place }: ScalarNode): boolean {
  if (text === '' || text.includes('\n')) return false;
  // Most values are one plain word, which needs no parser.
  if (/^[\w/][\w./-]*$/.test(text)) return !OLD_STRINGS.has(implicitTag(text, 'go-yaml-v2'));
  const [document] = parseDocuments({ file: place.source.file, text }, 'go-yaml-v2');
  if (document === undefined) return true;
  if (document.problems.length > 0) return false;
  return document.root?.kind !== 'scalar' || !OLD_STRINGS.has(document.root.tag);
}

/** A time is read as a string where nothing asks for a time. */
const OLD_STRINGS: ReadonlySet<string> = new Set(['!!str', '!!timestamp', '!!merge']);

const LINE = 70;

/** Base64; above 70 characters in lines of 70, each ended. */
function secretText(value: Buffer): string {
  const encoded = value.toString('base64');
  if (encoded.length < LINE) return encoded;
  let lines = '';
  for (let at = 0; at < encoded.length; at += LINE) lines += `${encoded.slice(at, at + LINE)}\n`;
  return lines;
}
