import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { git } from '../git/fixture.ts';
import { type Judged, judgeFleet } from './judge-fleet.ts';

function judge(root: string, against?: string, kept: { readonly stamp?: string } = {}) {
  const options = { root, home: process.cwd(), all: false, today: '2026-01-01', against, ...kept };
  return judgeFleet({
    ...options,
    url: 'https://github.com/planetarium/planetarium',
    only: ['release', 'api-server'],
    skip: [],
  });
}

async function inRepository(work: (root: string) => Promise<void>): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'planetarium-'));
  try {
    for (const name of ['base', 'overlays', 'clusters']) cpSync(name, join(root, name), { recursive: true });
    git(root, 'init', '--quiet', '--initial-branch=main');
    git(root, 'add', '-A');
    git(root, 'commit', '--quiet', '--message=before');
    await work(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function edit(root: string, file: string, find: string, replace: string): void {
  const text = readFileSync(join(root, file), 'utf8');
  assert.ok(text.includes(find), `${file} holds ${JSON.stringify(find)}`);
  writeFileSync(join(root, file), text.replace(find, replace));
}

const places = ({ findings }: Judged) =>
  findings.map(({ rule, origin, clusters }) => `${rule} ${origin.file}:${origin.line} ${clusters.length}`);

test('what cannot change, and what users are on, is compared with main', async () => {
  await inRepository(async (root) => {
    assert.equal(places(await judge(root)), []);
    edit(root, 'base/planetarium/slots/blue/planetarium.env', '=info', '=debug');
    edit(root, 'base/planetarium/slots/green/planetarium.env', '=info', '=debug');
    assert.equal(places(await judge(root)), [
      'live-slot-changed base/planetarium/workload/deployment.yaml:73 3',
    ]);
    git(root, 'commit', '--all', '--quiet', '--message=after');
    assert.equal(places(await judge(root)), [], 'main itself is compared with main');
    assert.equal(places(await judge(root, 'HEAD~1')), [
      'live-slot-changed base/planetarium/workload/deployment.yaml:73 3',
    ]);
  });
});

test('what was kept changes nothing of it', async () => {
  const both = async (root: string) => {
    const found = places(await judge(root));
    assert.equal(places(await judge(root, undefined, { stamp: 'kept' })), found);
    return found;
  };
  const [facts, overlay] = ['clusters/eu-west/cluster.yaml', 'overlays/eu-west/workload'];
  const change = (root: string) =>
    edit(root, 'base/planetarium/slots/blue/planetarium.env', '=info', '=debug');
  await inRepository(async (root) => {
    assert.equal(await both(root), []);
    appendFileSync(join(root, facts), '# read anew\n');
    change(root);
    assert.equal(await both(root), ['live-slot-changed base/planetarium/workload/deployment.yaml:73 3']);
  });
  // What came since main has nothing to be compared with, and does not keep the others from it.
  await inRepository(async (root) => {
    git(root, 'mv', overlay, `${overlay}-later`);
    git(root, 'commit', '--quiet', '--message=without');
    git(root, 'switch', '--quiet', '--create', 'change');
    git(root, 'mv', `${overlay}-later`, overlay);
    assert.equal(await both(root), []);
    change(root);
    assert.equal(await both(root), ['live-slot-changed base/planetarium/workload/deployment.yaml:73 2']);
    assert.equal(await both(root), ['live-slot-changed base/planetarium/workload/deployment.yaml:73 2']);
  });
});

test('what was kept of a folder that was another at the commit needs no place any more', async () => {
  const [root, file] = ['clusters/eu-west/kustomization.yaml', 'clusters/eu-west/later.yaml'];
  const later = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: later}
spec:
  source: {repoURL: https://github.com/planetarium/planetarium, targetRevision: main, path: overlays/later}
  destination: {namespace: later}
`;
  const same = async (dir: string) => {
    const found = places(await judge(dir));
    assert.equal(places(await judge(dir, undefined, { stamp: 'kept' })), found);
  };
  await inRepository(async (dir) => {
    writeFileSync(join(dir, file), later);
    edit(dir, root, '  - ../../base/platform\n', '  - ../../base/platform\n  - later.yaml\n');
    // The last of what it renders, so that there is none in its place without it.
    appendFileSync(join(dir, root), 'sortOptions: {order: fifo}\n');
    git(dir, 'add', '-A');
    git(dir, 'commit', '--quiet', '--message=later');
    git(dir, 'switch', '--quiet', '--create', 'change');
    mkdirSync(join(dir, 'overlays/later'));
    writeFileSync(join(dir, 'overlays/later/kustomization.yaml'), 'resources: [map.yaml]\n');
    writeFileSync(
      join(dir, 'overlays/later/map.yaml'),
      'apiVersion: v1\nkind: Namespace\nmetadata: {name: later}\n',
    );
    await same(dir);
    edit(dir, root, '  - later.yaml\n', '');
    await same(dir);
    await same(dir);
  });
});

test('users who cannot notice are a reason', async () => {
  await inRepository(async (root) => {
    edit(root, 'base/planetarium/slots/blue/planetarium.env', '=info', '=debug');
    edit(
      root,
      'base/planetarium/workload/deployment.yaml',
      'metadata:\n  name: planetarium\n',
      'metadata:\n  name: planetarium\n  annotations:\n    allow.planetarium.dev/live-slot-changed: Logs only\n',
    );
    assert.equal(places(await judge(root)), []);
  });
});

test('a flip is no change of a pod template', async () => {
  await inRepository(async (root) => {
    edit(root, 'base/planetarium/release/state/release.yaml', 'live: blue', 'live: green');
    edit(root, 'base/planetarium/release/state/release.yaml', 'preview: green', 'preview: blue');
    assert.equal(places(await judge(root)), []);
  });
});

test('before the first cluster there is nothing to compare with', () =>
  inRepository(async (root) => {
    git(root, 'checkout', '--quiet', '--orphan', 'first');
    git(root, 'rm', '--quiet', '-r', '--cached', '.');
    git(root, 'commit', '--quiet', '--allow-empty', '--message=empty');
    assert.equal(places(await judge(root, 'first')), []);
  }));

test('without a commit to compare with, the run says so', async () => {
  await inRepository(async (root) => {
    git(root, 'branch', '--move', 'elsewhere');
    const { updatesNotJudged, notChecked } = await judge(root);
    assert.ok(updatesNotJudged);
    assert.match(notChecked[0] ?? '', /^updates: no commit shared with main/);
    const refused = await judge(root, 'nowhere').catch((error: unknown) => String(error));
    assert.match(String(refused), /--against "nowhere" names no commit/);
  });
});

test.run();
