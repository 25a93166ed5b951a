import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { toFieldPath } from '../core/path.ts';
import { isMapping } from '../core/value.ts';
import {
  findPair,
  type MappingNode,
  stringNode,
  withField,
  withItem,
  withoutField,
  type YamlNode,
} from '../yaml/node.ts';
import { parseDocuments } from '../yaml/parse.ts';
import { valueOf as jsonOf } from '../yaml/value.ts';
import { asWritten } from './as-written.ts';
import type { ClusterSchemas } from './cluster-schemas.ts';
import { decode } from './decode.ts';
import { openSchemas } from './schemas.ts';

// Each file in cases/ is a manifest and a list of edits: field, value as YAML, and what is found, as `rule` (at that
// field), `field rule`, or `ok`. The rules follow what API servers of 1.35 to 1.37 answer.

type Step = string | number;

const stepsOf = (field: string): Step[] =>
  [...field.matchAll(/([^.[\]]+)|\[(\d+)\]/g)].map((match) =>
    match[1] === undefined ? Number(match[2]) : match[1],
  );

function edited(
  node: YamlNode | undefined,
  steps: readonly Step[],
  value: YamlNode | undefined,
  root: MappingNode,
): YamlNode {
  const [step, ...rest] = steps;
  if (step === undefined) return value ?? root;
  if (typeof step === 'number') {
    if (node?.kind !== 'sequence') throw new Error(`no list at ${steps.join('.')}`);
    return withItem(node, step, edited(node.items[step], rest, value, root));
  }
  const map = node?.kind === 'mapping' ? node : { ...root, pairs: [] };
  if (rest.length === 0 && value === undefined) return withoutField(map, step);
  const inner = edited(findPair(map, step)?.value, rest, value, root);
  return withField(map, step, inner, findPair(map, step)?.key ?? stringNode(step, root.place));
}

function found(root: YamlNode, schemas: ClusterSchemas): string[] {
  const decoded = decode({ root, problems: [], place: root.place });
  const said = decoded.problems.map(({ rule, at }) => `${toFieldPath(at)} ${rule.id}`);
  if (decoded.manifest === undefined || decoded.root === undefined) return said;
  for (const { rule, at } of asWritten(schemas.checkManifest(decoded.manifest), decoded.root))
    if (!said.some((other) => other.startsWith(`${toFieldPath(at)} `)))
      said.push(`${toFieldPath(at)} ${rule.id}`);
  return said.sort();
}

const cache = mkdtempSync(join(tmpdir(), 'schema-cases-'));
test.after(() => rmSync(cache, { recursive: true, force: true }));
const schemas = openSchemas('schemas', cache).forCluster({
  kubernetesVersion: '1.36',
  customResourceDefinitions: [],
  kindsWithoutSchema: [],
});

const DIR = 'scripts/schema/cases';
for (const name of readdirSync(DIR).sort()) {
  const [base, table] = parseDocuments(
    { file: name, text: readFileSync(join(DIR, name), 'utf8') },
    'go-yaml-v2',
  );
  const rows = table?.root === undefined ? [] : jsonOf(table.root);
  const root = base?.root;
  if (root?.kind !== 'mapping' || !Array.isArray(rows))
    throw new Error(`${name} is no manifest and list of edits`);

  test(`${name} itself is valid`, () => {
    assert.equal(found(root, schemas), []);
  });

  test(`${name}: each edit is found where it was made, and nothing else`, () => {
    const wrong: string[] = [];
    for (const row of rows) {
      const [field, text, expectation] = (row as readonly (string | null)[]).map((cell) =>
        String(cell ?? ''),
      );
      const parsed = parseDocuments({ file: name, text: `value: ${text}` }, 'go-yaml-v2')[0]?.root;
      const value =
        text === '-' ? undefined : parsed?.kind === 'mapping' ? parsed.pairs[0]!.value : undefined;
      const want =
        expectation === 'ok'
          ? []
          : expectation!.split(', ').map((one) => (one.includes(' ') ? one : `${field} ${one}`));
      const got = found(edited(root, stepsOf(field!), value, root), schemas);
      if (got.join() !== want.sort().join())
        wrong.push(`${field}: ${text} gives ${got.join(', ') || 'nothing'}, expected ${expectation}`);
    }
    assert.is(wrong.join('\n'), '');
  });
}

/** Every way to spoil one value or key of a manifest, with what must be found. */
function* spoiled(
  node: YamlNode,
  at: readonly Step[],
  root: MappingNode,
): Generator<readonly [YamlNode, string]> {
  const value = (text: string) => {
    const parsed = parseDocuments({ file: 'edit', text: `value: ${text}` }, 'go-yaml-v2')[0]?.root;
    if (parsed?.kind !== 'mapping') throw new Error(text);
    return parsed.pairs[0]!.value;
  };
  const path = toFieldPath(at);
  if (node.kind === 'scalar') {
    for (const text of ['{wrong: type}', '[[wrong]]']) yield [edited(root, at, value(text), root), path];
    return;
  }
  yield [edited(root, at, value('wrong'), root), path];
  if (node.kind === 'sequence') {
    for (const [index, item] of node.items.entries()) yield* spoiled(item, [...at, index], root);
    return;
  }
  for (const { key, value: inner } of node.pairs) {
    const name = key.kind === 'scalar' ? key.text : '';
    if (/[^A-Za-z]/.test(name)) continue;
    yield* spoiled(inner, [...at, name], root);
  }
}

test('every value of every manifest, spoiled, is found at its own place', () => {
  let count = 0;
  for (const name of readdirSync(DIR).sort()) {
    const root = parseDocuments({ file: name, text: readFileSync(join(DIR, name), 'utf8') }, 'go-yaml-v2')[0]
      ?.root;
    if (root?.kind !== 'mapping') continue;
    for (const { key, value } of root.pairs) {
      const field = key.kind === 'scalar' ? key.text : '';
      if (field === 'apiVersion' || field === 'kind') continue;
      for (const [spoilt, path] of spoiled(value, [field], root)) {
        count++;
        const manifest = jsonOf(spoilt);
        if (!isMapping(manifest)) continue;
        const places = schemas.checkManifest(manifest).map(({ at }) => toFieldPath(at));
        if (places.length === 0 && /valuesObject|matchLabels\.|stringData\./.test(path)) continue;
        assert.ok(
          places.some(
            (place) => place === path || place.startsWith(`${path}[`) || place.startsWith(`${path}.`),
          ),
          `${name}: ${path} gives ${places.join(', ') || 'nothing'}`,
        );
      }
    }
  }
  assert.ok(count > 300, `${count} manifests`);
});

test.run();
