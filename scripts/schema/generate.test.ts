import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Failure } from '../core/failure.ts';
import type { Mapping, Value } from '../core/value.ts';
import { factsOf } from './collect.ts';
import { clusterDocuments } from './collect-cluster.ts';
import { writeFile } from './file.ts';
import { customFiles, kubernetesFiles } from './generate.ts';

const ref = (name: string) => ({ allOf: [{ $ref: `#/components/schemas/${name}` }], default: {} });
const OPENAPI: Mapping = {
  components: {
    schemas: {
      'io.k8s.api.core.v1.Show': {
        description: 'words that nobody needs',
        type: 'object',
        properties: {
          apiVersion: { type: 'string' },
          kind: { type: 'string' },
          metadata: ref('io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta'),
          stars: { type: 'integer', format: 'int32', default: 0 },
          size: ref('io.k8s.apimachinery.pkg.api.resource.Quantity'),
          seats: {
            type: 'array',
            items: ref('io.k8s.api.core.v1.Seat'),
            'x-kubernetes-list-type': 'map',
            'x-kubernetes-list-map-keys': ['row', 'side'],
          },
          notes: { type: 'object', additionalProperties: { type: 'string', default: '' } },
        },
        required: ['stars'],
        'x-kubernetes-group-version-kind': [{ group: '', version: 'v1', kind: 'Show' }],
      },
      'io.k8s.api.core.v1.Seat': {
        type: 'object',
        properties: { row: { type: 'integer', format: 'int64' }, side: { type: 'string', default: 'left' } },
      },
      'io.k8s.api.core.v1.Unused': { type: 'object', properties: { a: { type: 'string' } } },
      'io.k8s.apimachinery.pkg.api.resource.Quantity': { oneOf: [{ type: 'string' }, { type: 'number' }] },
      'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta': {
        type: 'object',
        properties: {
          name: { type: 'string' },
          creationTimestamp: ref('io.k8s.apimachinery.pkg.apis.meta.v1.Time'),
        },
      },
      'io.k8s.apimachinery.pkg.apis.meta.v1.Time': { type: 'string', format: 'date-time' },
    },
  },
};
const resource = (kind: string, verbs: readonly string[]): Mapping => ({
  name: `${kind.toLowerCase()}s`,
  kind,
  namespaced: true,
  verbs,
});
const RESOURCES: Mapping = {
  kind: 'APIResourceList',
  groupVersion: 'v1',
  resources: [
    resource('Show', ['create', 'get']),
    { ...resource('Show', ['get']), name: 'shows/status' },
    resource('Watcher', ['get', 'list']),
  ],
};
const DEFINITION: Mapping = {
  kind: 'CustomResourceDefinition',
  spec: {
    group: 'sky.example.com',
    names: { kind: 'Dome' },
    scope: 'Cluster',
    versions: [
      {
        name: 'v1',
        served: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            required: ['spec'],
            properties: {
              spec: {
                description: 'words that nobody needs',
                type: 'object',
                properties: {
                  left: { type: 'object', properties: { width: { type: 'integer', minimum: 1 } } },
                  right: { type: 'object', properties: { width: { type: 'integer', minimum: 1 } } },
                },
              },
            },
          },
        },
      },
    ],
  },
};

const SHOW =
  '"core.v1.Show#dc9195bf20": {"fields":{"apiVersion":"string","kind":"string","metadata":"#meta.v1.ObjectMeta","notes":"{string}","seats":"[#core.v1.Seat] by row,side","size":"quantity","stars":"int32"},"required":["stars"]}';

test('an OpenAPI document becomes facts, one definition a line', () => {
  const { servers } = factsOf([
    { folder: 'a', value: { gitVersion: 'v1.36.3' } },
    { folder: 'a', value: OPENAPI },
    { folder: 'a', value: RESOURCES },
  ]);
  const { minor, index, definitions } = kubernetesFiles(servers[0]!);
  assert.is(minor, '1.36');
  const lines = writeFile({ source: 'x', sections: { definitions } }).split('\n');
  assert.equal(lines.slice(4), [
    '"definitions": {',
    '"core.v1.Seat#6057afb312": {"fields":{"row":"int64","side":{"type":"string","default":"left"}}},',
    `${SHOW},`,
    '"meta.v1.ObjectMeta#d58da5574a": {"fields":{"creationTimestamp":"date-time","name":"string"}}',
    '}',
    '}',
    '',
  ]);
  assert.equal(index.sections.kinds, {
    'v1 Show': { definition: 'core.v1.Show', namespaced: true, verbs: 'create get' },
  });
});

test('a CustomResourceDefinition becomes a file of its group, equal parts once', () => {
  const { customResources } = factsOf([
    { folder: 'charts/sky', value: { kind: 'List', items: [DEFINITION] } },
  ]);
  const [source, definitions] = [...customResources][0]!;
  const file = customFiles(definitions, source).get('sky.example.com')!;
  assert.is(file.source, 'CustomResourceDefinitions of sky');
  const name = 'sky.example.com/v1.Dome';
  assert.equal(file.sections.definitions, {
    [name]: {
      fields: {
        apiVersion: 'string',
        kind: 'string',
        metadata: '#meta.v1.ObjectMeta',
        spec: `#${name}.spec`,
      },
      required: ['spec'],
    },
    [`${name}.spec`]: { fields: { left: `#${name}.spec.left`, right: `#${name}.spec.left` } },
    [`${name}.spec.left`]: { fields: { width: { type: 'int', minimum: 1 } } },
  });
});

test('a cluster is asked for the same', () => {
  const answers: Record<string, Value> = {
    '/version': { gitVersion: 'v1.36.3' },
    '/apis': { groups: [{ name: 'sky.example.com', versions: [{ groupVersion: 'sky.example.com/v1' }] }] },
    '/api/v1': RESOURCES,
    '/apis/apiextensions.k8s.io/v1/customresourcedefinitions': { items: [{ spec: DEFINITION.spec! }] },
    '/openapi/v3': { paths: { 'api/v1': {}, 'apis/sky.example.com/v1': {}, version: {} } },
    '/openapi/v3/api/v1': OPENAPI,
  };
  const asked: string[] = [];
  const documents = clusterDocuments((path) => {
    asked.push(path);
    return JSON.stringify(answers[path]);
  });
  assert.equal(asked.sort(), Object.keys(answers).sort());
  const { servers, customResources } = factsOf(documents);
  assert.equal(
    servers.map(({ kubernetesVersion, served }) => [kubernetesVersion, served.map(({ kind }) => kind)]),
    [['v1.36.3', ['Show', 'Watcher']]],
  );
  assert.equal([...customResources.keys()], ['CustomResourceDefinitions of sky.example.com']);
});

test('what is missing is named', () => {
  const fails = (documents: readonly Mapping[]) => () => {
    const { servers } = factsOf(documents.map((value) => ({ folder: 'dir', value })));
    servers.map(kubernetesFiles);
  };
  const named = (message: RegExp) => (error: Error) =>
    error instanceof Failure && message.test(error.message);
  assert.throws(fails([OPENAPI]), named(/in dir do not say which version of Kubernetes/));
  assert.throws(fails([OPENAPI, { gitVersion: 'v1.36.3' }]), named(/no discovery document in dir/));
  assert.throws(fails([RESOURCES, { gitVersion: 'v1.36.3' }]), named(/has no definition of v1 Show/));
});

test.run();
