import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { casesOf, judge } from './conformance/case.ts';

const DIR = 'scripts/kustomize/cases';

test('every case gives what the real program gave', () => {
  const names = casesOf(DIR);
  assert.ok(names.length > 80);
  const failed = names.flatMap((name) => {
    const difference = judge(DIR, name);
    return difference === undefined ? [] : [`${name}: ${difference}`];
  });
  assert.equal(failed, []);
});

test.run();
