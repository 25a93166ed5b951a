import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ALL, Likeness, passes } from './likeness.ts';
import { memoised } from './memoised.ts';
import type { Mapping, Value } from './value.ts';

const spec: Mapping = { replicas: 3, paused: false };

function object(region: string, more: Mapping = {}, shared: Value = spec): Mapping {
  return { metadata: { labels: { app: 'web', region } }, spec: shared, ...more };
}

/** Of two objects that differ in a label and in what is named, as one check saw it. */
function seenBy(check: (object: Mapping) => void): Likeness {
  const likeness = Likeness.of(object('a', { names: ['x', 'y'] }), object('b', { names: ['x', 'z'] }));
  assert.ok(likeness);
  likeness.read(1, check);
  return likeness;
}

const labelsOf = ({ metadata }: Mapping) => (metadata as Mapping).labels as Mapping;

test('what was not read may be anything', () => {
  const likeness = seenBy((object) => labelsOf(object).app);
  assert.is(likeness.readersOfOther(object('c', { names: ['x', 'anything'] })), 0);
  assert.is(likeness.readersOfOther(object('c', { names: 7 })), 0);
});

test('what was read must be the same', () => {
  const likeness = seenBy((object) => labelsOf(object).region);
  assert.is(likeness.readersOfOther(object('b', { names: [] })), 0);
  assert.is(likeness.readersOfOther(object('c', { names: [] })), 1);
});

test('what both share must be the very same, read or not', () => {
  const likeness = seenBy(() => undefined);
  assert.is(likeness.readersOfOther(object('b', { names: [] }, { ...spec })), ALL);
});

test('the same fields must be there, in the same order', () => {
  const likeness = seenBy((object) => Object.keys(labelsOf(object)));
  const { metadata, ...rest } = object('b', { names: [] });
  assert.is(likeness.readersOfOther({ ...rest, metadata: metadata! }), ALL);
  assert.is(likeness.readersOfOther({ ...rest }), ALL);
  const more = { metadata: { labels: { app: 'web', region: 'b', more: '' } }, spec, names: [] };
  assert.is(likeness.readersOfOther(more), 1);
});

test('a list that was read must be a list as long', () => {
  const likeness = seenBy(({ names }) => (names as readonly Value[]).length);
  assert.is(likeness.readersOfOther(object('b', { names: ['x', 'other'] })), 0);
  assert.is(likeness.readersOfOther(object('b', { names: ['x'] })), 1);
  assert.is(likeness.readersOfOther(object('b', { names: { 0: 'x', 1: 'z' } })), 1);
  assert.is(likeness.readersOfOther(object('b', { names: 'xz' })), 1);
});

test('readers count one by one, whatever was kept for another', () => {
  const regionOf = memoised((object: Mapping) => [labelsOf(object).region]);
  const likeness = Likeness.of(object('a'), object('b'));
  assert.ok(likeness);
  likeness.read(1, regionOf);
  likeness.read(2, regionOf);
  likeness.read(4, ({ spec }) => spec);
  assert.is(likeness.readersOfOther(object('c')), 1 | 2);
});

test('a stand-in looks like the object', () => {
  const second = object('b', { names: ['x', { z: null }] });
  const likeness = Likeness.of(object('a', { names: ['x', { z: 1 }] }), second);
  likeness?.read(1, (standIn) => assert.equal(JSON.parse(JSON.stringify(standIn)), second));
});

test('a value that was only tested may be another that passes', () => {
  const isShort = (value: Value | undefined) => typeof value === 'string' && value.length < 3;
  const likeness = seenBy((object) => assert.ok(passes(labelsOf(object), 'region', isShort)));
  assert.is(likeness.readersOfOther(object('cc', { names: [] })), 0);
  assert.is(likeness.readersOfOther(object('ccc', { names: [] })), 1);
  assert.is(likeness.readersOfOther(object(null as unknown as string, { names: [] })), 1);
});

test('an item that was only tested may be another that passes', () => {
  const isShort = (value: Value | undefined) => typeof value === 'string' && value.length < 3;
  const likeness = seenBy(({ names }) => assert.ok(passes(names as readonly Value[], 1, isShort)));
  assert.is(likeness.readersOfOther(object('c', { names: ['x', 'zz'] })), 0);
  assert.is(likeness.readersOfOther(object('c', { names: ['x', 'zzz'] })), 1);
});

test('a value that failed a test must be the same', () => {
  const isLong = (value: Value | undefined) => typeof value === 'string' && value.length > 3;
  const likeness = seenBy((object) => assert.not(passes(labelsOf(object), 'region', isLong)));
  assert.is(likeness.readersOfOther(object('c', { names: [] })), 1);
});

test('a reader is relaxed by itself, where there is a test', () => {
  const isText = (value: Value | undefined) => typeof value === 'string';
  const likeness = Likeness.of(object('a', { names: ['x'] }), object('b', { names: ['y'] }));
  assert.ok(likeness);
  for (const reader of [1, 2]) likeness.read(reader, JSON.stringify);
  likeness.relax(1, (path) => (path.join() === 'metadata,labels,region' ? isText : undefined));
  assert.is(likeness.readersOfOther(object('c', { names: ['y'] })), 2);
  assert.is(likeness.readersOfOther(object(1 as unknown as string, { names: ['y'] })), 1 | 2);
  assert.is(likeness.readersOfOther(object('b', { names: ['z'] })), 1 | 2);
});

test('objects that share too little are not alike', () => {
  const many = (value: Value) => ({ spec: Array.from({ length: 100 }, () => ({ value })) });
  assert.is(Likeness.of(many(1), many(2)), undefined);
  assert.is(Likeness.of({ a: 1 }, { b: 1 }), undefined);
});

test.run();
