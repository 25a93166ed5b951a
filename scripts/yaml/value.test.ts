import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Path } from '../core/path.ts';
import type { Mapping, Value } from '../core/value.ts';
import { keyOriginAt, originsAt } from './locate.ts';
import type { MappingNode, YamlNode } from './node.ts';
import { parseDocuments } from './parse.ts';
import { toResource } from './resource.ts';
import { valueOf } from './value.ts';

function read(text: string): YamlNode {
  const [document] = parseDocuments({ file: 'a.yaml', text }, 'go-yaml-v2');
  if (document?.root === undefined) throw new Error(document?.problems[0]?.message ?? 'empty');
  return document.root;
}

function mapping(fields: Record<string, Value>): Mapping {
  return Object.assign(Object.create(null), fields);
}

/** Scalars, and what sigs.k8s.io/yaml makes of them. */
const scalars: readonly (readonly [string, Value])[] = [
  ['y', true],
  ['Off', false],
  ['TRUE', true],
  ['nO', 'nO'],
  ['~', null],
  ['0777', 511],
  ['089', 89],
  ['0x1f', 31],
  ['0b-11', -3],
  ['1_000', 1000],
  ['9007199254740993', 9007199254740993n],
  ['18446744073709551616', 18446744073709552000],
  ['1e3', 1000],
  ['.5', 0.5],
  ['-.inf', -Infinity],
  ['1:30', '1:30'],
  ['2020-01-02', '2020-01-02'],
  ['"1"', '1'],
  ['!!str 1', '1'],
  ['!!float 1', 1],
  ['!!binary aGk=', 'hi'],
];
for (const [text, value] of scalars)
  test(`reads ${text}`, () => assert.is((valueOf(read(`a: ${text}`)) as Mapping).a, value));

test('keys are strings, the last of equal ones counts', () => {
  const value = valueOf(read('1: a\nyes: b\n1.50: c\n1e3: d\n__proto__: e\nx: 1\nx: 2\n'));
  const expected = mapping({ 1: 'a', true: 'b', 1.5: 'c', 1000: 'd', x: 2 });
  Object.defineProperty(expected, '__proto__', { value: 'e', enumerable: true });
  assert.equal(Object.entries(value as Mapping).sort(), Object.entries(expected).sort());
});

for (const [text, message] of [
  ['[a]: b', 'mapping key is a collection, expected a string'],
  ['~: b', 'mapping key is null, expected a string'],
  ['9223372036854775808: b', 'mapping key is a number beyond 64 bits with sign, expected a string'],
  ['a: !!binary x', '!!binary value contains invalid base64 data'],
] as const)
  test(`refuses ${text}`, () => assert.throws(() => read(text), message));

test('a node with aliases gives the same frozen object in each place', () => {
  const root = read('a: &x [{b: c}]\nd: *x');
  const value = valueOf(root) as Mapping;
  assert.is(value.a, value.d);
  assert.ok(Object.isFrozen(value) && Object.isFrozen(value.a) && Object.isFrozen((value.a as Value[])[0]));
});

const text = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n    - name: b\n';
const root = read(text) as MappingNode;
const places: readonly (readonly [Path, string])[] = [
  [[], text.trimEnd()],
  [['metadata', 'name'], 'a'],
  [['spec', 'containers', 0, 'name'], 'b'],
  [['spec', 'containers', 0, 'image'], 'name: b'],
  [['spec', 'volumes', 0], 'containers:\n    - name: b'],
];
for (const [path, expected] of places)
  test(`finds ${path.join('.') || 'the root'}`, () => {
    const { line, column, endLine, endColumn } = originsAt(root, path)[0]!;
    const lines = text.split('\n');
    const offset = (at: number, in_: number) =>
      lines.slice(0, at - 1).join('\n').length + (at > 1 ? 1 : 0) + in_ - 1;
    assert.is(text.slice(offset(line, column), offset(endLine, endColumn)), expected);
  });

test('finds keys', () => {
  assert.is(keyOriginAt(root, ['spec', 'containers']).line, 6);
  assert.is(keyOriginAt(root, ['spec', 'volumes']).line, 6);
});

test('makes resources', () => {
  const resource = toResource(root, valueOf(root) as Mapping);
  assert.equal(resource.id, { apiVersion: 'v1', kind: 'Pod', namespace: undefined, name: 'a' });
  assert.is(resource.originsOf(['kind'])[0]?.line, 2);
});

test.run();
