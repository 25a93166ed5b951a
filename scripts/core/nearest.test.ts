import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { nearest } from './nearest.ts';

const FIELDS = ['containerPort', 'hostPort', 'name', 'protocol'];

for (const [written, meant] of [
  ['containerport', 'containerPort'],
  ['conatinerPort', 'containerPort'],
  ['nmae', 'name'],
  ['protocols', 'protocol'],
  ['zebra', undefined],
  ['x', undefined],
] as const) {
  test(`"${written}" is near ${meant}`, () => {
    assert.is(nearest(written, FIELDS), meant);
  });
}

test.run();
