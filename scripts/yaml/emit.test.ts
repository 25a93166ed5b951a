import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { toFieldPath } from '../core/path.ts';
import type { Value } from '../core/value.ts';
import { emit, emitLines } from './emit.ts';

const long = 'word '.repeat(20).trim();
const folded = (indent: string) => `${'word '.repeat(16).trim()}\n${indent}${'word '.repeat(4).trim()}`;

/** Answers of `kustomize build` 5.8.1. */
const documents: readonly (readonly [Value, string])[] = [
  [{ b: [1, [2, []], {}], a: { c: null } }, 'a:\n  c: null\nb:\n- 1\n- - 2\n  - []\n- {}\n'],
  [{ a10: 1, a2: 2, 'a-x': 3, A: 4, '10': 5, '9': 6 }, '"9": 6\n"10": 5\nA: 4\na-x: 3\na2: 2\na10: 1\n'],
  [{ y: 'n', no: true }, '"no": true\n"y": "n"\n'],
  [
    ['1:30', '0x1f', '1e3', '2020-01-02', '~', '', '<<', '=', '1e', '.5'].join(' '),
    '1:30 0x1f 1e3 2020-01-02 ~  << = 1e .5\n',
  ],
  [
    ['1:30', '0x1f', '1e3', '2020-01-02', '~', '', '<<', '=', '1e', '.5'],
    '- "1:30"\n- "0x1f"\n- "1e3"\n- "2020-01-02"\n- "~"\n- ""\n- <<\n- =\n- 1e\n- ".5"\n',
  ],
  [
    ['- a', '#a', 'a: b', 'a #b', ' a', 'a:', '---', 'a:b', '-a', "it's", "'"],
    "- '- a'\n- '#a'\n- 'a: b'\n- 'a #b'\n- ' a'\n- 'a:'\n- '---'\n- a:b\n- -a\n- it's\n- ''''\n",
  ],
  [
    ['a\tb', 'a\u0001', '😀', '\u00a0é', 'a\r'],
    '- "a\\tb"\n- "a\\x01"\n- "\\U0001F600"\n- \u00a0é\n- "a\\r"\n',
  ],
  [
    { a: 'x\ny\n', b: 'x\ny', c: 'x\n\n', d: ' x\ny', e: 'x \ny' },
    'a: |\n  x\n  y\nb: |-\n  x\n  y\nc: |+\n  x\n\nd: |2-\n   x\n  y\ne: "x \\ny"\n',
  ],
  [{ 'a\nb': 1, [`k${'x'.repeat(128)}`]: [1] }, `? |-\n  a\n  b\n: 1\n? k${'x'.repeat(128)}\n: - 1\n`],
  [{ a: long, b: `${long} #` }, `a: ${folded('  ')}\nb: '${folded('  ')} #'\n`],
  [
    [1.5, 1e21, 1e20, 1234567.5, 1e-7, -0, 18446744073709551615n, 2 ** 53],
    '- 1.5\n- 1e+21\n- 1e+20\n- 1.2345675e+06\n- 1e-07\n- 0\n- 18446744073709551615\n- 9007199254740992\n',
  ],
];

for (const [value, expected] of documents)
  test(`prints ${JSON.stringify(expected)}`, () => assert.is(emit(value), expected));

test('lines know their paths', () => {
  const value = { a: { b: [{ c: 1, d: 'x\ny' }, [2]] }, e: long };
  const lines = emitLines(value);
  assert.is(`${lines.map(({ text }) => text).join('\n')}\n`, emit(value));
  assert.equal(
    lines.map(({ path }) => toFieldPath(path)),
    ['a', 'a.b', 'a.b[0].c', 'a.b[0].d', 'a.b[0].d', 'a.b[0].d', 'a.b[1][0]', 'e', 'e'],
  );
});

test.run();
