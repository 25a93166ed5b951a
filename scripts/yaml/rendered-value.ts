import { Failure } from '../core/failure.ts';
import { type Mapping, newMapping, type Scalar, type Value } from '../core/value.ts';
import { bytesOf } from './binary.ts';
import { FORBIDDEN } from './characters.ts';
import { memoOf } from './memo.ts';
import {
  type MappingNode,
  type Pair,
  type ScalarNode,
  type SequenceNode,
  withContent,
  withPairs,
  withStyle,
  type YamlNode,
} from './node.ts';
import { originOf } from './place.ts';
import { refold, staysInBlock } from './refold.ts';
import { fittingTag, floatOf, implicitTag } from './resolve.ts';
import { timestampOf } from './timestamp.ts';
import { scalarValue } from './value.ts';

/** Where a scalar stands when the tree is written: an empty one is quoted in a flow collection and as a key. */
type Context = 'block' | 'flow' | 'key';
type Field = (key: string, value: YamlNode, context: Context) => Value;

/**
 * What `kustomize build` prints of a tree read in dialect v3: it writes the tree as YAML, reads that into Go values, and
 * passes these through JSON. Deeply frozen; the same node below the root gives the same object. Annotations are text
 * whatever their tag. What cannot be converted throws a Failure at its place.
 */
export function renderedValueOf(root: YamlNode): Value {
  if (root.kind !== 'mapping') return convert(root, 'block');
  return mappingOf(root, 'block', true, convertRootField);
}

function convertRootField(key: string, value: YamlNode, context: Context): Value {
  return key === 'metadata' && value.kind === 'mapping'
    ? metadataOf(value, context)
    : convert(value, context);
}

function isEmptyAnnotations({ key, value }: Pair): boolean {
  return (
    value.kind === 'mapping' &&
    value.pairs.length === 0 &&
    key.kind === 'scalar' &&
    key.text === 'annotations'
  );
}

function metadataOf(node: MappingNode, context: Context): Mapping {
  const memo = memoOf(node);
  if (memo.metadata === undefined) {
    const written = node.pairs.some(isEmptyAnnotations)
      ? withPairs(
          node,
          node.pairs.filter((pair) => !isEmptyAnnotations(pair)),
        )
      : node;
    memo.metadata = mappingOf(written, context, false, convertMetadataField);
  }
  return memo.metadata;
}

function convertMetadataField(key: string, value: YamlNode, context: Context): Value {
  return key === 'annotations' && value.kind === 'mapping'
    ? annotationsOf(value, context)
    : convert(value, context);
}

function annotationsOf(node: MappingNode, context: Context): Mapping {
  const memo = memoOf(node);
  memo.annotations ??= mappingOf(node, context, false, convertAnnotation);
  return memo.annotations;
}

/** Kustomize has set them anew as plain strings. */
function convertAnnotation(_key: string, value: YamlNode, context: Context): Value {
  return value.kind === 'scalar' ? textOf(withStyle(value, 'plain'), context) : '';
}

function convert(node: YamlNode, context: Context): Value {
  if (node.kind === 'scalar') return convertScalar(node, context);
  const memo = memoOf(node);
  if (context === 'flow' && !node.flow) {
    memo.flowValue ??= convertCollection(node, context);
    return memo.flowValue;
  }
  memo.value ??= convertCollection(node, context);
  return memo.value;
}

function convertCollection(node: MappingNode | SequenceNode, context: Context): Value {
  if (node.kind === 'mapping') return mappingOf(node, context, false, convertField);
  const inner = node.flow ? 'flow' : context;
  return Object.freeze(node.items.map((item) => convert(item, inner)));
}

function convertField(_key: string, value: YamlNode, context: Context): Value {
  return convert(value, context);
}

function mappingOf(node: MappingNode, context: Context, isRoot: boolean, field: Field): Mapping {
  const mapping = newMapping();
  const inner = node.flow ? 'flow' : context;
  const { pairs } = node;
  for (let i = 0; i < pairs.length; i++) {
    const { key, value } = pairs[i]!;
    const name = keyOf(key, isRoot);
    if (i > 0 && name in mapping) refuseDuplicate(pairs, i);
    mapping[name] = field(name, value, inner);
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
  return refuse(`mapping key "${text}" already defined at ${file}:${line}`, key);
}

/** Keys that are printed as they are: the same few in all objects. */
const usualKeys = new Set<string>();
const MOST_USUAL = 10_000;

/** Go's JSON needs string keys; only at the root does go-yaml turn others into text. */
function keyOf(key: YamlNode, isRoot: boolean): string {
  if (key.kind === 'scalar' && key.tag === '!!str' && usualKeys.has(key.text)) return key.text;
  const text = checkedKey(key, isRoot);
  if (usualKeys.size < MOST_USUAL && !UNUSUAL.test(text)) usualKeys.add(text);
  return text;
}

function checkedKey(key: YamlNode, isRoot: boolean): string {
  if (key.kind !== 'scalar') return refuse('mapping key is a collection, expected a string', key);
  const tag = tagWhenRead(key, 'key');
  if (tag !== '!!str' && (!isRoot || tag === '!!null'))
    refuse(`mapping key "${key.text}" is ${tag === '!!int' ? 'an' : 'a'} ${tag}, expected a string`, key);
  return printable(key.text, key);
}

/** The tag that a scalar has once it was written and read again. */
function tagWhenRead(node: ScalarNode, context: Context): string {
  const { tag, text } = node;
  if (tag === '!!str') return tag;
  if (text === '' && context !== 'block') return '!!str';
  const implicit = implicitTag(text, 'go-yaml-v3');
  if (implicit === tag) return node.style === 'plain' || tag === '!!merge' ? tag : '!!str';
  const fitting = fittingTag(tag, text, 'go-yaml-v3');
  return fitting ?? refuse(`cannot decode ${implicit} "${text}" as a ${tag}`, node);
}

function convertScalar(node: ScalarNode, context: Context): Scalar {
  const { text } = node;
  const tag = tagWhenRead(node, context);
  switch (tag) {
    case '!!null':
    case '!!bool':
    case '!!int':
      return scalarValue(node);
    case '!!timestamp': {
      const time = timestampOf(text) ?? text;
      return /[-+]24:/.test(time) ? refuse(`time "${text}" has a zone that JSON lacks`, node) : time;
    }
    case '!!float':
      if (!Number.isFinite(floatOf(text) ?? 0)) refuse(`"${text}" is a number that JSON lacks`, node);
      return scalarValue(node.tag === tag ? node : withContent(node, node.text, tag));
    case '!!binary': {
      const bytes = bytesOf(text);
      return bytes === undefined
        ? refuse('!!binary value contains invalid base64 data', node)
        : printable(bytes, node);
    }
    default:
      return textOf(node, context);
  }
}

/** A string's text after it was written: block scalars do not all come back as they were. */
function textOf(node: ScalarNode, context: Context): string {
  const { style, text } = node;
  if (style === 'single' || style === 'double' || context !== 'block') return printable(text, node);
  if (text.startsWith('\t') && (style !== 'plain' || text.includes('\n')) && staysInBlock(text))
    refuse('found a tab character where an indentation space is expected', node);
  return printable(style === 'folded' ? refold(text) : text, node);
}

const UNUSUAL = /[^\t\n\r -~]/;

/** Control characters that Go's JSON escapes pass; the others the last YAML reader refuses. */
function printable(text: string, node: YamlNode): string {
  if (!UNUSUAL.test(text)) return text;
  if (FORBIDDEN.test(text)) {
    for (const character of text) {
      const code = character.codePointAt(0)!;
      if ((code >= 0x7f && code <= 0x9f && code !== 0x85) || code === 0xfffe || code === 0xffff)
        refuse(
          `control character U+${code.toString(16).toUpperCase().padStart(4, '0')} is not allowed`,
          node,
        );
    }
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
