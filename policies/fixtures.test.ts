import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readFixture } from '../scripts/checks/fixture.ts';
import { clusterSchemas, schemaViolations } from '../scripts/checks/schema.ts';
import type { Resource } from '../scripts/core/resource.ts';
import { openSchemas } from '../scripts/schema/schemas.ts';
import { policies } from './index.ts';

const reason = 'not a kind that this repository runs';
/** Kinds that a policy speaks of and no schema here does. */
const kindsWithoutSchema = [
  { apiVersion: 'security.openshift.io/v1', kind: 'SecurityContextConstraints', reason },
  { apiVersion: 'monitoring.coreos.com/v1', kind: 'Prometheus', reason },
  { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', reason },
  { apiVersion: 'apps.openshift.io/v1', kind: 'DeploymentConfig', reason },
];
/** Written by SOPS beside the data, and taken away before the object is applied. */
const ENCRYPTED = 'Field "sops" is unknown';

const schemasOf = clusterSchemas(openSchemas('schemas', '.cache/schema'));

test('every object of a fixture is valid by its schema', () => {
  const wrong: string[] = [];
  for (const { id } of policies) {
    for (const name of ['pass', 'fail']) {
      const file = `policies/${id}/${name}.yaml`;
      for (const { cluster, resources } of readFixture(file, readFileSync(file, 'utf8')).clusters) {
        const view = {
          cluster: { ...cluster, kindsWithoutSchema },
          resources,
          documents: [],
          extent: 'whole' as const,
          namespaces: new Map(),
          judged: new Set<Resource>(),
          found: [],
        };
        for (const { resource, violation } of schemaViolations(view, resources, schemasOf(view))) {
          if (violation.message.startsWith(ENCRYPTED)) continue;
          wrong.push(`${file}:${resource.originsOf(violation.at)[0]?.line}: ${violation.message}`);
        }
      }
    }
  }
  assert.equal(wrong, []);
});

test.run();
