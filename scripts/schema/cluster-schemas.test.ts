import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { KindWithoutSchema } from '../core/cluster.ts';
import type { Mapping } from '../core/value.ts';
import { openSchemas } from './schemas.ts';

const cache = mkdtempSync(join(tmpdir(), 'schema-cluster-'));
test.after(() => rmSync(cache, { recursive: true, force: true }));
const schemas = openSchemas('schemas', cache);

function say(
  manifest: Mapping,
  version = '1.36',
  definitions: readonly Mapping[] = [],
  without: readonly KindWithoutSchema[] = [],
) {
  const cluster = schemas.forCluster({
    kubernetesVersion: version,
    customResourceDefinitions: definitions,
    kindsWithoutSchema: without,
  });
  return cluster.checkManifest(manifest).map(({ rule, message }) => `${rule.id}: ${message}`);
}

const object = (apiVersion: string, kind: string, rest: Mapping = {}): Mapping => ({
  apiVersion,
  kind,
  metadata: { name: 'a' },
  ...rest,
});

test('an API that is gone, not there yet, or deprecated names version and replacement', () => {
  assert.equal(say(object('policy/v1beta1', 'PodDisruptionBudget')), [
    'api-removed: Kind "PodDisruptionBudget" of "policy/v1beta1" is no longer served since Kubernetes 1.25, expected "policy/v1", served since Kubernetes 1.21',
  ]);
  assert.equal(say(object('policy/v1beta1', 'PodSecurityPolicy')), [
    'api-removed: Kind "PodSecurityPolicy" of "policy/v1beta1" is no longer served since Kubernetes 1.25, expected nothing: it has no replacement',
  ]);
  const policy = object('admissionregistration.k8s.io/v1', 'MutatingAdmissionPolicy', { spec: {} });
  assert.equal(say(policy, '1.35'), [
    'api-not-yet-served: Kind "MutatingAdmissionPolicy" of "admissionregistration.k8s.io/v1" is served from Kubernetes 1.36 on, expected an API of Kubernetes 1.35',
  ]);
  assert.equal(say(policy, '1.36'), []);
  assert.equal(say(object('v1', 'Endpoints')), [
    'api-deprecated: Kind "Endpoints" of "v1" is deprecated since Kubernetes 1.33, expected "discovery.k8s.io/v1 EndpointSlice"',
  ]);
});

test('a field of a later version is unknown before it', () => {
  const driver = object('storage.k8s.io/v1', 'CSIDriver', { spec: { preventPodSchedulingIfMissing: true } });
  assert.match(
    say(driver, '1.35')[0] ?? '',
    /^unknown-field: Field "spec\.preventPodSchedulingIfMissing" is unknown/,
  );
  assert.equal(say(driver, '1.36'), []);
});

test('a kind without schema is an error, unless the cluster says why', () => {
  assert.equal(say(object('sky.example.com/v1', 'Show')), [
    'unknown-kind: Kind "Show" of "sky.example.com/v1" has no schema, expected a kind of Kubernetes 1.36 or of a CustomResourceDefinition',
  ]);
  const reason = { apiVersion: 'sky.example.com/v1', kind: 'Show', reason: 'comes with the operator' };
  assert.equal(say(object('sky.example.com/v1', 'Show', { spec: { any: [1] } }), '1.36', [], [reason]), []);
  const labelled = { ...object('sky.example.com/v1', 'Show'), metadata: { name: 'a', labels: { b: 1 } } };
  assert.equal(say(labelled, '1.36', [], [reason]), [
    'wrong-type: Field "metadata.labels.b" is the number 1, expected text: quote it, "1"',
  ]);
  assert.equal(say(object('batch/v1', 'CronJobb')), [
    'unknown-kind: Kind "CronJobb" of "batch/v1" is unknown, expected "CronJob"',
  ]);
  assert.equal(say(object('v1', 'CronJob')), [
    'unknown-kind: Kind "CronJob" of "v1" is unknown, expected "batch/v1"',
  ]);
});

test('a misspelled group is told the one that was meant, and a group of others is not taken for one', () => {
  assert.equal(say(object('cert-managr.io/v1', 'Certificate')), [
    'unknown-kind: Kind "Certificate" of "cert-managr.io/v1" is unknown, expected "cert-manager.io/v1"',
  ]);
  assert.equal(say(object('serving.knative.dev/v1', 'Service')), [
    'unknown-kind: Kind "Service" of "serving.knative.dev/v1" has no schema, expected a kind of Kubernetes 1.36 or of a CustomResourceDefinition',
  ]);
});

test('a version that there are no schemas for is a failure', () => {
  assert.throws(() => say(object('v1', 'Pod'), '1.20'), /no schemas for Kubernetes 1\.20/);
});

const definition = (schema: Mapping, version: Mapping = {}): Mapping => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'shows.sky.example.com' },
  spec: {
    group: 'sky.example.com',
    scope: 'Cluster',
    names: { plural: 'shows', kind: 'Show' },
    versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema }, ...version }],
  },
});
const withSpec = (spec: Mapping) => definition({ type: 'object', properties: { spec } });
const show = (spec: Mapping) => object('sky.example.com/v1', 'Show', { spec });

test('a rendered CustomResourceDefinition is the schema of its kind', () => {
  const stars = withSpec({
    type: 'object',
    required: ['stars'],
    properties: { stars: { type: 'integer', minimum: 1 } },
  });
  assert.equal(say(show({ stars: 3 }), '1.36', [stars]), []);
  assert.equal(say(show({ stars: 0 }), '1.36', [stars]), [
    'out-of-bounds: Field "spec.stars" is the number 0, expected at least 1',
  ]);
  assert.equal(say(show({ star: 3 }), '1.36', [stars]), [
    'unknown-field: Field "spec.star" is unknown, expected "stars"',
  ]);
  assert.equal(say(show({}), '1.36', [stars]), [
    'missing-field: Field "spec.stars" is missing, expected a value: it is required',
  ]);
  const cluster = schemas.forCluster({
    kubernetesVersion: '1.36',
    customResourceDefinitions: [stars],
    kindsWithoutSchema: [],
  });
  assert.is(cluster.kind('sky.example.com/v1', 'Show')?.namespaced, false);
  assert.is(cluster.kind('sky.example.com/v2', 'Show'), undefined);
});

test('a version that is not served or deprecated says so', () => {
  const off = definition({ type: 'object' }, { served: false });
  assert.match(
    say(show({}), '1.36', [off])[0] ?? '',
    /^api-not-served: Kind "Show" of "sky\.example\.com\/v1" is not served/,
  );
  const old = definition(
    { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    { deprecated: true, deprecationWarning: 'use v2' },
  );
  assert.equal(say(show({}), '1.36', [old]), [
    'api-deprecated: Kind "Show" of "sky.example.com/v1" is deprecated by its CustomResourceDefinition: use v2',
  ]);
});

for (const [title, spec, value, expected] of [
  ['null is absent', { type: 'object', properties: { a: { type: 'string' } } }, { a: null }, []],
  [
    'null is a value where it may be',
    { type: 'object', required: ['a'], properties: { a: { type: 'string', nullable: true } } },
    { a: null },
    [],
  ],
  [
    'null is missing where it is required',
    { type: 'object', required: ['a'], properties: { a: { type: 'string' } } },
    { a: null },
    ['missing-field'],
  ],
  [
    'a default is never missing',
    { type: 'object', required: ['a'], properties: { a: { type: 'string', default: 'x' } } },
    {},
    [],
  ],
  [
    'null in a list is refused',
    { type: 'object', properties: { a: { type: 'array', items: { type: 'string' } } } },
    { a: [null] },
    ['wrong-type'],
  ],
  [
    'null in a list is fine where it may be',
    { type: 'object', properties: { a: { type: 'array', items: { type: 'string', nullable: true } } } },
    { a: [null] },
    [],
  ],
  [
    'what is preserved is free',
    { type: 'object', 'x-kubernetes-preserve-unknown-fields': true, properties: { a: { type: 'string' } } },
    { b: [1], a: 1 },
    ['wrong-type'],
  ],
  [
    'an embedded object has its three fields',
    {
      type: 'object',
      properties: {
        a: {
          type: 'object',
          'x-kubernetes-embedded-resource': true,
          'x-kubernetes-preserve-unknown-fields': true,
        },
      },
    },
    { a: { kind: 'Pod', metadata: { labels: { b: 1 } }, spec: {} } },
    ['wrong-type', 'missing-field'],
  ],
  [
    'integers of 64 bits',
    { type: 'object', properties: { a: { 'x-kubernetes-int-or-string': true } } },
    { a: 99999999999 },
    [],
  ],
  [
    'no fractions where integers or text are',
    { type: 'object', properties: { a: { 'x-kubernetes-int-or-string': true } } },
    { a: 1.5 },
    ['wrong-type'],
  ],
  [
    'items with equal keys',
    {
      type: 'object',
      properties: {
        a: {
          type: 'array',
          'x-kubernetes-list-type': 'map',
          'x-kubernetes-list-map-keys': ['p', 'q'],
          items: {
            type: 'object',
            properties: { p: { type: 'integer' }, q: { type: 'string', default: 'TCP' } },
          },
        },
      },
    },
    { a: [{ p: 1 }, { p: 2 }, { p: 1, q: 'TCP' }] },
    ['duplicate-list-key'],
  ],
  [
    'items of a set',
    {
      type: 'object',
      properties: { a: { type: 'array', 'x-kubernetes-list-type': 'set', items: { type: 'string' } } },
    },
    { a: ['x', 'y', 'x'] },
    ['duplicate-list-key'],
  ],
  [
    'a pattern of Go',
    { type: 'object', properties: { a: { type: 'string', pattern: '(?i)^[[:alpha:]]+\\z' } } },
    { a: 'x1' },
    ['malformed-value'],
  ],
  [
    'a pattern of Go that fits',
    { type: 'object', properties: { a: { type: 'string', pattern: '(?i)^[[:alpha:]-]+\\z' } } },
    { a: 'X-y' },
    [],
  ],
  [
    'a pattern without equal is not judged',
    { type: 'object', properties: { a: { type: 'string', pattern: 'a(?i)b' } } },
    { a: 'x' },
    [],
  ],
  [
    'a union',
    {
      type: 'object',
      properties: { a: { type: 'string' }, b: { type: 'string' } },
      oneOf: [{ required: ['a'] }, { required: ['b'] }],
    },
    { a: 'x', b: 'y' },
    ['no-alternative-fits'],
  ],
  [
    'an exclusive bound',
    { type: 'object', properties: { a: { type: 'number', minimum: 1, exclusiveMinimum: true } } },
    { a: 1 },
    ['out-of-bounds'],
  ],
  [
    'fields are counted without null',
    { type: 'object', minProperties: 1, properties: { a: { type: 'string' } } },
    { a: null },
    ['out-of-bounds'],
  ],
  [
    'an enum',
    { type: 'object', properties: { a: { type: 'string', enum: ['x', 'y'] } } },
    { a: 'X' },
    ['unsupported-value'],
  ],
  [
    'an unknown format is not judged',
    { type: 'object', properties: { a: { type: 'string', format: 'weird' } } },
    { a: 'X' },
    [],
  ],
  [
    'a field called like a method',
    { type: 'object', properties: { constructor: { type: 'string' } } },
    { constructor: 1 },
    ['wrong-type'],
  ],
] as const satisfies readonly (readonly [string, Mapping, Mapping, readonly string[]])[]) {
  test(`custom resources: ${title}`, () => {
    assert.equal(
      say(show(value), '1.36', [withSpec(spec)]).map((line) => line.slice(0, line.indexOf(':'))),
      expected,
    );
  });
}

for (const spec of [
  null,
  [],
  { group: 5 },
  { group: 'a.b', names: {}, versions: {} },
  {
    group: 'a.b',
    names: { kind: 'C' },
    versions: [
      null,
      { name: 'v1', schema: { openAPIV3Schema: [] } },
      { name: 'v2', schema: { openAPIV3Schema: { type: 'object', properties: { spec: 7 } } } },
    ],
  },
] as const) {
  test(`a broken CustomResourceDefinition breaks nothing: ${JSON.stringify(spec)}`, () => {
    const broken = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'x' },
      spec,
    };
    assert.type(say(object('a.b/v1', 'C', { spec: { x: 1 } }), '1.36', [broken]).length, 'number');
    assert.type(say(object('a.b/v2', 'C', { spec: { x: 1 } }), '1.36', [broken]).length, 'number');
  });
}

test('a part that two objects share is looked at once', () => {
  let looks = 0;
  const containers = new Proxy([{ name: 'a', image: 'b' }], {
    get(target, key, receiver) {
      if (key === 'length') looks++;
      return Reflect.get(target, key, receiver);
    },
  });
  const spec = { template: { spec: { containers } } };
  const cluster = schemas.forCluster({
    kubernetesVersion: '1.36',
    customResourceDefinitions: [],
    kindsWithoutSchema: [],
  });
  for (let index = 0; index < 5; index++)
    cluster.checkManifest({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: `a${index}` },
      spec,
    });
  assert.is(looks, 1);
});

test.run();
