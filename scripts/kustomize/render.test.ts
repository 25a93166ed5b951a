import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Failure } from '../core/failure.ts';
import { inFolder } from '../core/fixture.ts';
import { valueAt } from '../core/value.ts';
import { createRenderer } from './render.ts';

const base = {
  'base/kustomization.yaml': 'resources: [all.yaml]\nlabels: [{pairs: {app: web}}]\n',
  'base/all.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 1
  template: {spec: {containers: [{name: main, image: "web:1"}]}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
`,
};
const overlay = (replicas: number) => `resources: [../base]
patches:
- target: {kind: Deployment}
  patch: |
    - {op: replace, path: /spec/replicas, value: ${replicas}}
`;

test("what an overlay does not touch is the base's own object", () => {
  const files = { ...base, 'a/kustomization.yaml': overlay(2), 'b/kustomization.yaml': overlay(3) };
  inFolder(files, (root) => {
    const renderer = createRenderer({ root });
    const [configA, webA] = renderer.render(join(root, 'a')).resources;
    const [configB, webB] = renderer.render(join(root, 'b')).resources;
    assert.is(configA, configB);
    assert.is.not(webA, webB);
    assert.equal(
      [webA?.manifest.spec, webB?.manifest.spec].map((spec) => valueAt(spec, ['replicas'])),
      [2, 3],
    );
    assert.is(valueAt(webA?.manifest, ['spec', 'template']), valueAt(webB?.manifest, ['spec', 'template']));
    assert.is(webA?.manifest.metadata, webB?.manifest.metadata);
    assert.ok(Object.isFrozen(webA?.manifest));
  });
});

test('a value knows the lines that made it', () => {
  const files = { ...base, 'a/kustomization.yaml': `namePrefix: eu-\n${overlay(2)}` };
  inFolder(files, (root) => {
    const { resources } = createRenderer({ root }).render(join(root, 'a'));
    const places = (path: string[]) =>
      resources[1]!.originsOf(path).map(({ file, line, column }) => `${file}:${line}:${column}`);
    assert.is(places(['spec', 'replicas'])[0], 'a/kustomization.yaml:6:50');
    assert.equal(places(['metadata', 'name']).slice(0, 2), [
      'base/all.yaml:3:18',
      'a/kustomization.yaml:1:13',
    ]);
    assert.is(places(['metadata', 'labels', 'app'])[0], 'base/kustomization.yaml:2:24');
    assert.is(places(['spec', 'nothing'])[0], 'base/all.yaml:5:3');
  });
});

const placesIn = (root: string, kind: string, path: readonly (string | number)[]) =>
  createRenderer({ root })
    .render(root)
    .resources.find(({ id }) => id.kind === kind)!
    .originsOf(path)
    .map(({ file, line }) => `${file}:${line}`);

test('what a patch could have deleted names its entry', () => {
  const files = {
    'kustomization.yaml': `resources: [base]
patches:
- target: {kind: ConfigMap}
  patch: |
    $patch: delete
    kind: ConfigMap
    metadata: {name: any}
`,
    'base/kustomization.yaml': base['base/kustomization.yaml'],
    'base/all.yaml': base['base/all.yaml'],
  };
  inFolder(files, (root) => {
    assert.equal(placesIn(root, 'Deployment', ['spec', 'replicas']), [
      'base/all.yaml:5',
      'kustomization.yaml:3',
    ]);
  });
});

test('a reference names what the name was before, and what moves the namespace', () => {
  const files = {
    'kustomization.yaml': `resources: [all.yaml]
patches:
- target: {kind: ServiceAccount}
  patch: '[{"op": "replace", "path": "/metadata/name", "value": "other"}]'
transformers:
- |
  apiVersion: builtin
  kind: NamespaceTransformer
  metadata: {name: x, namespace: here}
`,
    'all.yaml': `apiVersion: v1
kind: ServiceAccount
metadata:
  name: robot
  namespace: there
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: robot}
subjects:
- kind: ServiceAccount
  name: robot
  namespace: there
`,
  };
  inFolder(files, (root) => {
    assert.equal(placesIn(root, 'RoleBinding', ['subjects', 0, 'name']), [
      'all.yaml:12',
      'kustomization.yaml:4',
      'kustomization.yaml:4',
      'kustomization.yaml:3',
      'all.yaml:4',
    ]);
    assert.equal(placesIn(root, 'RoleBinding', ['subjects', 0, 'namespace']), [
      'kustomization.yaml:9',
      'kustomization.yaml:7',
      'kustomization.yaml:4',
      'kustomization.yaml:4',
      'kustomization.yaml:3',
      'all.yaml:4',
    ]);
  });
});

test('every part of a mapping that a replacement copies names the replacement', () => {
  const files = {
    'kustomization.yaml': `resources: [all.yaml]
replacements:
- source: {kind: ConfigMap, fieldPath: data}
  targets:
  - select: {kind: Secret}
    fieldPaths: [stringData]
`,
    'all.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: one}
data:
  a: new
---
apiVersion: v1
kind: Secret
metadata: {name: one}
stringData: {a: old}
`,
  };
  inFolder(files, (root) => {
    assert.equal(placesIn(root, 'Secret', ['stringData', 'a']), ['all.yaml:5', 'kustomization.yaml:3']);
  });
});

test('what cannot be done names the field, the place and what to do', () => {
  const wrong: readonly (readonly [content: string, origin: string, message: RegExp])[] = [
    ['resources: [https://example.com/a.yaml]\n', 'kustomization.yaml:1:13', /remote file.*copy it/],
    ['resources: [github.com/org/repo]\n', 'kustomization.yaml:1:13', /remote kustomization.*copy it/],
    ['helmCharts: [{name: x}]\n', 'kustomization.yaml:1:14', /"helmCharts" needs Helm.*commit/],
    ['resource: []\n', 'kustomization.yaml:1:1', /"resource" is unknown, expected "resources"/],
    ['namespace: no\n', 'kustomization.yaml:1:12', /"namespace" is the boolean "no".*quote it/],
  ];
  for (const [content, place, message] of wrong) {
    inFolder({ 'kustomization.yaml': content }, (root) => {
      try {
        createRenderer({ root }).render(root);
      } catch (error) {
        assert.instance(error, Failure);
        if (!(error instanceof Failure)) return;
        assert.match(error.message, message);
        assert.is(`${error.origin?.file}:${error.origin?.line}:${error.origin?.column}`, place);
        return;
      }
      assert.unreachable(content);
    });
  }
});

test.run();
