import type { Origin } from '../../core/origin.ts';
import type { Path } from '../../core/path.ts';
import type { Place, ScalarNode, Source, YamlNode } from '../../yaml/node.ts';
import { parseDocuments } from '../../yaml/parse.ts';
import { originOf } from '../../yaml/place.ts';
import { embeddedSource } from '../embedded.ts';
import type { Random } from './random.ts';

/** A scalar of a file, and where it stands in its document. */
export interface FoundScalar {
  readonly node: ScalarNode;
  /** From the root of its document; `|` leads into a text that holds YAML itself. */
  readonly path: Path;
  readonly origin: Origin;
  readonly start: number;
  readonly end: number;
  /** The list element, or else the document, that it is part of. */
  readonly around: Place;
}

/** Another value for one scalar. */
export interface ScalarEdit {
  readonly file: string;
  readonly path: Path;
  /** Where the scalar stood, and where it stands now. */
  readonly before: Origin;
  readonly after: Origin;
  readonly aroundBefore: Origin;
  readonly aroundAfter: Origin;
  /** The whole file after the edit. */
  readonly text: string;
  /** The scalar's new text, where it is not a block. */
  readonly value: string;
}

export function isYaml(file: string): boolean {
  return /\.(?:ya?ml|json)$/.test(file) || /(?:^|\/)Kustomization$/.test(file);
}

/** Every scalar value of a file that can be read, those of patches inside of texts too. */
export function scalarsIn(source: Source): readonly FoundScalar[] {
  const found: FoundScalar[] = [];
  const seen = new Set<YamlNode>();
  const visit = (node: YamlNode, path: Path, around: YamlNode) => {
    if (seen.has(node)) return;
    seen.add(node);
    if (node.kind === 'sequence') {
      for (const [index, item] of node.items.entries()) visit(item, [...path, index], item);
    } else if (node.kind === 'mapping') {
      for (const { key, value } of node.pairs) {
        visit(value, [...path, key.kind === 'scalar' ? key.text : ''], around);
      }
    } else if (!visitText(node, path)) {
      const [{ start, end }, outer] = [outermost(node.place), outermost(around.place)];
      if (end > start) found.push({ node, path, origin: originOf(node.place), start, end, around: outer });
    }
  };
  const visitText = (node: ScalarNode, path: Path): boolean => {
    if (node.style !== 'literal' || node.place.source !== source) return false;
    const root = parseDocuments(embeddedSource(node), 'go-yaml-v3')[0]?.root;
    if (root === undefined || root.kind === 'scalar') return false;
    visit(root, [...path, '|'], root);
    return true;
  };
  for (const { root } of parseDocuments(source, 'go-yaml-v3')) if (root !== undefined) visit(root, [], root);
  return found;
}

function outermost(place: Place): Place {
  const { inside } = place.source;
  if (inside === undefined) return place;
  return { source: inside.source, start: inside.offsetOf(place.start), end: inside.offsetOf(place.end) };
}

/** Gives a scalar another value of the same type; undefined where there is none to give. */
export function editScalar(source: Source, scalar: FoundScalar, random: Random): ScalarEdit | undefined {
  const { node, path, start, end, around } = scalar;
  const written = source.text.slice(start, end);
  const isBlock = node.style === 'literal' || node.style === 'folded';
  const value = isBlock ? node.text : otherValue(node, random);
  if (value === undefined) return undefined;
  const last = written.trimEnd().length;
  const replaced = isBlock ? `${written.slice(0, last)}x${written.slice(last)}` : quoted(written, value);
  return edited(source, path, { start, end }, replaced, value, around);
}

/** Changes one letter or digit of a file that is no YAML. */
export function editCharacter(source: Source, random: Random): ScalarEdit | undefined {
  const places = [...source.text.matchAll(/[A-Za-z0-9]/g)].map(({ index }) => index);
  if (places.length === 0) return undefined;
  const start = random.pick(places);
  const value = source.text[start] === 'x' ? 'y' : 'x';
  return edited(source, [], { start, end: start + 1 }, value, value, { source, start, end: start + 1 });
}

function edited(
  source: Source,
  path: Path,
  { start, end }: { readonly start: number; readonly end: number },
  replaced: string,
  value: string,
  around: Place,
): ScalarEdit {
  const text = source.text.slice(0, start) + replaced + source.text.slice(end);
  const after = { file: source.file, text };
  const longer = replaced.length - (end - start);
  return {
    file: source.file,
    path,
    text,
    value,
    before: originOf({ source, start, end }),
    after: originOf({ source: after, start, end: end + longer }),
    aroundBefore: originOf(around),
    aroundAfter: originOf({ source: after, start: around.start, end: around.end + longer }),
  };
}

function otherValue({ text, tag }: ScalarNode, random: Random): string | undefined {
  if (tag === '!!bool') return /^[tTyY]|^on$/i.test(text) ? 'false' : 'true';
  if (/^[0-9]{1,9}$/.test(text)) return String(Number(text) + 1 + random.below(3));
  if (tag !== '!!str' || text === '' || text.includes('\n')) return undefined;
  return `${text}x`;
}

function quoted(written: string, value: string): string {
  if (written.startsWith("'")) return `'${value.replaceAll("'", "''")}'`;
  return written.startsWith('"') ? JSON.stringify(value) : value;
}
