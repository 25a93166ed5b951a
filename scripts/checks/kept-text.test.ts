import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Mapping } from '../core/value.ts';
import { FolderTexts, objectReader, type WrittenFolder } from './kept-text.ts';

const about = { dir: 'overlays/a', asked: [], entries: [], found: [] };
const id = { apiVersion: 'v1', kind: 'A', namespace: undefined, name: 'a' };

function writeEach(manifests: readonly Mapping[]) {
  const texts = new FolderTexts();
  const lines = manifests.map((manifest) => texts.write(about, [{ id, manifest }]));
  return { lines, shared: texts.shared };
}

function readEach({ lines, shared }: ReturnType<typeof writeEach>): readonly Mapping[] {
  const readObject = objectReader(shared);
  return lines.flatMap((line) => {
    const { objects }: WrittenFolder = JSON.parse(line);
    return objects.map(readObject);
  });
}

const plain = (value: unknown) => JSON.parse(JSON.stringify(value));

test('of an object like another only what differs is written, and all else is read as the same value', () => {
  const probe = { port: 1 };
  const objectOf = (from: string, rest: unknown) => ({
    apiVersion: 'v1',
    kind: 'A',
    metadata: { name: 'a', labels: { region: from } },
    spec: { 2: [], pods: [{ name: 'web', probe, env: [{ from }] }], on: true },
    rest,
  });
  const manifests = [
    objectOf('x', [1, null, 'text']),
    objectOf('y', [1, null, 'other']),
    objectOf('z', { a: null }),
    objectOf('z', [1]),
    { ...objectOf('z', []), more: 1 },
  ] as unknown as readonly Mapping[];
  const written = writeEach(manifests);
  assert.is(written.shared.length, 1);
  assert.not.match(written.lines[1]!, /port/);
  const read = readEach(written);
  assert.equal(plain(read), plain(manifests));
  assert.equal(read.map((each) => Object.keys(each)).at(-1), Object.keys(manifests.at(-1)!));
  const probeOf = ({ spec }: Mapping) => ((spec as Mapping).pods as readonly Mapping[])[0]!.probe;
  assert.is(probeOf(read[1]!), probeOf(read[2]!));
  assert.ok(read.every((each) => Object.isFrozen(each) && Object.isFrozen(each.spec)));
});

test('objects that are alike in their spec share it, however many kinds of them there are', () => {
  const specs = [{ a: 1 }, { a: 2 }, { b: 1 }];
  const manifests = [...specs, ...specs, ...specs].map((spec, index) => ({ spec, index }));
  const read = readEach(writeEach(manifests as unknown as readonly Mapping[]));
  assert.equal(plain(read), manifests);
  for (const index of specs.keys()) assert.is(read[index + 3]!.spec, read[index + 6]!.spec);
});

test('keys stand in the order in which they stood', () => {
  const manifests = [
    { spec: { a: 1, b: { c: 1, d: 2 } }, kind: 'A' },
    { spec: { b: { d: 2, c: 1 }, a: 1 }, kind: 'A' },
    { kind: 'A', spec: { a: 1, b: { c: 1, d: 2 } } },
  ] as unknown as readonly Mapping[];
  assert.is(JSON.stringify(readEach(writeEach(manifests))), JSON.stringify(manifests));
});

test('keys that every object of JavaScript has are keys like others', () => {
  const specOf = (last: number) =>
    JSON.parse(`{"constructor":1,"__proto__":{"a":1},"last":${last}}`) as Mapping;
  const manifests = [1, 2].map((last) => ({ spec: specOf(last) }));
  assert.equal(readEach(writeEach(manifests)).map(plain), manifests.map(plain));
});

test('a text that would be taken for something else is refused', () => {
  const refused = (spec: unknown) => () => writeEach([{ apiVersion: 'v1', kind: 'B', spec } as Mapping]);
  assert.throws(refused({ '\u0001': 'x' }), /meaning of its own/);
  assert.throws(refused({ number: 2n ** 60n }));
});

test.run();
