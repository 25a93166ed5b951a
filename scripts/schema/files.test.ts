import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { KUBERNETES_VERSIONS } from '../core/cluster.ts';
import { Failure } from '../core/failure.ts';
import type { Mapping } from '../core/value.ts';
import { readFile } from './file.ts';
import { readShape, writeShape } from './notation.ts';
import { openSchemas } from './schemas.ts';

const dir = mkdtempSync(join(tmpdir(), 'schema-files-'));
const cache = join(dir, 'cache');
const schemas = join(dir, 'schemas');
test.after(() => rmSync(dir, { recursive: true, force: true }));

const FILES = readdirSync('schemas').filter(
  (name) => name.endsWith('.json') && !name.endsWith('.schema.json'),
);

test('every definition in schemas/ reads and writes back the same', () => {
  for (const name of FILES) {
    const definitions = readFile('schemas', name).section('definitions');
    if (/^kubernetes-\d/.test(name)) continue;
    for (const [key, written] of Object.entries(definitions))
      assert.equal(writeShape(readShape(written)), written, key);
  }
});

test('there are schemas for each version that a cluster may name', () => {
  assert.equal(openSchemas('schemas', cache).versions(), [...KUBERNETES_VERSIONS]);
});

const POD: Mapping = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'a' },
  spec: { containers: [{ name: 'a' }] },
};

/** Checks a Pod with a copy of `schemas/` of which one file was spoiled. */
function checkSpoiled(name: string, spoil: (text: string) => string | undefined): string {
  rmSync(schemas, { recursive: true, force: true });
  rmSync(cache, { recursive: true, force: true });
  const target = mkdtempSync(join(dir, 'copy-'));
  for (const file of FILES) copyFileSync(join('schemas', file), join(target, file));
  const text = spoil(readFileSync(join(target, name), 'utf8'));
  if (text === undefined) rmSync(join(target, name));
  else writeFileSync(join(target, name), text);
  try {
    const cluster = openSchemas(target, cache).forCluster({
      kubernetesVersion: '1.36',
      customResourceDefinitions: [],
      kindsWithoutSchema: [],
    });
    cluster.checkManifest(POD);
    return 'fine';
  } catch (error) {
    if (error instanceof Failure) return error.message.replaceAll(target, 'schemas');
    throw error;
  }
}

for (const [title, name, spoil, message] of [
  ['an intact copy', 'kubernetes-1.36.json', (text: string) => text, /^fine$/],
  [
    'a missing index',
    'kubernetes-1.36.json',
    () => undefined,
    /^There are no schemas for Kubernetes 1\.36 in schemas, only for 1\.35, 1\.37$/,
  ],
  [
    'missing definitions',
    'kubernetes-definitions.json',
    () => undefined,
    /^Could not read the schemas of schemas\/kubernetes-definitions\.json: there is no such file; make it again/,
  ],
  [
    'a file cut short',
    'kubernetes-1.36.json',
    (text: string) => text.slice(0, 5000),
    /differs from its checksum: it is cut short or was edited/,
  ],
  [
    'an edited file',
    'kubernetes-definitions.json',
    (text: string) => text.replace('int32', 'int64'),
    /differs from its checksum/,
  ],
  ['an empty file', 'kubernetes-definitions.json', () => '', /has no checksum on its second line/],
] as const) {
  test(`${title} is told as what it is`, () => {
    assert.match(checkSpoiled(name, spoil), message);
  });
}

test('a spoiled or unwritable cache only costs time', () => {
  const open = (at: string) =>
    openSchemas('schemas', at).forCluster({
      kubernetesVersion: '1.36',
      customResourceDefinitions: [],
      kindsWithoutSchema: [],
    });
  const file = join(dir, 'a-file');
  writeFileSync(file, 'no folder');
  assert.equal(open(join(file, 'below')).checkManifest(POD), []);
});

test('what was compiled is kept, and taken as it is only where it is whole', async () => {
  const kept = join(dir, 'kept');
  const open = () =>
    openSchemas('schemas', kept).forCluster({
      kubernetesVersion: '1.36',
      customResourceDefinitions: [],
      kindsWithoutSchema: [],
    });
  const turn = () => new Promise((resolve) => setTimeout(resolve, 20));
  const bad = { ...POD, spec: { containers: [{ name: 1 }] } };
  const first = open().checkManifest(bad);
  assert.is(first.length, 1);
  await turn();
  const files = readdirSync(kept).filter((name) => name.endsWith('.js'));
  assert.is(files.length, 1);
  assert.equal(open().checkManifest({ ...bad }), first);
  await turn();
  assert.ok(readdirSync(kept).some((name) => name.endsWith('.v8')));
  assert.equal(open().checkManifest({ ...bad }), first);
  for (const name of readdirSync(kept))
    writeFileSync(join(kept, name), readFileSync(join(kept, name)).subarray(0, 900));
  assert.equal(open().checkManifest({ ...bad }), first);
});

test.run();
