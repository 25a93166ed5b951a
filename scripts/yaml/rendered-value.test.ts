import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { emit } from './emit.ts';
import type { MappingNode, YamlNode } from './node.ts';
import { parseDocuments } from './parse.ts';
import { renderedValueOf } from './rendered-value.ts';

function read(text: string): MappingNode {
  const root = parseDocuments({ file: 'a.yaml', text }, 'go-yaml-v3')[0]?.root;
  if (root?.kind !== 'mapping') throw new Error(`no mapping: ${text}`);
  return root;
}

function print(text: string): string {
  try {
    return emit(renderedValueOf(read(text))).trimEnd();
  } catch (error) {
    return `! ${(error as Error).message}`;
  }
}

/** Scalars, and what `kustomize build` 5.8.1 makes of them as the value of a field. */
const scalars: readonly (readonly [string, string])[] = [
  ['yes', '"yes"'],
  ['0644', '420'],
  ['0o644', '420'],
  ['0x1F', '31'],
  ['0b101', '5'],
  ['1_000', '1000'],
  ['-0', '0'],
  ['+1', '1'],
  ['089', '89'],
  ['1.0', '1'],
  ['1e3', '1000'],
  ['1.10', '1.1'],
  ['0.0000001', '1e-07'],
  ['18446744073709551615', '18446744073709551615'],
  ['18446744073709551616', '1.8446744073709552e+19'],
  ['2020-1-2', '"2020-01-02T00:00:00Z"'],
  ['2020-01-02 10:00:00.50', '"2020-01-02T10:00:00.5Z"'],
  ['2020-01-02T10:00:00+02:00', '"2020-01-02T10:00:00+02:00"'],
  ['2020-02-30', '2020-02-30'],
  ['1:30', '"1:30"'],
  ['~', 'null'],
  ['', 'null'],
  ['!!str 1', '"1"'],
  ['!!int "3"', '3'],
  ['!!float 3', '3'],
  ['!!binary aGk=', 'hi'],
  ['!foo bar', 'bar'],
  ['<<', '<<'],
  ["'1'", '"1"'],
  ['"a\\u0085b"', 'a b'],
  ['>-\n  x\n   y\n', '|-\n  x\n\n   y'],
  ['>+\n  x\n\n', '|+\n  x'],
];
for (const [written, printed] of scalars)
  test(`renders ${JSON.stringify(written)}`, () => assert.is(print(`a: ${written}`), `a: ${printed}`));

const refused: readonly (readonly [string, string])[] = [
  ['a: .inf', '".inf" is a number that JSON lacks'],
  ['a: {1: b}', 'mapping key "1" is an !!int, expected a string'],
  ['a: {[b]: c}', 'mapping key is a collection, expected a string'],
  ['a: 1\na: 2', 'mapping key "a" already defined at a.yaml:1'],
  ['a: |2\n  \tb', 'found a tab character where an indentation space is expected'],
  ['a: !!int b', 'cannot decode !!str "b" as a !!int'],
  ['a: !!binary "x"', '!!binary value contains invalid base64 data'],
  ['a: "\\x7f"', 'control character U+007F is not allowed'],
];
for (const [text, message] of refused)
  test(`refuses ${JSON.stringify(text)}`, () => assert.is(print(text), `! ${message}`));

test('an empty scalar in a flow collection is an empty string', () => {
  assert.is(print('a: {b: , c}\nd:\ne: ["", {f: }]'), 'a:\n  b: ""\n  c: ""\nd: null\ne:\n- ""\n- f: ""');
});

test('annotations do not suffer from folding', () => {
  assert.is(
    print('metadata:\n  annotations:\n    a: >-\n      x\n       y\n'),
    'metadata:\n  annotations:\n    a: |-\n      x\n       y',
  );
});

test('annotations are text, and go when there are none', () => {
  const text =
    'metadata:\n  name: a\n  annotations: {a: 1, b: null, c: 0x10, d: 2020-01-01, e: [f]}\n  labels: {g: 0x10}\n';
  assert.equal(
    { ...(renderedValueOf(read(text)) as { metadata: object }).metadata },
    {
      name: 'a',
      annotations: Object.assign(Object.create(null), {
        a: '1',
        b: 'null',
        c: '0x10',
        d: '2020-01-01',
        e: '',
      }),
      labels: Object.assign(Object.create(null), { g: 16 }),
    },
  );
  assert.is(print('metadata: {name: a, annotations: {}, labels: {}}'), 'metadata:\n  labels: {}\n  name: a');
});

test('a tag that a transformer changed counts, and quotes win over it', () => {
  const root = read('a: "1"\nb: 2');
  const retag = (node: YamlNode, tag: string): YamlNode => ({ ...node, tag });
  const pairs = root.pairs.map(({ key, value }, i) => ({
    key,
    value: retag(value, i === 0 ? '!!int' : '!!str'),
  }));
  assert.is(emit(renderedValueOf({ ...root, pairs })), 'a: "1"\nb: "2"\n');
});

test('the same node below the root gives the same frozen object', () => {
  const root = read('a: &x {b: [1]}\nc: *x\nmetadata: {annotations: {d: e}}');
  const value = renderedValueOf(root) as { a: { b: unknown }; c: unknown; metadata: { annotations: object } };
  assert.is(value.a, value.c);
  const other = renderedValueOf({ ...root, pairs: root.pairs.slice() }) as typeof value;
  assert.is(other.a, value.a);
  assert.is(other.metadata, value.metadata);
  assert.ok(
    Object.isFrozen(value) && Object.isFrozen(value.a.b) && Object.isFrozen(value.metadata.annotations),
  );
});

test.run();
