/**
 * A tree as it comes back from Kustomize's way through JSON: numbers in Go's shortest notation, no quotes but those
 * that YAML needs, no nulls written `~`. Nodes for which nothing changes stay the same objects.
 */
import { goFloat } from '../yaml/go-number.ts';
import { memoOf } from '../yaml/memo.ts';
import {
  type MappingNode,
  type Pair,
  type ScalarNode,
  type SequenceNode,
  withContent,
  withItems,
  withPairs,
  withStyle,
  type YamlNode,
} from '../yaml/node.ts';
import { refold } from '../yaml/refold.ts';
import { floatOf, implicitTag, integerOf } from '../yaml/resolve.ts';
import { keyOf } from '../yaml/value.ts';
import { failAt } from './failure.ts';

export function throughJson(node: YamlNode): YamlNode {
  if (node.kind === 'scalar') return scalar(node);
  const memo = memoOf(node);
  if (memo.json === undefined) {
    const result = convert(node);
    memo.json = result;
    if (result !== node) memoOf(result).json = result;
  }
  return memo.json;
}

/** The same as JSON writes it: every string is quoted. */
export function asJson(node: YamlNode): YamlNode {
  if (node.kind === 'scalar') return node.tag === '!!str' ? withStyle(node, 'double') : node;
  if (node.kind === 'sequence') return withItems(node, node.items.map(asJson));
  return withPairs(
    node,
    node.pairs.map(({ key, value }) => ({ key, value: asJson(value) })),
  );
}

function convert(node: MappingNode | SequenceNode): MappingNode | SequenceNode {
  if (node.kind === 'sequence') {
    const items = node.items.map(throughJson);
    return items.every((item, index) => item === node.items[index]) ? node : withItems(node, items);
  }
  const seen = new Set<string>();
  let same = true;
  const pairs = node.pairs.map((pair): Pair => {
    const key = textKey(pair.key);
    if (seen.has(key.text)) failAt(key.place, `Key "${key.text}" is already defined in this mapping`);
    seen.add(key.text);
    const value = throughJson(pair.value);
    if (value === pair.value && key === pair.key) return pair;
    same = false;
    return { key, value };
  });
  return same ? node : withPairs(node, pairs);
}

/** Keys that are no strings are refused in objects before they come here; in patches they become strings. */
function textKey(key: YamlNode): ScalarNode {
  if (key.kind !== 'scalar') return failAt(key.place, 'A key is not a string, expected only strings as keys');
  return key.tag === '!!str' ? key : withContent(key, keyOf(key), '!!str');
}

function scalar(node: ScalarNode): ScalarNode {
  switch (node.tag) {
    case '!!null':
      return rewritten(node, 'null', '!!null');
    case '!!bool':
      return rewritten(node, /^(?:true|y|yes|on)$/i.test(node.text) ? 'true' : 'false', '!!bool');
    case '!!int': {
      const value = integerOf(node.text);
      return value === undefined ? wrongType(node) : number(node, Number(value));
    }
    case '!!float': {
      const value = floatOf(node.text) ?? Number(integerOf(node.text) ?? Number.NaN);
      return Number.isFinite(value) ? number(node, value) : wrongType(node);
    }
    default:
      return text(node);
  }
}

function wrongType(node: ScalarNode): never {
  return failAt(node.place, `Cannot decode "${node.text}" as ${node.tag}`);
}

function number(node: ScalarNode, value: number): ScalarNode {
  const written = goFloat(value);
  return rewritten(node, written, implicitTag(written, 'go-yaml-v3'));
}

/** Strings come back unquoted where YAML lets them. */
function text(node: ScalarNode): ScalarNode {
  const content = node.style === 'folded' ? refold(node.text) : node.text;
  const quoted =
    implicitTag(content, 'go-yaml-v3') !== '!!str' || implicitTag(content, 'go-yaml-v2') === '!!bool';
  const style = content.includes('\n') ? 'literal' : quoted ? 'double' : 'plain';
  if (node.tag === '!!str' && node.style === style && content === node.text) return node;
  return withContent(node, content, '!!str', style);
}

function rewritten(node: ScalarNode, content: string, tag: string): ScalarNode {
  if (node.text === content && node.tag === tag && node.style === 'plain') return node;
  return withContent(node, content, tag, 'plain');
}
