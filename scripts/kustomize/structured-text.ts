/** Replacements that reach into a text that holds JSON or YAML, such as a file in a ConfigMap. */
import type { Value } from '../core/value.ts';
import type { ScalarNode, YamlNode } from '../yaml/node.ts';
import { valueOf as jsonOf } from '../yaml/value.ts';
import { FieldPathFault, type Found, lookUp, replaceAt } from './field-path.ts';
import { type FieldUpdate, parseText, updateFields } from './field-path-update.ts';
import { printInto, printNode } from './print-node.ts';
import { checkTags } from './scalar-tag.ts';

/**
 * The tree with the text changed that the first part of the path leads to; undefined where the path leads to no text
 * or its rest to nothing in there.
 */
export function updateInText(
  root: YamlNode,
  path: readonly string[],
  update: FieldUpdate,
  change: (text: ScalarNode, content: string) => ScalarNode,
): YamlNode | undefined {
  if (path.length < 2) return undefined;
  try {
    const found = textOn(root, path);
    if (found === undefined) return undefined;
    const { scalar, steps, parsed, rest } = found;
    const { node, count } = updateFields(parsed, rest, update);
    if (count === 0) return undefined;
    return replaceAt(root, steps, change(scalar, print(parsed, node, scalar.text)));
  } catch (fault) {
    if (fault instanceof FieldPathFault) return undefined;
    throw fault;
  }
}

function textOn(root: YamlNode, path: readonly string[]) {
  for (let length = 1; length < path.length; length++) {
    const found = attempt(() => lookUp(root, path.slice(0, length)));
    if (found?.node.kind !== 'scalar') continue;
    const scalar = found.node;
    const parsed = attempt(() => parseText(scalar.text, scalar.place));
    if (parsed !== undefined) return { scalar, steps: found.steps, parsed, rest: path.slice(length) };
  }
  return undefined;
}

function attempt<T extends YamlNode | Found>(read: () => T | undefined): T | undefined {
  try {
    return read();
  } catch (fault) {
    if (fault instanceof FieldPathFault) return undefined;
    throw fault;
  }
}

function print(old: YamlNode, node: YamlNode, before: string): string {
  const first = before.trimStart()[0];
  if (first !== '{' && first !== '[') return (printInto(before, old, node) ?? printNode(node)).trim();
  checkTags(node);
  return goJson(jsonOf(node), before.includes('\n') && before.includes('  ') ? '  ' : '');
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** As Go's encoding/json writes it: keys sorted by byte, `<`, `>` and `&` escaped. */
function goJson(value: Value, indent: string, outer = ''): string {
  if (typeof value === 'string') return goString(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const inner = outer + indent;
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const parts = Array.isArray(value)
    ? value.map((item) => goJson(item, indent, inner))
    : Object.entries(value)
        .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
        .map(([key, item]) => `${goString(key)}:${indent === '' ? '' : ' '}${goJson(item, indent, inner)}`);
  if (parts.length === 0) return `${open}${close}`;
  if (indent === '') return `${open}${parts.join(',')}${close}`;
  return `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${outer}${close}`;
}

function goString(text: string): string {
  let out = '';
  for (const char of text) out += isEscaped(char) ? (ESCAPES[char] ?? unicodeEscape(char)) : char;
  return `"${out}"`;
}

function isEscaped(char: string): boolean {
  return char < ' ' || '"\\<>&\u2028\u2029'.includes(char);
}

function unicodeEscape(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
