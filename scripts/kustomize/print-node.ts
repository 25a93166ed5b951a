/**
 * A tree as kyaml prints it: two spaces, lists not indented, the style of every part kept. What a tree does not hold,
 * comments and anchors, is kept by writing a changed scalar into the text that the tree was read from.
 */
import type { MappingNode, ScalarNode, SequenceNode, YamlNode } from '../yaml/node.ts';
import { printScalar } from './print-scalar.ts';

export function printNode(node: YamlNode): string {
  if (node.kind === 'scalar') return `${printScalar(node, '  ')}\n`;
  return isFlow(node) ? `${flow(node)}\n` : block(node, '');
}

/**
 * The text with the scalars written anew that differ between the tree that it was read to and another one. Undefined
 * where anything else differs, and where the text holds nothing that `printNode` would lose.
 */
export function printInto(text: string, before: YamlNode, after: YamlNode): string | undefined {
  const scalars: ScalarNode[] = [];
  const edits: { readonly start: number; readonly end: number; readonly written: string }[] = [];
  const visit = (old: YamlNode, next: YamlNode, indent: string | undefined): boolean => {
    if (old.kind === 'scalar') {
      scalars.push(old);
      if (old === next) return true;
      if (next.kind !== 'scalar' || next.style === 'literal' || next.style === 'folded') return false;
      const { start, end } = old.place;
      edits.push({ start, end, written: printScalar(next, indent) });
      return true;
    }
    const within = old.flow || indent === undefined ? undefined : `${indent}  `;
    if (old.kind === 'sequence') {
      if (next.kind !== 'sequence' || old.items.length !== next.items.length) return false;
      return old.items.every((item, index) => visit(item, next.items[index]!, within));
    }
    if (next.kind !== 'mapping' || old.pairs.length !== next.pairs.length) return false;
    return old.pairs.every(({ key, value }, index) => {
      const below = value.kind === 'sequence' && !value.flow && within !== undefined ? indent : within;
      return visit(key, key, undefined) && visit(value, next.pairs[index]!.value, below);
    });
  };
  if (!visit(before, after, '') || !/[#&*]/.test(without(text, scalars))) return undefined;
  let result = text;
  for (const { start, end, written } of edits.sort((a, b) => b.start - a.start)) {
    result = result.slice(0, start) + written + result.slice(end);
  }
  return result.replace(/^([ -]*)<<:/gm, '$1!!merge <<:').replace(/[ \t]+$/gm, '');
}

/** What of a text is no scalar: indicators, comments, anchors, white space. */
function without(text: string, scalars: readonly ScalarNode[]): string {
  let rest = '';
  let from = 0;
  for (const { place } of [...scalars].sort((a, b) => a.place.start - b.place.start)) {
    if (place.start < from) continue;
    rest += text.slice(from, place.start);
    from = place.end;
  }
  return rest + text.slice(from);
}

function block(node: MappingNode | SequenceNode, indent: string): string {
  return node.kind === 'mapping' ? mapping(node, indent) : sequence(node, indent);
}

function mapping(node: MappingNode, indent: string): string {
  let out = '';
  for (const { key, value } of node.pairs) {
    const inner = value.kind === 'sequence' ? indent : `${indent}  `;
    const written =
      value.kind === 'scalar' ? printScalar(value, `${indent}  `) : isFlow(value) ? flow(value) : undefined;
    out += `${indent}${flow(key)}:`;
    out +=
      written === undefined
        ? `\n${block(value as MappingNode, inner)}`
        : written === ''
          ? '\n'
          : ` ${written}\n`;
  }
  return out;
}

function sequence(node: SequenceNode, indent: string): string {
  let out = '';
  for (const item of node.items) {
    if (item.kind === 'scalar') out += `${indent}- ${printScalar(item, `${indent}  `)}\n`;
    else if (isFlow(item)) out += `${indent}- ${flow(item)}\n`;
    else out += `${indent}- ${block(item, `${indent}  `).slice(indent.length + 2)}`;
  }
  return out;
}

function isFlow(node: MappingNode | SequenceNode): boolean {
  return node.flow || (node.kind === 'mapping' ? node.pairs.length : node.items.length) === 0;
}

function flow(node: YamlNode): string {
  if (node.kind === 'scalar') return printScalar(node, undefined);
  if (node.kind === 'sequence') return `[${node.items.map(flow).join(', ')}]`;
  return `{${node.pairs.map(({ key, value }) => `${flow(key)}: ${flow(value)}`).join(', ')}}`;
}
