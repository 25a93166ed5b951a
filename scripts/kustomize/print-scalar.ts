import type { ScalarNode, Style } from '../yaml/node.ts';
import { fittingTag, implicitTag } from '../yaml/resolve.ts';
import { analyze, isPrintable } from '../yaml/scalar-style.ts';

/** Where a scalar stands: `indent` is that of its further lines; undefined in a flow collection or as a key. */
export function printScalar(node: ScalarNode, indent: string | undefined): string {
  const { text, tag } = node;
  if (tag === '!!null' && text === '' && node.style === 'plain') return '';
  const style = styleOf(node, indent);
  const prefix = hasExplicitTag(node, style) ? `${tag} ` : '';
  return prefix + written(text, style, indent ?? '');
}

/** A number that became a word, or a string that is tagged by hand. */
function hasExplicitTag(node: ScalarNode, style: Style): boolean {
  const { text, tag, style: writtenAs } = node;
  if (tag === '!!str' && style === 'plain') return isTagged(node);
  if (tag === '!!str' || tag === '!!null' || tag === '!!merge' || tag === '') return false;
  return writtenAs === 'plain' && style === 'plain' && fittingTag(tag, text, 'go-yaml-v3') === undefined;
}

function isTagged({ place: { source, start } }: ScalarNode): boolean {
  return (
    source.text.startsWith('!!str', start) ||
    /!!str[ \t]+$/.test(source.text.slice(Math.max(0, start - 16), start))
  );
}

function styleOf(node: ScalarNode, indent: string | undefined): Style {
  const { text, tag, style } = node;
  if (text === '' && (style === 'literal' || style === 'folded')) return 'double';
  const { plainAllowed, singleAllowed, literalAllowed, multiline } = analyze(text);
  let chosen: Style = style;
  if (chosen === 'plain') {
    if (text.includes('\n')) chosen = 'literal';
    else if (tag === '!!str' && implicitTag(text, 'go-yaml-v3') !== '!!str') {
      if (!isTagged(node)) chosen = 'double';
    } else if (!plainAllowed || text === '' || (indent === undefined && /[,?[\]{}]/.test(text)))
      chosen = 'single';
  }
  if (chosen === 'single' && (!singleAllowed || (multiline && indent === undefined))) return 'double';
  if ((chosen === 'literal' || chosen === 'folded') && (!literalAllowed || indent === undefined))
    return 'double';
  return chosen;
}

function written(text: string, style: Style, indent: string): string {
  switch (style) {
    case 'plain':
      return text;
    case 'single':
      return `'${text.replaceAll("'", "''").replace(/\n+/g, (breaks) => `\n${breaks}${indent}`)}'`;
    case 'double':
      return doubleQuoted(text);
    case 'literal':
      return `|${header(text)}\n${lines(text, indent)}`;
    case 'folded':
      return `>${header(text)}\n${lines(unfolded(text), indent)}`;
  }
}

/** An indentation hint where the text begins with a space or break, and what becomes of the breaks at its end. */
function header(text: string): string {
  const hint = /^[ \n]/.test(text) ? '2' : '';
  if (!text.endsWith('\n')) return `${hint}-`;
  return text === '\n' || text.endsWith('\n\n') ? `${hint}+` : hint;
}

function lines(text: string, indent: string): string {
  const body = text.endsWith('\n') ? text.slice(0, -1) : text;
  return body
    .split('\n')
    .map((line) => (line === '' ? '' : indent + line))
    .join('\n');
}

/** A break between two lines that begin with no space is doubled, so that reading it back folds to one. */
function unfolded(text: string): string {
  return text.replace(/(?<=^|\n)([^ \n][^\n]*)(\n+)(?=[^ \n])/g, '$1\n$2');
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\0': '\\0',
  '\u0007': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\u001b': '\\e',
  '\u0085': '\\N',
  '\u2028': '\\L',
  '\u2029': '\\P',
};

function doubleQuoted(text: string): string {
  let out = '';
  for (const char of text) {
    const code = char.codePointAt(0)!;
    const escape = ESCAPES[char];
    if (escape !== undefined) out += escape;
    else if (isPrintable(code)) out += char;
    else if (code <= 0xff) out += `\\x${hex(code, 2)}`;
    else out += code <= 0xffff ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
  }
  return `"${out}"`;
}

function hex(code: number, width: number): string {
  return code.toString(16).toUpperCase().padStart(width, '0');
}
