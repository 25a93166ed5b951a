import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { clusterNames } from '../discover/cluster-names.ts';
import { readCluster } from '../discover/clusters.ts';
import { readClusterTree } from '../discover/fleet.ts';
import { createRenderer } from '../kustomize/render.ts';
import { DISK } from './disk.ts';
import type { FileSystem } from './file-system.ts';
import { filesBefore } from './files-before.ts';
import { inFolder } from './fixture.ts';

const URL = 'https://github.com/planetarium/planetarium';
const bytes = (text: string) => new TextEncoder().encode(text);

test('what changed is from memory, and the rest from the disk', () => {
  const now = { 'a/same': 'same', 'a/edited': 'new', 'a/came': '', 'came/b/c': '', 'was-folder': '' };
  inFolder(now, (root) => {
    const contents = new Map([
      ['a/edited', bytes('old')],
      ['gone/b/c', new Uint8Array([0xff])],
      ['was-folder/a', bytes('a')],
    ]);
    const changed = new Set(['a/came', 'came/b/c', 'was-folder', ...contents.keys()]);
    const before = filesBefore(root, { changed, contents });
    const at = (name: string) => join(root, name);
    const kindOf = (name: string) => `${name}: ${before.kindAt(at(name))}`;
    const names = ['a', 'a/same', 'a/edited', 'a/came', 'came', 'came/b', 'gone/b', 'gone/b/c', 'was-folder'];
    assert.equal([...names, '', 'none'].map(kindOf), [
      'a: directory',
      'a/same: file',
      'a/edited: file',
      'a/came: undefined',
      'came: undefined',
      'came/b: undefined',
      'gone/b: directory',
      'gone/b/c: file',
      'was-folder: directory',
      ': directory',
      'none: undefined',
    ]);
    const listed = (name: string) =>
      before
        .list(at(name))
        .map((entry) => `${entry.name} ${entry.isFile()} ${entry.isDirectory()}`)
        .sort();
    assert.equal(listed('a'), ['edited true false', 'same true false']);
    assert.equal(listed(''), ['a false true', 'gone false true', 'was-folder false true']);
    assert.equal(listed('gone'), ['b false true']);
    assert.throws(() => before.list(at('came')), /no folder "came"/);
    assert.equal(
      ['a/same', 'a/edited'].map((name) => before.readText(at(name))),
      ['same', 'old'],
    );
    assert.equal([...before.readBytes(at('gone/b/c'))], [0xff]);
    assert.throws(() => before.readText(at('a/came')), /no file "a\/came"/);
    const real = DISK.real(root)!;
    assert.is(before.real(at('gone/b')), join(real, 'gone/b'));
    assert.is(before.real(at('a/same')), join(real, 'a/same'));
    assert.is(before.real(at('came')), undefined);
  });
});

test('a fleet is what it was, whatever became of its files', () => {
  const repository = process.cwd();
  const fleet = (root: string, fileSystem: FileSystem) => {
    const renderer = createRenderer({ root, fileSystem });
    return clusterNames(repository).map((name) => {
      const cluster = readCluster(root, name, fileSystem);
      const tree = readClusterTree(cluster, { root, repository: URL, renderer });
      return {
        findings: tree.findings,
        asked: [...tree.asked],
        objects: tree.synced.flatMap(({ resources }) =>
          resources.map((each) => [each.id, each.manifest, each.originsOf(['metadata', 'name'])]),
        ),
      };
    });
  };
  const files = ['base', 'overlays']
    .flatMap((dir) => readdirSync(dir, { recursive: true, encoding: 'utf8' }).map((name) => join(dir, name)))
    .filter((name) => DISK.kindAt(join(repository, name)) === 'file');
  const contents = new Map(files.map((name) => [name, readFileSync(name)]));
  const came = files.map((name) => join(dirname(name), 'kustomization.yml'));
  inFolder(Object.fromEntries(came.map((name) => [name, 'resources: [{}]'])), (root) => {
    cpSync('clusters', join(root, 'clusters'), { recursive: true });
    const before = fleet(root, filesBefore(root, { changed: new Set([...files, ...came]), contents }));
    assert.ok(before.every(({ objects, findings }) => objects.length > 50 && findings.length === 0));
    assert.equal(before, fleet(repository, DISK));
  });
});

test.run();
