/**
 * From a YAML 1.1 document to typed fields, as Go's JSON decoder reads a struct: field names match in any case,
 * null leaves a field unset, types are strict. Strings stay their scalar node, so that every entry keeps its place.
 */

import { goFloat } from '../yaml/go-number.ts';
import {
  keyText,
  type MappingNode,
  mappingNode,
  type Pair,
  type ScalarNode,
  withContent,
  type YamlNode,
} from '../yaml/node.ts';
import { timestampOf } from '../yaml/timestamp.ts';
import { scalarValue } from '../yaml/value.ts';
import { failAt } from './failure.ts';

/** How strictly a kind of document is read. */
export interface Strictness {
  readonly refusesUnknownFields: boolean;
  /** Numbers and booleans become strings where strings are wanted. */
  readonly makesStrings: boolean;
  /** The names of fields are taken in their own case alone. */
  readonly matchesCase?: boolean;
}

export const asKustomization: Strictness = { refusesUnknownFields: true, makesStrings: false };
/** What `configurations` name. */
export const asConfiguration: Strictness = { refusesUnknownFields: true, makesStrings: true };
/** The configuration of a plugin, and files with replacements. */
export const asPlugin: Strictness = { refusesUnknownFields: false, makesStrings: true };

/** The configuration of a prefix or suffix, which go-yaml v3 decodes itself. */
export const asAffix: Strictness = { ...asPlugin, matchesCase: true };

/** For fields of a Go struct that is embedded in another: there no strings are made. */
export function embedded<T>(decode: Decoder<T>): Decoder<T> {
  return (node, name, strictness) => decode(node, name, { ...strictness, makesStrings: false });
}

/** Reads a value that is not null; `name` says which field, for messages. */
export type Decoder<T> = (node: YamlNode, name: string, strictness: Strictness) => T;

/** One entry of a mapping of strings. */
export interface TextPair {
  readonly key: ScalarNode;
  readonly value: ScalarNode;
}

export const text: Decoder<ScalarNode> = (node, name, strictness) => {
  if (node.kind === 'scalar' && node.tag === '!!binary')
    return withContent(node, String(scalarValue(node)), '!!str');
  // A plugin's configuration was printed before it is read, and times with it.
  if (node.kind === 'scalar' && node.tag === '!!timestamp' && !strictness.refusesUnknownFields)
    return withContent(node, timestampOf(node.text) ?? node.text, '!!str');
  if (node.kind === 'scalar' && isText(node)) return node;
  if (node.kind === 'scalar' && strictness.makesStrings && !isNull(node)) return asText(node);
  return failAt(node.place, `Field "${name}" is ${described(node)}, expected a string${hint(node)}`);
};

export const flag: Decoder<boolean> = (node, name) => {
  if (node.kind === 'scalar' && node.tag === '!!bool') return /^(y|yes|true|on)$/i.test(node.text);
  return failAt(node.place, `Field "${name}" is ${described(node)}, expected a boolean`);
};

export const integer: Decoder<ScalarNode> = (node, name) => {
  if (node.kind === 'scalar' && node.tag === '!!int') return node;
  if (node.kind === 'scalar' && node.tag === '!!float') {
    const value = scalarValue(node);
    const written = typeof value === 'number' ? goFloat(value) : '';
    // Go sees what JSON writes: a whole number, whichever way it was written.
    if (/^-?[0-9]+$/.test(written)) return withContent(node, written, '!!int');
  }
  return failAt(node.place, `Field "${name}" is ${described(node)}, expected an integer`);
};

/** Any value, left as it is. */
export const anything: Decoder<YamlNode> = (node) => node;

export function list<T>(item: Decoder<T>, empty?: (node: YamlNode) => T): Decoder<readonly T[]> {
  return (node, name, strictness) => {
    if (node.kind !== 'sequence')
      return failAt(node.place, `Field "${name}" is ${described(node)}, expected a list`);
    return node.items.map((entry, index) => {
      if (isNull(entry) && empty !== undefined) return empty(entry);
      // Null among structs is one without fields.
      const value = isNull(entry) ? mappingNode([], entry.place, entry.others) : entry;
      return item(value, `${name}[${index}]`, strictness);
    });
  };
}

/** A list of strings; a null among them is the empty string. */
export const texts: Decoder<readonly ScalarNode[]> = list(text, emptyText);

/** A mapping of strings, sorted by key; of a key that is written twice the last one counts. */
export const textMap: Decoder<readonly TextPair[]> = (node, name, strictness) => {
  if (node.kind !== 'mapping')
    return failAt(node.place, `Field "${name}" is ${described(node)}, expected a mapping`);
  const pairs = new Map<string, TextPair>();
  for (const { key, value } of node.pairs) {
    const keyNode = textKey(key);
    const valueNode = isNull(value) ? emptyText(value) : text(value, `${name}.${keyNode.text}`, strictness);
    pairs.set(keyNode.text, { key: keyNode, value: valueNode });
  }
  return [...pairs.values()].sort((a, b) => (a.key.text < b.key.text ? -1 : 1));
};

/** The decoded fields of a mapping, beside its node. */
export type Fields<S extends Record<string, Decoder<unknown>>> = {
  readonly [K in keyof S]?: S[K] extends Decoder<infer T> ? T : never;
} & { readonly node: MappingNode };

export function shape<S extends Record<string, Decoder<unknown>>>(fields: S): Decoder<Fields<S>> {
  const exact = new Map(Object.keys(fields).map((field) => [field.toLowerCase(), field]));
  return (node, name, strictness) => {
    if (node.kind !== 'mapping') {
      return failAt(
        node.place,
        `${name === '' ? 'The document' : `Field "${name}"`} is ${described(node)}, expected a mapping`,
      );
    }
    const result: Record<string, unknown> = { node };
    // Of a key that is written twice only the last is looked at.
    const last = new Map<string, Pair>();
    for (const pair of node.pairs) last.set(keyText(pair) ?? '', pair);
    // Go meets the fields in the order of their names, which shows where two differ in case alone.
    for (const written of [...last.keys()].sort()) {
      const { key, value } = last.get(written)!;
      const known = exact.get(written.toLowerCase());
      const field = strictness.matchesCase && known !== written ? undefined : known;
      if (field === undefined) {
        if (strictness.refusesUnknownFields)
          failAt(key.place, `Field "${joined(name, written)}" is unknown${nearest(written, exact)}`);
      } else if (isNull(value)) {
        if (!SCALARS.has(fields[field]!)) delete result[field];
      } else {
        result[field] = fields[field]!(value, joined(name, field), strictness);
      }
    }
    return result as Fields<S>;
  };
}

/** Null leaves a value of these as it is, and takes away any other. */
const SCALARS: ReadonlySet<Decoder<unknown>> = new Set<Decoder<unknown>>([text, flag, integer]);

export function isNull(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.tag === '!!null';
}

export function described(node: YamlNode): string {
  if (node.kind === 'mapping') return 'a mapping';
  if (node.kind === 'sequence') return 'a list';
  switch (node.tag) {
    case '!!bool':
      return `the boolean "${node.text}"`;
    case '!!int':
    case '!!float':
      return `the number "${node.text}"`;
    case '!!null':
      return 'null';
    default:
      return `the string "${node.text}"`;
  }
}

/** Goes to the scalar that stands for a missing string. */
function emptyText(node: YamlNode): ScalarNode {
  return { kind: 'scalar', text: '', style: 'double', tag: '!!str', place: node.place, others: node.others };
}

function isText(node: ScalarNode): boolean {
  return node.tag !== '!!bool' && node.tag !== '!!int' && node.tag !== '!!float' && node.tag !== '!!null';
}

/** A number or boolean where a string is wanted, as Go prints it. */
function asText(node: ScalarNode): ScalarNode {
  const value = scalarValue(node);
  const written = typeof value === 'number' && node.tag === '!!float' ? goFloat(value) : String(value);
  return withContent(node, written, '!!str');
}

function textKey(key: YamlNode): ScalarNode {
  if (key.kind !== 'scalar') return failAt(key.place, `A key is ${described(key)}, expected a string`);
  if (key.tag === '!!bool') return withContent(key, String(flag(key, '', asKustomization)), '!!str');
  return key;
}

function hint(node: YamlNode): string {
  return node.kind === 'scalar' && node.style === 'plain' && node.tag !== '!!null' ? ': quote it' : '';
}

function joined(name: string, field: string): string {
  return name === '' ? field : `${name}.${field}`;
}

function nearest(written: string, exact: ReadonlyMap<string, string>): string {
  const plain = (field: string) => field.toLowerCase().replace(/s$/, '');
  for (const field of exact.values()) if (plain(field) === plain(written)) return `, expected "${field}"`;
  return '';
}
