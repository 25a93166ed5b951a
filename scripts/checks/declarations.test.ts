import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { inventoryOf } from '../core/inventory.ts';
import { unusedDeclarations } from './declarations.ts';
import { readFixture } from './fixture.ts';

test('a declaration that nothing needs is found', () => {
  const [contents] = readFixture(
    'given.yaml',
    `kind: Cluster
name: fixture
externals:
  - { apiVersion: networking.k8s.io/v1, kind: IngressClass, name: traefik, reason: the chart makes it }
  - { apiVersion: v1, kind: Secret, namespace: web, name: database, reason: made by hand }
kindsWithoutSchema:
  - { apiVersion: example.org/v1, kind: Thing, reason: ours }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: web }
spec: { ingressClassName: traefik }
`,
  ).clusters;
  assert.ok(contents);
  assert.equal(
    [...unusedDeclarations(inventoryOf(contents))],
    [
      {
        at: ['spec', 'externals', 1],
        message: 'Secret "database" is declared as coming from outside git, and nothing names it',
      },
      {
        at: ['spec', 'kindsWithoutSchema', 0],
        message:
          'Kind "Thing" of "example.org/v1" is declared as lacking a schema, and no object is of that kind',
      },
    ],
  );
});

test.run();
