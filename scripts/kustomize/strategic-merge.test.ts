import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { MappingNode } from '../yaml/node.ts';
import { parseDocuments } from '../yaml/parse.ts';
import { valueOf as toJson } from '../yaml/value.ts';
import { builtInMergeSchemas } from './merge-schema-built-in.ts';
import { customMergeSchemas } from './merge-schema-custom.ts';
import { StrategicMerge } from './strategic-merge.ts';

function read(text: string): MappingNode {
  const root = parseDocuments({ file: 'x.yaml', text }, 'go-yaml-v3')[0]?.root;
  if (root?.kind !== 'mapping') throw new Error(`not a mapping: ${text}`);
  return root;
}

function merged(base: string, patch: string, schemas = builtInMergeSchemas): unknown {
  const result = new StrategicMerge(schemas).walk(read(base), read(patch));
  return result === undefined ? undefined : JSON.parse(JSON.stringify(toJson(result)));
}

const POD = 'apiVersion: v1\nkind: Pod\n';
const SERVICE = 'apiVersion: v1\nkind: Service\n';

function pod(spec: string): string {
  return `${POD}spec: ${spec}`;
}

/** Each as the real program answers. */
const cases: readonly (readonly [name: string, base: string, patch: string, expected: unknown])[] = [
  ['scalar and new field', 'a: 1\nb: 2', 'b: 3\nc: {d: 4}', { a: 1, b: 3, c: { d: 4 } }],
  [
    'null deletes, and is dropped where nothing is',
    'a: 1\nb: {c: 1}',
    'a: null\nb: {c: ~, d: null}\ne: {f: null}',
    { b: {}, e: {} },
  ],
  ['null in the base stays, a blank one goes', 'a: null\nb:\nc: ~', 'd: 1', { a: null, c: null, d: 1 }],
  [
    'a number over a quoted string is a string',
    'a: "1"\nb: 1',
    'a: 2\nb: "2"\nc: 3',
    { a: '2', b: '2', c: 3 },
  ],
  [
    'unknown kinds replace lists',
    'kind: Foo\napiVersion: x/v1\nl: [{name: a, b: 1}]',
    'l: [{name: a}]',
    { kind: 'Foo', apiVersion: 'x/v1', l: [{ name: 'a' }] },
  ],
  [
    'an object inside an unknown kind',
    'spec: {apiVersion: v1, kind: Pod, spec: {containers: [{name: a, image: x}]}}',
    'spec: {spec: {containers: [{name: a, tty: true}]}}',
    { spec: { apiVersion: 'v1', kind: 'Pod', spec: { containers: [{ name: 'a', image: 'x', tty: true }] } } },
  ],
];

for (const [name, base, patch, expected] of cases)
  test(name, () => assert.equal(merged(base, patch), expected));

const lists: readonly (readonly [name: string, base: string, patch: string, expected: unknown])[] = [
  [
    'patch elements first',
    '[{name: a, image: x}, {name: b}, {name: c}]',
    '[{name: n}, {name: c, image: y}]',
    [{ name: 'n' }, { name: 'c', image: 'y' }, { name: 'a', image: 'x' }, { name: 'b' }],
  ],
  ['delete an element', '[{name: a}, {name: b}]', '[{name: a, $patch: delete}]', [{ name: 'b' }]],
  ['delete all elements', '[{name: a}]', '[{name: a, $patch: delete}]', []],
  ['replace the list', '[{name: a}, {name: b}]', '[{$patch: replace}, {name: c}]', [{ name: 'c' }]],
  [
    'replace inside one element keeps the base',
    '[{name: a, image: x}]',
    '[{name: a, $patch: replace, tty: true}]',
    [{ name: 'a', image: 'x' }],
  ],
  ['an element without its key empties the list', '[{name: a}]', '[{image: x}]', []],
  ['an empty patch list changes nothing', '[{name: a}]', '[]', [{ name: 'a' }]],
];

for (const [name, base, patch, expected] of lists) {
  test(`containers: ${name}`, () => {
    assert.equal(merged(pod(`{containers: ${base}}`), pod(`{containers: ${patch}}`)), {
      apiVersion: 'v1',
      kind: 'Pod',
      spec: { containers: expected },
    });
  });
}

test('deleted lists and objects', () => {
  assert.equal(merged(pod('{containers: [{name: a}], x: 1}'), pod('{containers: [{$patch: delete}]}')), {
    apiVersion: 'v1',
    kind: 'Pod',
    spec: { x: 1 },
  });
  assert.equal(merged(pod('{}'), `${POD}$patch: delete`), undefined);
});

test('ports of a service: a base without protocol wins over the patch', () => {
  const service = (ports: string) => `${SERVICE}spec: {ports: ${ports}}`;
  assert.equal(
    merged(service('[{port: 80, name: x}]'), service('[{port: 80, protocol: TCP, targetPort: 1}]')),
    {
      apiVersion: 'v1',
      kind: 'Service',
      spec: { ports: [{ port: 80, name: 'x' }] },
    },
  );
});

test('finalizers are merged by value', () => {
  const meta = (list: string) => `${POD}metadata: {finalizers: ${list}}`;
  assert.equal(merged(meta('[a, b]'), meta('[c, a]')), {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { finalizers: ['c', 'a', 'b'] },
  });
});

test('definitions of an OpenAPI document take the place of the built-in ones', () => {
  const schemas = customMergeSchemas({
    definitions: {
      'x.Foo': {
        'x-kubernetes-group-version-kind': [{ group: 'x', version: 'v1', kind: 'Foo' }],
        properties: { l: { $ref: '#/definitions/x.List' } },
      },
      'x.List': {
        type: 'array',
        'x-kubernetes-patch-strategy': 'merge',
        'x-kubernetes-patch-merge-key': 'id',
      },
    },
  });
  assert.equal(merged('apiVersion: x/v1\nkind: Foo\nl: [{id: 1, a: 1}]', 'l: [{id: 1, b: 2}]', schemas), {
    apiVersion: 'x/v1',
    kind: 'Foo',
    l: [{ id: 1, a: 1, b: 2 }],
  });
});

test('what a patch leaves alone stays the same node', () => {
  const base = read(pod('{containers: [{name: a, env: [{name: x, value: w}]}], volumes: [{name: v}]}'));
  const merge = new StrategicMerge(builtInMergeSchemas);
  const result = merge.walk(base, read(pod('{containers: [{name: a, image: z}]}'))) as MappingNode;
  const at = (root: MappingNode, ...path: readonly (string | number)[]) =>
    path.reduce<unknown>((node, step) => {
      const { pairs, items } = node as {
        pairs: { key: { text: string }; value: unknown }[];
        items: unknown[];
      };
      return typeof step === 'number' ? items[step] : pairs.find(({ key }) => key.text === step)?.value;
    }, root);
  assert.is(at(result, 'spec', 'volumes'), at(base, 'spec', 'volumes'));
  assert.is(at(result, 'spec', 'containers', 0, 'env'), at(base, 'spec', 'containers', 0, 'env'));
  assert.is(merge.walk(base, read('{}')), base);
});

test('wrong kinds and directives are refused', () => {
  assert.throws(() => merged('a: [1]', 'a: b'), /expected a list but got a scalar/);
  assert.throws(() => merged('a: {}', 'a: {$patch: nothing}'), /Unknown patch strategy "nothing"/);
});

test.run();
