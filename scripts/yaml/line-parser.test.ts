import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { LineParser } from './line-parser.ts';
import { isUsual } from './line-patterns.ts';
import type { Source } from './node.ts';
import { parseDocuments } from './parse.ts';
import { Parser } from './parser.ts';
import type { Dialect } from './resolve.ts';

const DIALECTS: readonly Dialect[] = ['go-yaml-v2', 'go-yaml-v3'];

/** Documents of this repository. */
const documents = ['base', 'overlays', 'policies', 'scripts/kustomize/cases'].flatMap((dir) =>
  readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .flatMap((name) => readFileSync(join(dir, name), 'utf8').split(/^---\n/m)),
);

function byLines(source: Source, dialect: Dialect) {
  if (!isUsual(source.text)) return undefined;
  const parser = new LineParser(source, source.text.length, dialect);
  const node = parser.document(0);
  return parser.position < source.text.length ? undefined : node;
}

function byTokens(source: Source, dialect: Dialect) {
  return new Parser(source, 0, source.text.length, dialect).document();
}

test('most documents are read by their lines, into the same nodes', () => {
  let read = 0;
  for (const text of documents) {
    const source = { file: 'a.yaml', text };
    for (const dialect of DIALECTS) {
      const node = byLines(source, dialect);
      if (node === undefined) continue;
      read++;
      assert.equal(node, byTokens(source, dialect), text);
    }
  }
  assert.ok(read > documents.length * DIALECTS.length * 0.9, `${read} of ${documents.length} twice`);
});

const PIECES = [
  ...'- |  | |:|: |#| #|"|\'|{|}|[|]|>|&a |*a|!!str |? |,|y|1|~|%|@|null|<<: |key: |- - |\\|0x1|é|\t|\r'.split(
    '|',
  ),
  ...['|', '|-\n', '>+1\n', '\n', '\n\n', '---\n', '...\n', '\n  ', '\u2028', '😀', '{}', "''"],
];
/** What an edit does at a line, and where in it. */
const edit = fc.record({
  line: fc.nat(),
  at: fc.nat(),
  length: fc.nat({ max: 4 }),
  indent: fc.option(fc.nat({ max: 6 })),
  piece: fc.option(fc.constantFrom(...PIECES)),
});

test('what lines give of a document that was edited, tokens give too', () => {
  const short = documents.filter((text) => text.length < 1000);
  const property = fc.property(
    fc.constantFrom(...short),
    fc.array(edit, { minLength: 1, maxLength: 4 }),
    fc.constantFrom(...DIALECTS),
    (document, edits, dialect) => {
      const lines = document.split('\n');
      for (const { line, at, length, indent, piece } of edits) {
        const index = line % lines.length;
        const old = indent === null ? lines[index]! : `${' '.repeat(indent)}${lines[index]!.trim()}`;
        const from = at % (old.length + 1);
        lines[index] = old.slice(0, from) + (piece ?? '') + old.slice(from + (piece === null ? length : 0));
      }
      const source = { file: 'a.yaml', text: lines.join('\n') };
      const node = byLines(source, dialect);
      if (node !== undefined) assert.equal(node, byTokens(source, dialect));
    },
  );
  fc.assert(property, { numRuns: 3000 });
});

test('a stream of documents ends each where tokens end it', () => {
  const text = '# first\na: 1\n---\nb:\n- x\n\n---\nc: |\n  text\n';
  const found = parseDocuments({ file: 'a.yaml', text }, 'go-yaml-v2');
  assert.equal(
    found.map(({ place: { start, end } }) => text.slice(start, end)),
    ['# first\na: 1\n---', '\nb:\n- x\n\n---', '\nc: |\n  text\n'],
  );
});

test('millions of empty lines are passed', () => {
  const text = `a: 1\n${'\n'.repeat(4_000_000)}# a comment\nb: 2\n`;
  for (const dialect of DIALECTS) {
    const node = byLines({ file: 'a.yaml', text }, dialect);
    assert.is(node?.kind === 'mapping' && node.pairs.length, 2);
  }
});

test('a line that is long, and what is deep, are left to tokens', () => {
  const deep = Array.from({ length: 150 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n');
  for (const text of [`a: ${'x'.repeat(3000)}\n`, `${'k'.repeat(1025)}: 1\n`, deep])
    assert.is(byLines({ file: 'a.yaml', text }, 'go-yaml-v3'), undefined);
});

test.run();
