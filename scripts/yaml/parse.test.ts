import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { YamlNode } from './node.ts';
import { type Dialect, parseDocuments } from './parse.ts';

/** A tree in one line: tags of scalars other than `!!str`, quotes where written, `{}` and `[]` for collections. */
function show(node: YamlNode | undefined): string {
  if (node === undefined) return '-';
  if (node.kind === 'scalar') {
    const tag = node.tag === '!!str' ? '' : `${node.tag} `;
    return tag + (node.style === 'plain' ? node.text : JSON.stringify(node.text));
  }
  if (node.kind === 'sequence') return `[${node.items.map(show).join(', ')}]`;
  return `{${node.pairs.map(({ key, value }) => `${show(key)}: ${show(value)}`).join(', ')}}`;
}

function read(text: string, dialect: Dialect = 'go-yaml-v3'): readonly string[] {
  return parseDocuments({ file: 'a.yaml', text }, dialect).map(({ root, problems }) =>
    problems.length === 0
      ? show(root)
      : problems.map(({ message, place }) => `${place.start}: ${message}`).join('; '),
  );
}

const accepted: readonly (readonly [string, string])[] = [
  ['a: b\nc:\n- d\n- e: f\n  g: 1\n', '{a: b, c: [d, {e: f, g: !!int 1}]}'],
  ['a: |\n  x\n   y\n\nb: >-\n  x\n  y\n\n  z\n', '{a: "x\\n y\\n", b: "x y\\nz"}'],
  ['a: |2-\n   x\n', '{a: " x"}'],
  ['a: b\n  c\n\n  d # e\n', '{a: b c\nd}'],
  [`a: 'it''s\n  so'\nb: "\\x41\\u00e9\\\n   x\\n"\n`, '{a: "it\'s so", b: "Aéx\\n"}'],
  ['{a: [1, "2", {b: c}], d}', '{a: [!!int 1, "2", {b: c}], d: !!null }'],
  ['[a: b, {c: d}]', '[{a: b}, {c: d}]'],
  ['{"a":"b","c":[1,2.5,true,null]}', '{"a": "b", "c": [!!int 1, !!float 2.5, !!bool true, !!null null]}'],
  ['? a\n: b\n? - c\n: - d\n', '{a: b, [c]: [d]}'],
  ['a: &x {b: 1}\nc: *x\nd:\n  <<: *x\n', '{a: {b: !!int 1}, c: {b: !!int 1}, d: {b: !!int 1}}'],
  ['a: !!str 1\nb: !foo 2\nc: ! 3\n', '{a: 1, b: !foo 2, c: !!int 3}'],
  ['a:\r\n- b\r\n', '{a: [b]}'],
  ['\ufeffa: b\n', '{a: b}'],
  ['a:\tb\n', '{a: b}'],
  ['a: b:c #d\n', '{a: b:c}'],
  ['', ''],
  ['# only\n', '-'],
  ['a: 1\n--- # x\nb: 2\n...\nignored: [\n', '{a: !!int 1}|{b: !!int 2}'],
];

for (const [text, expected] of accepted)
  test(`reads ${JSON.stringify(text)}`, () => assert.is(read(text).join('|'), expected));

const refused: readonly (readonly [string, string])[] = [
  ['a: -\nb: -x\n', '3: block sequence entries are not allowed in this context'],
  ['a: b: c\n', '4: mapping values are not allowed in this context'],
  ['a: b\n\tc: d\n', '5: found a tab character that violates indentation'],
  ['a:\n\t- b\n', '3: found character that cannot start any token'],
  ['a: 1\nb\nc: 2\n', '5: could not find expected ":"'],
  ['a: [1, 2\n', '9: did not find expected "," or "]"'],
  ['a: "b\n', '3: found unexpected end of stream in a quoted scalar'],
  ['a: *x\n', '3: unknown anchor "x" referenced'],
  ['a: &x [*x]\n', '7: anchor "x" contains itself'],
  ['a: @b\n', '3: found character that cannot start any token'],
  ['a: 1\n b: 2\n', '7: mapping values are not allowed in this context'],
  ['a:\n  - b\n c: d\n', '10: did not find expected key'],
  ['a: 1\n--- b\n', '5: invalid document separator: "---b", expected nothing but a comment after "---"'],
  ['a: \u0007\n', '3: control character U+0007 is not allowed'],
  ['%YAML 1.2\n---\na: b\n', '0: found incompatible YAML document|{a: b}'],
  ['%YAML 1.1\n---\na: b\n', '10: did not find expected document start|{a: b}'],
  ['a: !e!b c\n', '3: found undefined tag handle'],
];

for (const [text, expected] of refused)
  test(`refuses ${JSON.stringify(text)}`, () => assert.is(read(text).join('|'), expected));

test('v2 reads one stream and goes on after a problem', () => {
  assert.equal(read('a: yes\n--- b\n---\n[\n---\nc: d\n', 'go-yaml-v2'), [
    '{a: !!bool yes}',
    'b',
    '19: did not find expected node content',
    '{c: d}',
  ]);
  assert.equal(read('%YAML 1.1\n%TAG !e! tag:example.com,2000:\n---\na: !e!b c\n', 'go-yaml-v2'), [
    '{a: tag:example.com,2000:b c}',
  ]);
  assert.equal(read('a: !!int x\n', 'go-yaml-v2'), ['3: cannot decode "x" as !!int']);
});

const merges: readonly (readonly [string, string, string])[] = [
  ['a: 1\n<<: {a: 2, b: 3}\n', '{a: !!int 1, b: !!int 3}', '{a: !!int 1, a: !!int 2, b: !!int 3}'],
  ['<<: [{a: 1}, {a: 2}]\n', '{a: !!int 1}', '{a: !!int 2, a: !!int 1}'],
  ['<<: {a: 1}\n<<: {}\n', '11: duplicate merge key', '{a: !!int 1}'],
  ['"<<": a\n', '{"<<": a}', '{"<<": a}'],
  [
    'a: &x {b: 1}\nc: &y\n  <<: *y\n  d: 2\n',
    '{a: {b: !!int 1}, c: {d: !!int 2}}',
    '25: anchor "y" contains itself',
  ],
  ...['<<: a', '<<: [a]', '- &x [{}]\n- <<: *x'].map((text) => {
    const start = text.lastIndexOf('<<') + (text.includes('*') ? 0 : 4);
    const problem = `${start}: map merge requires map or sequence of maps as the value`;
    return [text, problem, problem] as const;
  }),
];

for (const [text, v3, v2] of merges)
  test(`merges ${JSON.stringify(text)}`, () => {
    assert.is(read(text).join('|'), v3);
    assert.is(read(text, 'go-yaml-v2').join('|'), v2);
  });

test('places are exact', () => {
  const text = 'a:\n  - b: "c"\n    d: |\n      e\n\nf: &x !!str g\nh: *x\ni:\n';
  const found: string[] = [];
  const walk = (node: YamlNode): void => {
    found.push(text.slice(node.place.start, node.place.end));
    if (node.kind === 'sequence') node.items.forEach(walk);
    if (node.kind === 'mapping')
      for (const { key, value } of node.pairs) {
        walk(key);
        walk(value);
      }
  };
  walk(parseDocuments({ file: 'a.yaml', text }, 'go-yaml-v3')[0]!.root!);
  assert.equal(found, [
    text.trimEnd(),
    'a',
    '- b: "c"\n    d: |\n      e',
    'b: "c"\n    d: |\n      e',
    'b',
    '"c"',
    'd',
    '|\n      e',
    'f',
    '&x !!str g',
    'h',
    '&x !!str g',
    'i',
    '',
  ]);
});

test('nesting and aliases are bounded', () => {
  const limit = 'nesting exceeds the limit of 1000 levels';
  assert.is(read(`a: ${'['.repeat(5000)}`).join(), `1003: ${limit}`);
  assert.match(read('- '.repeat(5000)).join(), limit);
  assert.is(read(`a: ${'['.repeat(900)}${']'.repeat(900)}`)[0]?.length, 1805);
  const bomb = Array.from({ length: 30 }, (_, i) => `a${i}: &a${i} [${`*a${i - 1},`.repeat(9)}]\n`).join('');
  assert.match(read(bomb.replaceAll('*a-1', 'x')).join(), 'document contains excessive aliasing');
});

test.run();
