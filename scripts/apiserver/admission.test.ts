import { readdirSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { inventoryOf } from '../core/inventory.ts';
import type { Resource } from '../core/resource.ts';
import type { Mapping } from '../core/value.ts';
import { admissionChecker } from './admission.ts';
import { type CaseDocument, differences, readCase } from './case-file.ts';
import { checkPolicies } from './policies.ts';
import { mapping, text } from './read.ts';

// Each file of cases/admission is one cluster; expectations as in cases.test.ts.
const DIR = 'scripts/apiserver/cases/admission';

for (const file of readdirSync(DIR).sort()) {
  test(`cases/admission/${file}`, () => {
    const documents = readCase(`${DIR}/${file}`);
    const resources = new Map(documents.map((document) => [resourceOf(document.manifest), document]));
    const inventory = inventoryOf({
      cluster: {
        name: 'eu-west',
        region: 'eu-west',
        kubernetesVersion: documents[0]!.kubernetesVersion,
        zones: [],
        externals: [],
        kindsWithoutSchema: [],
        dir: 'clusters/eu-west',
      } as unknown as Parameters<typeof inventoryOf>[0]['cluster'],
      resources: [...resources.keys()],
    });
    const found = [...admissionChecker()(inventory), ...checkPolicies(inventory).found];
    const differing = [...resources].flatMap(([resource, document]: [Resource, CaseDocument]) =>
      differences(
        document,
        found.filter((one) => one.resource === resource).map((one) => one.violation),
      ),
    );
    assert.equal(differing, []);
  });
}

test('what only a server knows is named', () => {
  const documents = readCase(`${DIR}/policies.yaml`);
  const resources = documents.map(({ manifest }) => resourceOf(manifest));
  const cluster = { kubernetesVersion: '1.36' } as unknown as Parameters<typeof inventoryOf>[0]['cluster'];
  assert.equal(checkPolicies(inventoryOf({ cluster, resources })).notEvaluated, [
    'ValidatingAdmissionPolicy "images", which asks for authorizer, the user who sends the request',
  ]);
});

// The region, the name of a ConfigMap, the level, whether a container is privileged; and how many findings there are.
const clusters: readonly (readonly [string, string, string, boolean, number])[] = [
  ['x', 'settings-x', 'baseline', false, 0],
  ['y', 'settings-y', 'baseline', false, 0],
  ['a', 'settings-1', 'baseline', false, 0],
  ['b', 'settings-2', 'baseline', false, 0],
  ['c', 'settings-3', 'baseline', false, 0],
  ['d', 'settings-4', 'baseline', false, 0],
  ['e', 'settings-5', 'baseline', true, 1],
  ['f', 'settings-6', 'baseline', false, 0],
  ['g', 'settings-7', 'restricted', false, 4],
  ['h', 'settings-8', 'privileged', true, 0],
];

test('what is known of a pod holds for those like it, at its level', () => {
  const check = admissionChecker();
  const found = clusters.map(([region, name, level, privileged]) => {
    const cluster = { name: region, kubernetesVersion: '1.36' } as Parameters<
      typeof inventoryOf
    >[0]['cluster'];
    const labels = { 'pod-security.kubernetes.io/enforce': level };
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'web', labels } };
    const envFrom = [{ configMapRef: { name } }];
    const containers = [{ name: 'web', image: 'web', envFrom, securityContext: { privileged } }];
    const metadata = { name: 'web', namespace: 'web', labels: { region } };
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers } };
    return [...check(inventoryOf({ cluster, resources: [namespace, pod].map(resourceOf) }))].length;
  });
  assert.equal(
    found,
    clusters.map(([, , , , expected]) => expected),
  );
});

function resourceOf(manifest: Mapping): Resource {
  const metadata = mapping(manifest, 'metadata') ?? {};
  return {
    id: {
      apiVersion: text(manifest, 'apiVersion') ?? '',
      kind: text(manifest, 'kind') ?? '',
      namespace: text(metadata, 'namespace'),
      name: text(metadata, 'name') ?? '',
    },
    manifest,
    originsOf: () => [],
    keyOriginOf: () => ({ file: '-', line: 1, column: 1, endLine: 1, endColumn: 1 }),
  } as unknown as Resource;
}

test.run();
