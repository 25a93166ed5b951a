import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Mapping } from '../core/value.ts';
import { folderText, joinFolders, keptObject, manifestOf, readAbout, splitFolders } from './kept-text.ts';

const about = { dir: 'overlays/a', asked: [], entries: [], found: [] };
const id = { apiVersion: 'v1', kind: 'A', namespace: undefined, name: 'a' };

function textOf(manifests: readonly Mapping[]) {
  const objects = manifests.map(keptObject);
  return folderText(
    { ...about, objects },
    manifests.map((manifest) => ({ id, manifest })),
  );
}

function readAll(text: string): readonly Mapping[] {
  return splitFolders(text).flatMap((folder) => {
    const lines = folder.fields.split('\n');
    let at = 0;
    return readAbout(folder).objects.map((fields) => manifestOf(fields, () => lines[at++]!));
  });
}

const plain = (value: unknown) => JSON.parse(JSON.stringify(value));

test('what twins share is written once a line, and read as the same value', () => {
  const container = { name: 'web', probe: { port: 1 }, env: [{ from: 'x' }] };
  const metadata = { name: 'a' };
  const [one, other] = ['x', 'y'].map((from) => ({
    apiVersion: 'v1',
    kind: 'A',
    metadata,
    spec: { 2: [], pods: [{ ...container, env: [{ from }] }], on: true },
    rest: [1, null, 'text'],
  })) as unknown as [Mapping, Mapping];
  const text = joinFolders([textOf([one]), textOf([other]), textOf([other])]);
  const read = readAll(text);
  assert.equal(plain(read), plain([one, other, other]));
  const probes = read.map(({ spec }) => ((spec as Mapping).pods as readonly Mapping[])[0]!.probe);
  assert.is(probes[1], (readAll(text)[1]!.spec as never as { pods: Mapping[] }).pods[0]!.probe);
  assert.ok(Object.isFrozen(probes[1]));
});

test('a text that would be taken for a part is refused', () => {
  const spec = { text: '\u0001' };
  assert.throws(() => textOf([{ apiVersion: 'v1', kind: 'B', spec }]), /stands for a part/);
  assert.throws(() => textOf([{ apiVersion: 'v1', kind: 'B', spec: { number: 2n ** 60n } as never }]));
});

test.run();
