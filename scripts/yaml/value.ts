import { type Mapping, newMapping, type Scalar, type Value } from '../core/value.ts';
import { isAliased } from './anchors.ts';
import { bytesOf } from './binary.ts';
import { goFloat32 } from './go-number.ts';
import type { MappingNode, ScalarNode, SequenceNode, YamlNode } from './node.ts';
import { floatOf, integerOf } from './resolve.ts';

/** Of nodes with aliases: those could stand in more places than there is memory for. */
const values = new WeakMap<YamlNode, Value>();

/**
 * The node as sigs.k8s.io/yaml gives it to whoever decodes it: JSON, with keys turned to strings
 * and the last of duplicate keys. Deeply frozen; a node with aliases gives the same object in each place. Times stay as written, `.inf` and
 * `.nan` are numbers that JSON lacks.
 */
export function valueOf(node: YamlNode): Value {
  if (node.kind === 'scalar') return scalarValue(node);
  if (!isAliased(node)) return collectionValue(node);
  const known = values.get(node);
  if (known !== undefined) return known;
  const value = collectionValue(node);
  values.set(node, value);
  return value;
}

function collectionValue(node: MappingNode | SequenceNode): Value {
  return node.kind === 'sequence' ? Object.freeze(node.items.map(valueOf)) : mappingValue(node);
}

function mappingValue(node: MappingNode): Mapping {
  const mapping = newMapping();
  for (const { key, value } of node.pairs) mapping[keyOf(key)] = valueOf(value);
  return Object.freeze(mapping);
}

/** The name that a key gets in JSON: `1` is `"1"`, `yes` in dialect v2 is `"true"`. */
export function keyOf(key: YamlNode): string {
  if (key.kind !== 'scalar') return key.kind === 'sequence' ? '[]' : '{}';
  const value = scalarValue(key);
  if (typeof value === 'string') return value;
  return typeof value === 'number' && key.tag === '!!float' ? goFloat32(value) : String(value);
}

/** The value of a scalar by its tag; one whose text does not fit its tag is a string. */
export function scalarValue(node: ScalarNode): Scalar {
  const { text } = node;
  switch (node.tag) {
    case '!!null':
      return null;
    case '!!bool':
      return isTrue(text);
    case '!!int': {
      const small = Number(text);
      if (Number.isSafeInteger(small) && String(small) === text) return small;
      const value = integerOf(text);
      if (value === undefined) return text;
      const number = Number(value);
      return Number.isSafeInteger(number) ? number : value;
    }
    case '!!float':
      return floatOf(text) ?? (integerOf(text) === undefined ? text : Number(integerOf(text)));
    case '!!binary':
      return bytesOf(text) ?? text;
    default:
      return text;
  }
}

function isTrue(text: string): boolean {
  const first = text.charCodeAt(0) | 32;
  // Of the words that are booleans, `n`, `no`, `f…` and `of…` are false.
  return first !== 110 && first !== 102 && !(first === 111 && (text.charCodeAt(1) | 32) === 102);
}
