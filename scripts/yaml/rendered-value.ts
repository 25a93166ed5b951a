import { Failure } from '../core/failure.ts';
import type { Mapping, Scalar, Value } from '../core/value.ts';
import { bytesOf } from './binary.ts';
import { FORBIDDEN } from './characters.ts';
import type { MappingNode, Pair, ScalarNode, YamlNode } from './node.ts';
import { originOf } from './place.ts';
import { fittingTag, floatOf, implicitTag } from './resolve.ts';
import { timestampOf } from './timestamp.ts';
import { scalarValue } from './value.ts';

const values = new WeakMap<YamlNode, Value>();
const annotationValues = new WeakMap<YamlNode, Mapping>();
const manifests = new WeakMap<YamlNode, Value>();

/**
 * What `kustomize build` prints of a tree read in dialect v3: it writes the tree as YAML, reads that into Go values, and
 * passes these through JSON. Deeply frozen; the same node gives the same object. Annotations are text whatever their
 * tag. What cannot be converted throws a Failure at its place.
 */
export function renderedValueOf(root: YamlNode): Value {
  if (root.kind !== 'mapping') return convert(root, true);
  const known = manifests.get(root);
  if (known !== undefined) return known;
  const value = convertMapping(root, true, (key, node) =>
    key === 'metadata' && node.kind === 'mapping' ? metadataOf(node) : convert(node, false),
  );
  manifests.set(root, value);
  return value;
}

function metadataOf(node: MappingNode): Mapping {
  const annotated = node.pairs.some(({ key }) => key.kind === 'scalar' && key.text === 'annotations');
  if (!annotated) return convert(node, false) as Mapping;
  const known = annotationValues.get(node);
  if (known !== undefined) return known;
  const pairs = node.pairs.filter(({ key, value }) => !isEmptyAnnotations(key, value));
  const value = convertMapping({ ...node, pairs }, false, (key, child) =>
    key === 'annotations' && child.kind === 'mapping' ? annotationsOf(child) : convert(child, false),
  );
  annotationValues.set(node, value);
  return value;
}

function isEmptyAnnotations(key: YamlNode, value: YamlNode): boolean {
  if (key.kind !== 'scalar' || key.text !== 'annotations') return false;
  return value.kind === 'mapping' && value.pairs.length === 0;
}

function annotationsOf(node: MappingNode): Mapping {
  const known = annotationValues.get(node);
  if (known !== undefined) return known;
  const value = convertMapping(node, false, (_key, child) =>
    child.kind === 'scalar' ? printable(child.text, child) : '',
  );
  annotationValues.set(node, value);
  return value;
}

function convert(node: YamlNode, isRoot: boolean): Value {
  if (node.kind === 'scalar') return convertScalar(node);
  const known = values.get(node);
  if (known !== undefined) return known;
  const value =
    node.kind === 'sequence'
      ? Object.freeze(node.items.map((item) => convert(item, false)))
      : convertMapping(node, isRoot, (_key, child) => convert(child, false));
  values.set(node, value);
  return value;
}

function convertMapping(
  node: MappingNode,
  isRoot: boolean,
  convertField: (key: string, value: YamlNode) => Value,
): Mapping {
  const mapping: Record<string, Value> = Object.create(null);
  const { pairs } = node;
  for (let i = 0; i < pairs.length; i++) {
    const { key, value } = pairs[i]!;
    const name = keyOf(key, isRoot);
    if (name in mapping) refuseDuplicate(pairs, i);
    mapping[name] = convertField(name, value);
  }
  return Object.freeze(mapping);
}

function refuse(message: string, node: YamlNode): never {
  throw new Failure(message, { origin: originOf(node.place) });
}

function refuseDuplicate(pairs: readonly Pair[], index: number): never {
  const { key } = pairs[index]!;
  const text = key.kind === 'scalar' ? key.text : '';
  const first = pairs.find((pair) => pair.key.kind === 'scalar' && pair.key.text === text);
  const { file, line } = originOf(first!.key.place);
  refuse(`mapping key "${text}" already defined at ${file}:${line}`, key);
}

/** Go's JSON needs string keys; only at the root does go-yaml turn others into text. */
function keyOf(key: YamlNode, isRoot: boolean): string {
  if (key.kind !== 'scalar') return refuse('mapping key is a collection, expected a string', key);
  if (tagWhenRead(key) !== '!!str' && !(isRoot && key.tag !== '!!null')) {
    const article = key.tag === '!!int' ? 'an' : 'a';
    refuse(`mapping key "${key.text}" is ${article} ${key.tag}, expected a string`, key);
  }
  return printable(key.text, key);
}

/** The tag that a scalar has once it was written and read again. */
function tagWhenRead(node: ScalarNode): string {
  const { tag, text } = node;
  if (tag === '!!str') return tag;
  const implicit = implicitTag(text, 'go-yaml-v3');
  if (implicit === tag) return node.style === 'plain' || tag === '!!merge' ? tag : '!!str';
  const fitting = fittingTag(tag, text, 'go-yaml-v3');
  return fitting ?? refuse(`cannot decode ${implicit} "${text}" as a ${tag}`, node);
}

function convertScalar(node: ScalarNode): Scalar {
  const { text } = node;
  const tag = tagWhenRead(node);
  switch (tag) {
    case '!!str':
      return printable(text, node);
    case '!!timestamp': {
      const time = timestampOf(text) ?? text;
      if (/[-+]24:/.test(time)) refuse(`time "${text}" has a zone that JSON lacks`, node);
      return time;
    }
    case '!!float': {
      const value = floatOf(text);
      if (value !== undefined && !Number.isFinite(value))
        refuse(`"${text}" is a number that JSON lacks`, node);
      return scalarValue(node.tag === tag ? node : { ...node, tag });
    }
    case '!!binary':
      return binary(node);
    case '!!null':
    case '!!bool':
    case '!!int':
      return scalarValue(node);
    default:
      return printable(text, node);
  }
}

function binary(node: ScalarNode): string {
  const text = bytesOf(node.text);
  return text === undefined
    ? refuse('!!binary value contains invalid base64 data', node)
    : printable(text, node);
}

/** Control characters that Go's JSON escapes pass; the others the last YAML reader refuses. */
function printable(text: string, node: YamlNode): string {
  if (!FORBIDDEN.test(text)) return text.includes('\u0085') ? foldNextLines(text) : text;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if ((code >= 0x7f && code <= 0x9f && code !== 0x85) || code === 0xfffe || code === 0xffff)
      refuse(`control character U+${code.toString(16).toUpperCase().padStart(4, '0')} is not allowed`, node);
  }
  return text.includes('\u0085') ? foldNextLines(text) : text;
}

/** JSON leaves U+0085 as it is, and YAML takes it for a line break inside a quoted scalar. */
function foldNextLines(text: string): string {
  return text.replaceAll(/[ \t]*\u0085(?:[ \t]*\u0085)*[ \t]*/g, (breaks) => {
    const count = breaks.split('\u0085').length - 1;
    return count === 1 ? ' ' : '\n'.repeat(count - 1);
  });
}
