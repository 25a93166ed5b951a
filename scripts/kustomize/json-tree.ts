/**
 * A tree as it comes back from Kustomize's way through JSON: numbers in Go's shortest notation, no quotes but those
 * that YAML needs, no nulls written `~`. Nodes for which nothing changes stay the same objects.
 */
import { keyText, type Pair, type ScalarNode, type YamlNode } from '../yaml/node.ts';
import { floatOf, implicitTag, integerOf } from '../yaml/resolve.ts';
import { failAt } from './failure.ts';

const known = new WeakMap<YamlNode, YamlNode>();

export function throughJson(node: YamlNode): YamlNode {
  const before = known.get(node);
  if (before !== undefined) return before;
  const result = convert(node);
  known.set(node, result);
  if (result !== node) known.set(result, result);
  return result;
}

function convert(node: YamlNode): YamlNode {
  if (node.kind === 'scalar') return scalar(node);
  if (node.kind === 'sequence') {
    const items = node.items.map(throughJson);
    return items.every((item, index) => item === node.items[index]) ? node : { ...node, items };
  }
  const seen = new Set<string>();
  let same = true;
  const pairs = node.pairs.map((pair): Pair => {
    const key = keyText(pair);
    if (key === undefined || (pair.key.kind === 'scalar' && pair.key.tag !== '!!str')) {
      return failAt(pair.key.place, 'A key is not a string, expected only strings as keys');
    }
    if (seen.has(key)) failAt(pair.key.place, `Key "${key}" is already defined in this mapping`);
    seen.add(key);
    const value = throughJson(pair.value);
    if (value === pair.value) return pair;
    same = false;
    return { key: pair.key, value };
  });
  return same ? node : { ...node, pairs };
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
  const written = shortestNumber(value);
  return rewritten(node, written, implicitTag(written, 'go-yaml-v3'));
}

/** Strings come back unquoted where YAML lets them. */
function text(node: ScalarNode): ScalarNode {
  const { text: content } = node;
  const quoted = implicitTag(content, 'go-yaml-v3') !== '!!str' || implicitTag(content, 'go-yaml-v2') === '!!bool';
  const style = content.includes('\n') ? 'literal' : quoted ? 'double' : 'plain';
  if (node.tag === '!!str' && node.style === style) return node;
  return { ...node, tag: '!!str', style };
}

function rewritten(node: ScalarNode, content: string, tag: string): ScalarNode {
  if (node.text === content && node.tag === tag && node.style === 'plain') return node;
  return { ...node, text: content, tag, style: 'plain' };
}

/** As Go's strconv writes a float with `g` and the shortest precision: an exponent below -4 and from 6 on. */
function shortestNumber(value: number): string {
  const [mantissa, power] = value.toExponential().split('e') as [string, string];
  const exponent = Number(power);
  if (exponent >= -4 && exponent < 6) return Object.is(value, -0) ? '-0' : String(value);
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}
