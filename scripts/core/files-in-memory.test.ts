import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { clusterNames } from '../discover/cluster-names.ts';
import { readCluster } from '../discover/clusters.ts';
import { readClusterTree } from '../discover/fleet.ts';
import { createRenderer } from '../kustomize/render.ts';
import { DISK } from './disk.ts';
import type { FileSystem } from './file-system.ts';
import { filesInMemory } from './files-in-memory.ts';

const URL = 'https://github.com/planetarium/planetarium';
const bytes = (text: string) => new TextEncoder().encode(text);

test('folders are those that hold a file', () => {
  const root = resolve('/repository');
  const held = filesInMemory(
    root,
    new Map([
      ['a/b/one.yaml', bytes('one')],
      ['a/two.yaml', bytes('\ufffd')],
      ['three.yaml', new Uint8Array([0xff])],
    ]),
  );
  const at = (name: string) => join(root, name);
  const kinds = ['', 'a', 'a/b', 'a/two.yaml', 'a/tw', 'b', 'three.yaml', '../repository', '../other', '..'];
  assert.equal(
    kinds.map((name) => held.kindAt(at(name))),
    [
      'directory',
      'directory',
      'directory',
      'file',
      undefined,
      undefined,
      'file',
      'directory',
      undefined,
      undefined,
    ],
  );
  const listed = (name: string) =>
    held.list(at(name)).map((entry) => [entry.name, entry.isFile(), entry.isDirectory()]);
  assert.equal(listed('a'), [
    ['b', false, true],
    ['two.yaml', true, false],
  ]);
  assert.equal(
    listed('').map(([name]) => name),
    ['a', 'three.yaml'],
  );
  assert.throws(() => held.list(at('b')), /No folder/);
  assert.is(held.readText(at('a/b/one.yaml')), 'one');
  assert.equal([...held.readBytes(at('three.yaml'))], [0xff]);
  assert.throws(() => held.readText(at('a')), /No file/);
  assert.is(held.real(at('a/../a/b')), at('a/b'));
  assert.is(held.real(at('b')), undefined);
});

test('a fleet is the same from memory as from the disk', () => {
  const root = process.cwd();
  const files = ['base', 'overlays', 'clusters']
    .flatMap((dir) => readdirSync(dir, { recursive: true, encoding: 'utf8' }).map((name) => `${dir}/${name}`))
    .filter((name) => DISK.kindAt(join(root, name)) === 'file')
    .map((name) => [name, readFileSync(name)] as const);
  const fleet = (fileSystem: FileSystem) => {
    const renderer = createRenderer({ root, fileSystem });
    return clusterNames(root).map((name) => {
      const cluster = readCluster(root, name, fileSystem);
      const tree = readClusterTree(cluster, { root, repository: URL, renderer, fileSystem });
      return {
        findings: tree.findings,
        asked: [...tree.asked],
        objects: tree.synced.flatMap(({ resources }) =>
          resources.map((each) => [each.id, each.manifest, each.originsOf(['metadata', 'name'])]),
        ),
      };
    });
  };
  const held = fleet(filesInMemory(root, new Map(files)));
  assert.ok(held.every(({ objects, findings }) => objects.length > 50 && findings.length === 0));
  assert.equal(held, fleet(DISK));
});

test.run();
