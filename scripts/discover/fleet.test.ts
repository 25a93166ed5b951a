import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Cluster } from '../core/cluster.ts';
import { inFolder } from '../core/fixture.ts';
import { createRenderer } from '../kustomize/render.ts';
import { readClusterTree } from './fleet.ts';

const CLUSTER: Cluster = {
  name: 'a',
  region: 'a',
  kubernetesVersion: '1.36',
  zones: ['a'],
  load: { requestsPerSecond: 1 },
  externals: [],
  kindsWithoutSchema: [],
  dir: 'clusters/a',
};
const repository = 'https://github.com/planetarium/planetarium';

function application(namespace: string, path: string): string {
  return `---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: ${namespace}}
spec:
  source: {repoURL: ${repository}, targetRevision: main, path: ${path}}
  destination: {namespace: ${namespace}}
`;
}

const FILES = {
  'base/kustomization.yaml': 'resources: [map.yaml]\n',
  'base/map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\n',
  'overlays/x/kustomization.yaml': 'resources: [../../base]\n',
  'overlays/y/kustomization.yaml': 'resources: [../../base]\n',
  'clusters/a/kustomization.yaml': 'resources: [applications.yaml]\n',
  'clusters/a/applications.yaml': [
    application('one', 'overlays/x'),
    application('two', 'overlays/x'),
    application('three', 'overlays/y'),
    application('gone', 'overlays/z'),
  ].join(''),
};

test('what two Applications bring from one folder, or from one base, is each its own', () => {
  inFolder(FILES, (root) => {
    const options = { root, repository, renderer: createRenderer({ root }) };
    const tree = readClusterTree(CLUSTER, options);
    const [, ...brought] = tree.synced.map(({ application, resources }) => {
      assert.is(resources.length, application === undefined ? 4 : 1);
      return resources[0]!;
    });
    assert.is(new Set(brought).size, 3);
    const known = new Map(tree.synced.map((folder) => [folder.dir, folder]));
    const again = readClusterTree(CLUSTER, { ...options, known });
    assert.is(new Set(again.synced.slice(1).map(({ resources }) => resources[0])).size, 3);
    for (const resource of brought) {
      assert.is(resource.manifest, brought[0]!.manifest);
      assert.is(resource.originsOf(['metadata', 'name'])[0]!.file, 'base/map.yaml');
    }
  });
});

test('of a tree that is gone nothing is said', () => {
  inFolder(FILES, (root) => {
    const options = { root, repository, renderer: createRenderer({ root }) };
    assert.equal(
      readClusterTree(CLUSTER, options).findings.map(({ rule }) => rule),
      ['application-path-missing'],
    );
    assert.equal(readClusterTree(CLUSTER, { ...options, silent: true }).findings, []);
  });
});

test.run();
