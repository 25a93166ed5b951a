import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { stringify } from 'yaml';
import type { Value } from '../core/value.ts';
import { emit } from './emit.ts';
import { type Dialect, parseDocuments } from './parse.ts';
import { renderedValueOf } from './rendered-value.ts';
import { valueOf } from './value.ts';

const atom = fc.constantFrom(
  ...'a b 1 0 - : . # \n " \' { } [ ] , & * ! | > % @ ` ? x e y no true null ~ 0x + = --- word'.split(' '),
  ' ',
  '\t',
  'é',
  '😀',
);
const string = fc.oneof(
  fc.array(atom, { maxLength: 8 }).map((atoms) => atoms.join('')),
  fc
    .array(fc.constantFrom('word ', 'longer ', 'x', '\n'), { minLength: 10, maxLength: 40 })
    .map((p) => p.join('')),
);
const scalar: fc.Arbitrary<Value> = fc.oneof(
  string,
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
);
const tree = fc.letrec<{ value: Value; root: Value }>((tie) => ({
  value: fc.oneof(
    { weight: 4, arbitrary: scalar },
    { weight: 1, arbitrary: fc.array(tie('value'), { maxLength: 4 }) },
    { weight: 2, arbitrary: fc.dictionary(string, tie('value'), { maxKeys: 5, noNullPrototype: false }) },
  ),
  root: fc.dictionary(string, tie('value'), { minKeys: 1, maxKeys: 6, noNullPrototype: false }),
})).root;

/** With sorted keys, whole numbers as one kind, and -0 as JSON prints it. */
function plain(value: Value): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([key, field]) => [key, plain(field)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1));
  return typeof value === 'bigint' ? Number(value) : value === 0 ? 0 : value;
}

function read(text: string, dialect: Dialect): Value {
  const [document] = parseDocuments({ file: 'a.yaml', text }, dialect);
  if (document?.root === undefined) throw new Error(`${document?.problems[0]?.message}:\n${text}`);
  return dialect === 'go-yaml-v2' ? valueOf(document.root) : renderedValueOf(document.root);
}

test('what is printed reads back the same in both dialects', () => {
  fc.assert(
    fc.property(tree, (value) => {
      const text = emit(value);
      assert.equal(plain(read(text, 'go-yaml-v2')), plain(value));
      assert.equal(plain(read(text, 'go-yaml-v3')), plain(value));
    }),
    { numRuns: 300 },
  );
});

test('what another library prints reads the same', () => {
  fc.assert(
    fc.property(tree, fc.boolean(), (value, json) => {
      const printed = stringify(value, { version: '1.1', lineWidth: 40 });
      // go-yaml refuses a tab at the start of a block scalar, which that library writes.
      const text = json || printed.includes('\t') ? JSON.stringify(value) : printed;
      assert.equal(plain(read(text, 'go-yaml-v2')), plain(value));
    }),
    { numRuns: 300 },
  );
});

test('any text gives documents or problems within it', () => {
  const piece = fc.oneof(
    atom,
    fc.constantFrom('- ', ': ', '\n  ', '\n', '---\n', '? ', '&a ', '*a', '!!int ', '|\n', '>-\n', '%'),
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 30 }),
      fc.constantFrom<Dialect>('go-yaml-v2', 'go-yaml-v3'),
      (pieces, dialect) => {
        const text = pieces.join('');
        for (const { problems } of parseDocuments({ file: 'a.yaml', text }, dialect))
          for (const { place } of problems)
            assert.ok(place.start >= 0 && place.start <= place.end && place.end <= text.length);
      },
    ),
    { numRuns: 1000 },
  );
});

test.run();
