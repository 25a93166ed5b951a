import type { MappingNode, YamlNode } from '../../yaml/node.ts';
import { parseDocuments } from '../../yaml/parse.ts';
import type { Random } from './random.ts';

/** Values that a field may be given by mistake. */
const ODD_VALUES = [
  ...[
    '',
    'null',
    '~',
    '""',
    'true',
    'yes',
    'on',
    'n',
    '"true"',
    '0',
    '-1',
    '5',
    '080',
    '0x10',
    '0o17',
    '1e3',
  ],
  ...[
    '1.10',
    '1.0',
    '.5',
    '1_000',
    '12345678901',
    '18446744073709551616',
    '1:30',
    '2020-01-01',
    '"5"',
    "'a b'",
  ],
  ...[
    '[]',
    '{}',
    '[a]',
    '{a: b}',
    '[{name: a}]',
    '[null]',
    'a',
    'x.y/z',
    '"*"',
    '.*',
    '"[a"',
    '"a,b"',
    'a:b',
    'a=b',
  ],
  ...[
    'nginx:1.7',
    'default',
    'v1',
    'apps/v1',
    'Deployment',
    'ConfigMap',
    'Service',
    'metadata.name',
    'spec.replicas',
  ],
  ...[
    'delete',
    'replace',
    'merge',
    '$patch',
    '/spec/replicas',
    '..',
    './',
    'nothing.yaml',
    '!!str 5',
    '!!int x',
    '|\n  a',
  ],
];
const ODD_KEYS = [
  'name',
  'kind',
  'metadata',
  'spec',
  'labels',
  '$patch',
  'x',
  '"5"',
  '5',
  'true',
  'on',
  '<<',
  '~',
  'a.b/c',
  'NAME',
];
const ODD_CHARACTERS = [
  ...':{}[]#&*!|>\'"%@`,-?\t \n\\',
  '\n---\n',
  '\n- ',
  ': ',
  '\u00e9',
  '\u2028',
  '\u0007',
  '\ufeff',
];

type Edit = (text: string, random: Random) => string;

/** A text with a random mistake in it. */
export function brokenText(text: string, random: Random): string {
  const edit = random.pick([
    ...[
      withOddValue,
      withOddValue,
      withOddValue,
      withOddValue,
      withoutPair,
      withoutPair,
      withOddKey,
      withTwicePair,
    ],
    ...[
      withSwappedValues,
      withSwappedValues,
      withOddCharacter,
      withoutLine,
      withTwiceLine,
      withMovedLine,
      truncated,
    ],
  ]);
  return edit(text, random);
}

function splice(text: string, start: number, end: number, between: string): string {
  return text.slice(0, start) + between + text.slice(end);
}

const withOddValue: Edit = (text, random) => {
  const values = nodesIn(text).filter((node) => node.kind === 'scalar' || random.below(4) === 0);
  if (values.length === 0) return withOddCharacter(text, random);
  const { place } = random.pick(values);
  const odd = random.pick(ODD_VALUES);
  return splice(text, place.start, place.end, text[place.start - 1] === ':' ? ` ${odd}` : odd);
};

const withSwappedValues: Edit = (text, random) => {
  const scalars = nodesIn(text).filter((node) => node.kind === 'scalar' && node.style !== 'literal');
  if (scalars.length < 2) return withOddCharacter(text, random);
  const [a, b] = [random.pick(scalars).place, random.pick(scalars).place];
  const [first, second] = a.start <= b.start ? [a, b] : [b, a];
  if (first.end > second.start) return text;
  const [one, two] = [text.slice(first.start, first.end), text.slice(second.start, second.end)];
  return splice(splice(text, second.start, second.end, one), first.start, first.end, two);
};

const withoutPair: Edit = (text, random) => {
  const span = pairSpan(text, random);
  return span === undefined ? withoutLine(text, random) : splice(text, span.start, span.end, '');
};

const withTwicePair: Edit = (text, random) => {
  const span = pairSpan(text, random);
  if (span === undefined) return withTwiceLine(text, random);
  const written = text.slice(span.start, span.end);
  return splice(text, span.end, span.end, written.endsWith('\n') ? written : `\n${written}`);
};

const withOddKey: Edit = (text, random) => {
  const pairs = nodesIn(text).flatMap((node) => (node.kind === 'mapping' ? node.pairs : []));
  if (pairs.length === 0) return text;
  const { place } = random.pick(pairs).key;
  return splice(text, place.start, place.end, random.pick(ODD_KEYS));
};

const withOddCharacter: Edit = (text, random) => {
  const at = random.below(text.length + 1);
  return splice(text, at, at + random.below(2), random.pick(ODD_CHARACTERS));
};

const withoutLine: Edit = (text, random) => {
  const lines = text.split('\n');
  lines.splice(random.below(lines.length), 1);
  return lines.join('\n');
};

const withTwiceLine: Edit = (text, random) => {
  const lines = text.split('\n');
  const at = random.below(lines.length);
  lines.splice(at, 0, lines[at]!);
  return lines.join('\n');
};

const withMovedLine: Edit = (text, random) => {
  const lines = text.split('\n');
  const at = random.below(lines.length);
  const line = lines[at]!;
  lines[at] = line.startsWith('  ') && random.below(2) === 0 ? line.slice(2) : `  ${line}`;
  return lines.join('\n');
};

const truncated: Edit = (text, random) => text.slice(0, random.below(text.length + 1));

/** From the start of a pair's line to the end of its last one. */
function pairSpan(
  text: string,
  random: Random,
): { readonly start: number; readonly end: number } | undefined {
  const maps = nodesIn(text).filter((node): node is MappingNode => node.kind === 'mapping' && !node.flow);
  const pairs = maps.flatMap((map) => map.pairs);
  if (pairs.length === 0) return undefined;
  const { key, value } = random.pick(pairs);
  const start = text.lastIndexOf('\n', key.place.start - 1) + 1;
  if (text.slice(start, key.place.start).trim() !== '') return undefined;
  const newline = text.indexOf('\n', Math.max(value.place.end - 1, key.place.end));
  return { start, end: newline < 0 ? text.length : newline + 1 };
}

/** Every value of every document that can be read. */
export function nodesIn(text: string): readonly YamlNode[] {
  const found: YamlNode[] = [];
  const seen = new Set<YamlNode>();
  const visit = (node: YamlNode) => {
    if (seen.has(node)) return;
    seen.add(node);
    found.push(node);
    if (node.kind === 'sequence') node.items.forEach(visit);
    if (node.kind === 'mapping') for (const { value } of node.pairs) visit(value);
  };
  for (const { root } of parseDocuments({ file: '', text }, 'go-yaml-v3'))
    if (root !== undefined) visit(root);
  return found;
}
