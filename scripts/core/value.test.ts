import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { newMapping } from './value.ts';

test('a mapping inherits no field, and can be shown where a text was expected', () => {
  const mapping = newMapping();
  for (const key of ['constructor', 'toString', '__proto__', 'valueOf']) assert.not.ok(key in mapping, key);
  const proto = '__proto__';
  mapping[proto] = 'own';
  assert.equal(Object.keys(mapping), [proto]);
  assert.is(`${mapping} ${String([mapping])}`, '{…} {…}');
  assert.is(JSON.stringify(mapping), '{"__proto__":"own"}');
});

test.run();
