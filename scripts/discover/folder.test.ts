import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { writeFiles } from '../core/write-files.ts';
import { createRenderer } from '../kustomize/render.ts';
import { readFolder } from './folder.ts';

const root = mkdtempSync(join(tmpdir(), 'folder-'));
test.after(() => rmSync(root, { recursive: true, force: true }));

const configMap = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`;
const files: Readonly<Record<string, string>> = {
  'plain/plain.yaml': configMap('plain'),
  'plain/values.yaml': 'replicas: 1\n',
  'base/base.yaml': configMap('base'),
  'base/kustomization.yaml': 'resources: [base.yaml]\n',
  'overlay/kustomization.yaml': 'resources: [../base]\nnamePrefix: my-\npatches: [{path: patch.yaml}]\n',
  'overlay/patch.yaml': `${configMap('base')}data: {a: b}\n`,
  'part/kustomization.yaml': 'kind: Component\npatches: [{path: patch.yaml}]\n',
  'part/patch.yaml': configMap('elsewhere'),
  'broken/kustomization.yaml': 'resources: [nothing.yaml]\n',
  'remote/kustomization.yaml': 'resources: ["https://example.org/a.yaml"]\n',
  'chart/Chart.yaml': 'name: chart\n',
  'chart/templates/a.yaml': 'name: {{ .Values.name }}\n',
  '.github/workflow.yaml': 'on: push\n',
};
writeFiles(root, Object.entries(files));

test('kustomizations are built, charts and what holds no object are named', () => {
  const { resources, roots, findings, notChecked } = readFolder(root, root, createRenderer({ root }));
  assert.equal(
    resources.map(({ id }) => id.name),
    ['plain'],
  );
  assert.equal(
    roots.map((objects) => objects.map(({ id }) => id.name)),
    [['my-base']],
  );
  assert.equal(
    findings.map(({ rule, origin }) => `${rule} ${origin.file}`),
    ['kustomization-does-not-build broken/kustomization.yaml'],
  );
  assert.equal(notChecked, [
    'what the Helm chart "chart" renders',
    'the kustomization "remote": "https://example.org/a.yaml" is a remote file, which is not fetched here: copy it into the repository',
    'files that hold no object: "plain/values.yaml"',
  ]);
});

test('a named pipe is refused, which to read would wait for ever', () => {
  if (process.platform === 'win32') return;
  const made = mkdtempSync(join(tmpdir(), 'pipe-'));
  test.after(() => rmSync(made, { recursive: true, force: true }));
  mkdirSync(join(made, 'plain'));
  mkdirSync(join(made, 'built'));
  execFileSync('mkfifo', [join(made, 'plain/a.yaml'), join(made, 'built/b.yaml')]);
  const file = join(made, 'built/kustomization.yaml');
  writeFileSync(file, 'resources: [b.yaml]\n');
  const renderer = createRenderer({ root: made });
  const refused = (what: string) => `"${what}" is a named pipe, expected a regular file`;
  assert.throws(() => readFolder(made, join(made, 'plain'), renderer), refused('plain/a.yaml'));
  assert.equal(
    readFolder(made, join(made, 'built'), renderer).findings.map(({ message }) => message),
    [refused('b.yaml')],
  );
});

test.run();
