import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseDocuments } from '../yaml/parse.ts';
import { asWritten } from './as-written.ts';
import { decode } from './decode.ts';
import { EXAMPLES } from './examples.ts';
import { SCHEMA_RULES } from './rules.ts';
import { openSchemas } from './schemas.ts';

const cache = mkdtempSync(join(tmpdir(), 'schema-examples-'));
test.after(() => rmSync(cache, { recursive: true, force: true }));
const schemas = openSchemas('schemas', cache).forCluster({
  kubernetesVersion: '1.35',
  customResourceDefinitions: [],
  kindsWithoutSchema: [],
});

function rulesBroken(text: string): string[] {
  const rules = new Set<string>();
  for (const document of parseDocuments({ file: 'example.yaml', text }, 'go-yaml-v2')) {
    const { problems, manifest, root } = decode(document);
    for (const { rule } of problems) rules.add(rule.id);
    if (manifest === undefined || root === undefined) continue;
    for (const { rule } of asWritten(schemas.checkManifest(manifest), root, problems)) rules.add(rule.id);
  }
  return [...rules];
}

for (const [id, { fail, pass }] of Object.entries(EXAMPLES)) {
  test(`the examples of ${id} are what they say`, () => {
    assert.equal(rulesBroken(fail), [id]);
    assert.equal(rulesBroken(pass), []);
  });
}

test('every rule has examples, but for those that no API of today breaks, or that depend on where the file stands', () => {
  const without = SCHEMA_RULES.filter(({ id }) => EXAMPLES[id] === undefined).map(({ id }) => id);
  assert.equal(without, ['api-going-away', 'api-not-served', 'kind-not-checked']);
});

test.run();
