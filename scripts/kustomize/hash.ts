import { createRequire } from 'node:module';
import type { Mapping, Value } from '../core/value.ts';
import {
  fieldOf,
  type MappingNode,
  type Place,
  type ScalarNode,
  withContent,
  withField,
  withOthers,
  type YamlNode,
} from '../yaml/node.ts';
import { renderedValueOf } from '../yaml/rendered-value.ts';
import { implicitTag } from '../yaml/resolve.ts';
import { failAt } from './failure.ts';
import { type BuildObject, rememberId, type Transformer, withRoot } from './object.ts';
import { compareText } from './sort-order.ts';

/** Appends a hash of the content to the names of generated objects, so that what reads them restarts with a change. */
export const hashTransformer: Transformer = (objects) =>
  objects.some(({ state }) => state.needsHash)
    ? objects.map((object) => (object.state.needsHash ? withHash(object) : object))
    : objects;

function withHash(object: BuildObject): BuildObject {
  const remembered = rememberId(object);
  const { root } = remembered;
  const metadata = fieldOf(root, 'metadata');
  const name = fieldOf(metadata, 'name');
  if (metadata?.kind !== 'mapping' || name?.kind !== 'scalar') return object;
  const text = `${name.text}-${hashOf(object)}`;
  const tag = name.style === 'plain' ? implicitTag(text, 'go-yaml-v3') : '!!str';
  const hashed: ScalarNode = withOthers(withContent(name, text, tag), [...name.others, ...placesOf(root)]);
  return withRoot(remembered, withField(root, 'metadata', withField(metadata, 'name', hashed)));
}

/** The places of every value that the hash depends on. */
function placesOf(root: MappingNode): Place[] {
  const places = new Set<Place>();
  const visit = (node: YamlNode | undefined) => {
    if (node === undefined) return;
    places.add(node.place);
    for (const place of node.others) places.add(place);
    if (node.kind === 'mapping') {
      for (const { key, value } of node.pairs) {
        visit(key);
        visit(value);
      }
    }
    if (node.kind === 'sequence') for (const item of node.items) visit(item);
  };
  for (const field of ['data', 'binaryData', 'stringData', 'type']) visit(fieldOf(root, field));
  return [...places];
}

/** Ten characters of SHA-256 over the JSON of the content; the name in it is always empty, as in Kustomize. */
function hashOf({ root, id }: BuildObject): string {
  if (id.kind !== 'Secret' && id.kind !== 'ConfigMap') {
    failAt(root.place, `A generated object became a "${id.kind}", which no name hash can be made for`);
  }
  const isSecret = id.kind === 'Secret';
  const optional = isSecret ? 'stringData' : 'binaryData';
  const content = fieldOf(root, optional);
  const json = goJson({
    kind: id.kind,
    name: '',
    data: contentOf(root, 'data'),
    ...(isSecret && { type: contentOf(root, 'type') }),
    ...(content !== undefined && content.kind !== 'scalar' && { [optional]: contentOf(root, optional) }),
  });
  return encode(sha256(json));
}

let crypto: typeof import('node:crypto') | undefined;

/** In hexadecimal. Node's module takes longer to load than a small overlay to render, and most have no use for it. */
function sha256(text: string): string {
  crypto ??= createRequire(import.meta.url)('node:crypto') as typeof import('node:crypto');
  // What Node 20 has had since its twelfth minor version.
  return crypto.hash?.('sha256', text) ?? crypto.createHash('sha256').update(text).digest('hex');
}

function contentOf(root: MappingNode, field: string): Value {
  const node = fieldOf(root, field);
  if (node === undefined) return '';
  if (node.kind === 'scalar') return node.text;
  return node.kind === 'mapping' ? renderedValueOf(node) : null;
}

/** Letters and digits that cannot form a word. */
function encode(hex: string): string {
  const LETTERS: Readonly<Record<string, string>> = { '0': 'g', '1': 'h', '3': 'k', a: 'm', e: 't' };
  return hex.slice(0, 10).replace(/[013ae]/g, (digit) => LETTERS[digit]!);
}

/** JSON as Go's encoding/json writes it: sorted keys, and `<`, `>`, `&` and two separators escaped. */
function goJson(value: Value): string {
  if (typeof value === 'string') {
    const json = JSON.stringify(value);
    if (!/[<>&\u2028\u2029]/.test(json)) return json;
    return json.replace(
      /[<>&\u2028\u2029]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  }
  if (typeof value === 'bigint') return String(Number(value));
  if (Array.isArray(value)) return `[${value.map(goJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const keys = Object.keys(value).sort(compareText);
    return `{${keys.map((key) => `${goJson(key)}:${goJson((value as Mapping)[key]!)}`).join(',')}}`;
  }
  return String(value);
}
