import { readdirSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { inventoryOf } from '../core/inventory.ts';
import type { Resource } from '../core/resource.ts';
import type { Mapping } from '../core/value.ts';
import { checkAdmission } from './admission.ts';
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
    const found = [...checkAdmission(inventory), ...checkPolicies(inventory).found];
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
