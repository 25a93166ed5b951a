import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { judgePaths } from '../checks/judge-paths.ts';
import { editText } from './edit-text.ts';
import { applyFixes, proposeFixes } from './fix.ts';
import { pathObjects } from './objects.ts';

const FILES: Readonly<Record<string, string>> = {
  'base/kustomization.yaml': 'resources:\n  - web.yaml\n  - budget.yaml\n',
  'base/web.yaml': `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web # the only one
      image: web
      env:
        - name: PORT
          value: 8080 # a number
      securityContext:
        allowPrivilegeEscalation: true
  initContainers:
    - name: migrate
      image: migrate
      securityContext:
        allowPrivilegeEscalation: true # overwritten
`,
  'base/budget.yaml': `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: web
spec:
  # one at a time
  maxUnavailabl: 1
  selector: {matchLabels: {app: web}}
`,
  'overlay/kustomization.yaml': 'resources:\n  - ../base\npatches:\n  - path: patch.yaml\n',
  'overlay/patch.yaml': `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  hostnme: planet # of this region
  initContainers:
    - name: migrate
      securityContext:
        # the base says so too
        allowPrivilegeEscalation: true # here
`,
};

const MENDED: Readonly<Record<string, string>> = {
  ...FILES,
  'base/web.yaml': FILES['base/web.yaml']!.replace('8080', '"8080"').replace(
    'Escalation: true',
    'Escalation: false',
  ),
  'base/budget.yaml': FILES['base/budget.yaml']!.replace('maxUnavailabl:', 'maxUnavailable:').replace(
    '  selector',
    '  unhealthyPodEvictionPolicy: AlwaysAllow\n  selector',
  ),
  'overlay/patch.yaml': FILES['overlay/patch.yaml']!.replace('hostnme', 'hostname').replace(
    'true # here',
    'false # here',
  ),
};

async function inFolder(work: (root: string) => Promise<void>): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'planetarium-'));
  try {
    for (const dir of ['base', 'overlay']) mkdirSync(join(root, dir));
    for (const [file, text] of Object.entries(FILES)) writeFileSync(join(root, file), text);
    await work(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

const RULES = ['schema', 'privilege-escalation-allowed', 'broken-pods-block-eviction'];

function stateOf(root: string) {
  const options = {
    home: process.cwd(),
    kubernetesVersion: '1.36',
    skip: [],
    all: true,
    today: '2026-01-01',
  };
  const { findings } = judgePaths({ ...options, root, cwd: root, paths: ['overlay'], only: RULES });
  return { findings, objects: pathObjects(root, root, ['overlay']) };
}

const textsIn = (root: string) =>
  Object.fromEntries(Object.keys(FILES).map((file) => [file, readFileSync(join(root, file), 'utf8')]));

test('what is certain is mended in the layer that wrote it, and comments stay', () =>
  inFolder(async (root) => {
    const before = stateOf(root);
    const diff = proposeFixes(root, before.findings);
    assert.match(diff, '--- a/base/budget.yaml');
    assert.match(diff, '+  hostname: planet # of this region');
    assert.equal(textsIn(root), FILES, 'a proposal writes nothing');
    const { mended, refused, after } = await applyFixes(root, before, async () => stateOf(root));
    assert.equal(refused, []);
    assert.is(mended, before.findings.length);
    assert.equal(after.findings, []);
    assert.equal(textsIn(root), MENDED);
  }));

test('an edit that does not end its finding is taken back', () =>
  inFolder(async (root) => {
    const before = stateOf(root);
    const { mended, refused } = await applyFixes(root, before, async () => before);
    assert.is(mended, 0);
    assert.is(refused.length, 3);
    assert.match(refused[0] ?? '', /^base\/budget.yaml: ".*" would still hold$/);
    assert.equal(textsIn(root), FILES);
  }));

test('an edit that changes something else is taken back', () =>
  inFolder(async (root) => {
    const before = stateOf(root);
    let turn = 0;
    const { refused } = await applyFixes(root, before, async () => {
      const now = stateOf(root);
      const objects = new Map([...now.objects].slice(turn++ === 0 ? 1 : 0));
      return { findings: now.findings, objects };
    });
    assert.match(refused[0] ?? '', /^base\/budget.yaml: it would also change ".*", which would be gone$/);
  }));

test('a line is only put before what begins its own', () => {
  const origin = { file: 'x', line: 1, column: 2, endLine: 1, endColumn: 3 };
  assert.is(editText('{a: 1}\n', [{ origin, text: { line: 'b: 2' } }]), '{a: 1}\n');
  assert.is(editText(' a: 1\n', [{ origin, text: { line: 'b: 2' } }]), ' b: 2\n a: 1\n');
});

test.run();
