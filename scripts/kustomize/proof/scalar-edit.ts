import type { Origin } from '../../core/origin.ts';
import type { Path } from '../../core/path.ts';
import type { ScalarNode, Source, YamlNode } from '../../yaml/node.ts';
import { parseDocuments } from '../../yaml/parse.ts';
import { originOf } from '../../yaml/place.ts';
import { embeddedSource } from '../embedded.ts';
import type { Random } from './random.ts';

/** A scalar of a file, and where it stands in its document. */
export interface FoundScalar {
  readonly node: ScalarNode;
  /** From the root of its document, and on from the root of the text that it is part of. */
  readonly path: Path;
  readonly start: number;
  readonly end: number;
}

/** Another value for one scalar. */
export interface ScalarEdit {
  readonly file: string;
  readonly path: Path;
  readonly before: Origin;
  readonly after: Origin;
  /** The whole file after the edit. */
  readonly text: string;
  /** The scalar's new text, where it is not a block. */
  readonly value: string;
}

/** Every scalar value of a file that can be read, those of patches inside of texts too. */
export function scalarsIn(source: Source): readonly FoundScalar[] {
  const found: FoundScalar[] = [];
  const seen = new Set<YamlNode>();
  const visit = (node: YamlNode, path: Path, offset: (at: number) => number) => {
    if (seen.has(node)) return;
    seen.add(node);
    if (node.kind === 'sequence')
      for (const [index, item] of node.items.entries()) visit(item, [...path, index], offset);
    else if (node.kind === 'mapping') {
      for (const { key, value } of node.pairs)
        visit(value, [...path, key.kind === 'scalar' ? key.text : ''], offset);
    } else if (!visitText(node, path)) {
      found.push({ node, path, start: offset(node.place.start), end: offset(node.place.end) });
    }
  };
  const visitText = (node: ScalarNode, path: Path): boolean => {
    if (node.style !== 'literal' || node.place.source !== source) return false;
    const inner = embeddedSource(node);
    const [document] = parseDocuments(inner, 'go-yaml-v3');
    const root = document?.root;
    if (root === undefined || root.kind === 'scalar') return false;
    visit(root, [...path, '|'], inner.inside!.offsetOf);
    return true;
  };
  for (const { root } of parseDocuments(source, 'go-yaml-v3')) {
    if (root !== undefined) visit(root, [], (at) => at);
  }
  return found.filter(({ start, end }) => end > start);
}

/** Gives a scalar another value of the same type. */
export function editScalar(source: Source, scalar: FoundScalar, random: Random): ScalarEdit | undefined {
  const { node, path, start, end } = scalar;
  const written = source.text.slice(start, end);
  const isBlock = node.style === 'literal' || node.style === 'folded';
  const value = isBlock ? node.text : otherValue(node, random);
  if (value === undefined) return undefined;
  const replaced = isBlock
    ? `${written.trimEnd()}x${written.slice(written.trimEnd().length)}`
    : quoted(written, value);
  const text = source.text.slice(0, start) + replaced + source.text.slice(end);
  return {
    file: source.file,
    path,
    text,
    value,
    before: originOf({ source, start, end }),
    after: originOf({ source: { file: source.file, text }, start, end: start + replaced.length }),
  };
}

function otherValue({ text, tag }: ScalarNode, random: Random): string | undefined {
  if (tag === '!!bool') return /^[tTyY]|^on$/i.test(text) ? 'false' : 'true';
  if (tag === '!!null') return undefined;
  if (/^[0-9]{1,9}$/.test(text)) return String(Number(text) + 1 + random.below(3));
  if (tag !== '!!str') return undefined;
  return text.includes('\n') || text === '' ? undefined : `${text}x`;
}

function quoted(written: string, value: string): string {
  if (written.startsWith("'")) return `'${value.replaceAll("'", "''")}'`;
  return written.startsWith('"') ? JSON.stringify(value) : value;
}
