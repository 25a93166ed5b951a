import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { rewrite } from './rewrite.ts';

const SELF = new Map([['self', 'self7']]);

const CASES: readonly (readonly [string, string])[] = [
  ["self.name.matches('a') && has(self.x)", "self7.name.matchesRe2('a') && has_(self7.x)"],
  ['a.has.matches == b.self', 'a.has.matches == b.self'],
  ["'self has(x) // no' // self", "'self has(x) // no' // self"],
  ['r"""self "quoted" """ + \'it\\\'s self\'', 'r"""self "quoted" """ + \'it\\\'s self\''],
  ['Object{}', 'struct_("Object", {})'],
  [
    'Object.spec{replicas: self ? 1 : 2, list: [A{b: c}],}',
    'struct_("Object.spec", {"replicas": dyn( self7 ? 1 : 2), "list": dyn( [struct_("A", {"b": dyn( c)})]),})',
  ],
  ['{"a": 1}.all(k, k in {self: 1})', '{"a": 1}.all(k, k in {self7: 1})'],
  ['a[?0].orValue({})', 'a[?0].orValue({})'],
];

test('an expression in the words of the library', () => {
  assert.equal(
    CASES.map(([source]) => rewrite(source, SELF)),
    CASES.map(([, text]) => ({ text })),
  );
});

test('what the library cannot say', () => {
  assert.equal(
    ['a.`b-c`', '[?a]', '{?"a": b}', '[1, ?a]'].map((source) => 'unsupported' in rewrite(source)),
    [true, true, true, true],
  );
});

test.run();
