import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { mapping } from './fields.ts';
import { type Resource, resourceIdOf } from './resource.ts';
import { type SingleCheck, Twins } from './twins.ts';
import type { Mapping } from './value.ts';

const spec: Mapping = { replicas: 3 };
const file = (name: string) => ({ file: name, line: 1, column: 1, endLine: 1, endColumn: 2 });

function resource(labels: Mapping, name = 'web', from = 'base.yaml'): Resource {
  const manifest = { apiVersion: 'v1', kind: 'Thing', metadata: { name, labels }, spec };
  return {
    id: resourceIdOf(manifest),
    manifest,
    originsOf: () => [file(from)],
    keyOriginOf: () => file(from),
  };
}

const labelsOf = ({ manifest }: Resource) => mapping(mapping(manifest.metadata).labels);

/** For each of the objects, whether the check is still to be asked. */
function askedFor(check: SingleCheck, resources: readonly Resource[]): string {
  const twins = new Twins([check]);
  return resources.map((each) => (twins.unknown([each])[0]!.length === 0 ? '-' : '?')).join('');
}

const regions = (...names: readonly string[]) => names.map((region) => resource({ region, tier: 'web' }));

test('once several were seen, objects that differ in what nobody reads are known', () => {
  const check = { isClean: (each: Resource) => labelsOf(each).tier === 'web' };
  assert.is(askedFor(check, regions('a', 'b', 'c', 'd', 'e', 'f')), '????--');
});

test('what a check read counts', () => {
  const check = { isClean: (each: Resource) => labelsOf(each).region !== 'd' };
  assert.is(askedFor(check, regions('a', 'b', 'c', 'e', 'f', 'd', 'f')), '????-?-');
});

test('a check that finds something is asked', () => {
  assert.is(askedFor({ isClean: () => false }, regions('a', 'b', 'c', 'd', 'e', 'f', 'g')), '???????');
});

test('each check counts by itself', () => {
  const twins = new Twins([{ isClean: () => true }, { isClean: (each) => labelsOf(each).region !== 'd' }]);
  const last = regions('a', 'b', 'c', 'e', 'f', 'd').map((each) =>
    twins.unknown([each]).map(({ length }) => length),
  );
  assert.equal(last.at(-1), [0, 1]);
});

test('where an object is written is never known', () => {
  const check = { isClean: (each: Resource) => each.originsOf([])[0]?.file === 'base.yaml' };
  const written = ['a', 'b', 'c', 'e', 'f'].map((region) => resource({ region }));
  assert.is(askedFor(check, [...written, resource({ region: 'd' }, 'web', 'overlay.yaml')]), '??????');
  const byKey = { isClean: (each: Resource) => each.keyOriginOf([]).file === 'base.yaml' };
  assert.is(askedFor(byKey, [...written, resource({ region: 'd' }, 'web', 'overlay.yaml')]), '??????');
});

test('objects of another name are others, whatever their names are made of', () => {
  const check = { isClean: (each: Resource) => each.id.namespace === undefined };
  const none = regions('a', 'b', 'c', 'e', 'f');
  const empty = {
    ...resource({ region: 'd' }),
    id: { apiVersion: 'v1', kind: 'Thing', namespace: '', name: 'web' },
  };
  assert.is(askedFor(check, [...none, empty]), '????-?');
});

test('names of unlike objects are given up', () => {
  let asked = 0;
  const check = { isClean: () => ++asked > 0 };
  const unlike = Array.from({ length: 20 }, (_, index) => resource({ [`label-${index}`]: '' }));
  for (const each of unlike) assert.is(askedFor(check, [each]), '?');
  askedFor(check, unlike);
  assert.ok(asked <= 3, `${asked}`);
});

test('an object that is unlike the others is only one', () => {
  let asked = 0;
  const check = { isClean: (each: Resource) => ++asked > 0 && labelsOf(each).tier !== 'db' };
  const one = resource({ other: '' });
  assert.is(
    askedFor(check, [...regions('a', 'b', 'c', 'd', 'e', 'f'), one, ...regions('g', 'h', 'i')]),
    '????------',
  );
  // The fifth, the one, and the two after it, of which the first is compared with the one.
  assert.is(asked, 4);
});

test('the very same object is left to whoever checked it', () => {
  let asked = 0;
  const same = resource({ region: 'a' });
  const all = Array.from({ length: 8 }, () => same);
  assert.is(askedFor({ isClean: () => ++asked > 0 }, all), '????????');
  assert.is(asked, 0);
});

test.run();
