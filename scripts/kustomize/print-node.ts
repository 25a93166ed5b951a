import type { MappingNode, ScalarNode, SequenceNode, YamlNode } from '../yaml/node.ts';
import { implicitTag } from '../yaml/resolve.ts';

/** A tree as kyaml prints it: two spaces, lists not indented, the style of every part kept. */
export function printNode(node: YamlNode): string {
  return block(node, '').replace(/^\n/, '');
}

/** The text after `key:` or `-`, with what comes before it: a space, or a line break and indentation. */
function block(node: YamlNode, indent: string): string {
  if (node.kind === 'scalar') return ` ${scalar(node, `${indent}  `)}\n`.slice(indent === '' ? 0 : 0);
  if (isFlow(node)) return ` ${flow(node)}\n`;
  return `\n${node.kind === 'mapping' ? mapping(node, indent) : sequence(node, indent)}`;
}

function mapping(node: MappingNode, indent: string): string {
  let out = '';
  for (const { key, value } of node.pairs) {
    const inner = value.kind === 'sequence' && !isFlow(value) ? indent : `${indent}  `;
    out += `${indent}${flow(key)}:${value.kind === 'scalar' ? ` ${scalar(value, `${indent}  `)}\n` : block(value, inner)}`;
  }
  return out;
}

function sequence(node: SequenceNode, indent: string): string {
  let out = '';
  for (const item of node.items) {
    if (item.kind === 'scalar') out += `${indent}- ${scalar(item, `${indent}  `)}\n`;
    else if (isFlow(item)) out += `${indent}- ${flow(item)}\n`;
    else out += `${indent}- ${block(item, `${indent}  `).slice(indent.length + 3)}`;
  }
  return out;
}

function isFlow(node: MappingNode | SequenceNode): boolean {
  return node.flow || (node.kind === 'mapping' ? node.pairs.length : node.items.length) === 0;
}

function flow(node: YamlNode): string {
  if (node.kind === 'scalar') return scalar(node, '');
  if (node.kind === 'sequence') return `[${node.items.map(flow).join(', ')}]`;
  return `{${node.pairs.map(({ key, value }) => `${flow(key)}: ${flow(value)}`).join(', ')}}`;
}

function scalar(node: ScalarNode, indent: string): string {
  const { text, style } = node;
  if (style === 'double') return JSON.stringify(text);
  if (style === 'single' && !text.includes('\n')) return `'${text.replaceAll("'", "''")}'`;
  if (text.includes('\n') && indent !== '') return literal(text, indent);
  if (node.tag === '!!str' && implicitTag(text, 'go-yaml-v3') !== '!!str') return JSON.stringify(text);
  if (node.tag === '!!str' && !isPlain(text)) return `'${text.replaceAll("'", "''")}'`;
  return text;
}

function literal(text: string, indent: string): string {
  const chomp = text.endsWith('\n') ? (text.endsWith('\n\n') ? '+' : '') : '-';
  const body = text.replace(/\n$/, '').split('\n');
  return `|${chomp}\n${body.map((line) => (line === '' ? '' : indent + line)).join('\n')}`;
}

function isPlain(text: string): boolean {
  return !/^[\s#,[\]{}&*!|>'"%@`]|^[-?:](?:\s|$)|:(?:\s|$)|\s#|\s$|^---|^\.\.\./.test(text);
}
