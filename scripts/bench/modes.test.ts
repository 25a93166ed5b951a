import { spawn, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { git } from '../git/fixture.ts';
import { compareFindings } from './expected-findings.ts';
import { writeRepository } from './write-repository.ts';

const start = resolve('scripts/start.cjs');
const root = mkdtempSync(join(tmpdir(), 'planetarium-'));
const { files, faults } = writeRepository({ regions: 6, apps: 2, faults: 6 }, root);

/** The report without the time that it took. */
function validate(env: NodeJS.ProcessEnv, ...args: readonly string[]): string {
  const { stdout, stderr } = spawnSync(process.execPath, [start, 'validate', '--format', 'json', ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  assert.is(stderr, '');
  return stdout.replace(/"milliseconds": \d+/, '"milliseconds": 0');
}

const cacheDir = join(root, '.cache/validate');
const renderedDir = join(root, '.cache/rendered');
/** The files in the folders of a folder. */
function filesBelow(dir: string): readonly string[] {
  return readdirSync(dir).flatMap((key) => readdirSync(join(dir, key)).map((name) => join(dir, key, name)));
}

const plain = validate({ PLANETARIUM_CACHE: 'off', PLANETARIUM_WORKERS: '1' });

test('planted faults are found, all and only', () => {
  assert.is(faults.length, 6);
  assert.equal(compareFindings(faults, plain), []);
});

test('any number of threads gives the same bytes', () => {
  assert.is(validate({ PLANETARIUM_CACHE: 'off', PLANETARIUM_WORKERS: '2' }), plain);
  assert.is(validate({ PLANETARIUM_CACHE: 'off', PLANETARIUM_WORKERS: '6' }), plain);
});

test('what was kept gives the same bytes', () => {
  assert.is(validate({}), plain, 'from an empty cache');
  assert.is(readdirSync(cacheDir).length, 1);
  assert.is(validate({}), plain, 'from a full cache');
});

test('what changed is judged anew', () => {
  const name = 'overlays/region-4/app-1/scale.yaml';
  writeFileSync(join(root, name), `${files.get(name)}  minReplica: 4\n`);
  const found = compareFindings(faults, validate({}));
  assert.equal(found, [`not planted: unknown-field ${name}:8 in 1 clusters from region-4`]);
  writeFileSync(join(root, name), files.get(name)!);
  assert.is(validate({}), plain);
});

test('a file that is new is not missed', () => {
  const extra = join(root, 'overlays/region-2/app-0/kustomization.yml');
  writeFileSync(extra, 'resources: []\n');
  assert.match(validate({}), /Found multiple kustomization files/);
  rmSync(extra);
  assert.is(validate({}), plain);
});

test('a file that no cluster reaches is found when it comes, when it is let go, and when it is left', () => {
  const [dir, kustomization] = ['overlays/region-2/app-0', 'overlays/region-2/app-0/kustomization.yaml'];
  const others = ['overlays/spare/app/role.yaml', `${dir}/role.yaml`];
  mkdirSync(join(root, 'overlays/spare/app'), { recursive: true });
  for (const name of others) {
    writeFileSync(join(root, name), 'kind: Role\n');
    assert.match(validate({}), new RegExp(`No cluster reaches \\\\"${name}`));
    assert.match(validate({}), new RegExp(`No cluster reaches \\\\"${name}`), 'once more');
  }
  rmSync(join(root, 'overlays/spare'), { recursive: true });
  rmSync(join(root, others[1]!));
  assert.is(validate({}), plain);
  const without = files.get(kustomization)!.replace('  - path: scale.yaml\n', '');
  writeFileSync(join(root, kustomization), without);
  assert.match(validate({}), new RegExp(`No cluster reaches \\\\"${dir}/scale.yaml`));
  writeFileSync(join(root, kustomization), files.get(kustomization)!);
  assert.is(validate({}), plain);
});

test('what is not reached is asked anew after a cluster that did not build is gone', () => {
  const [cluster, kustomization] = ['clusters/region-5', 'overlays/region-5/app-0/kustomization.yaml'];
  writeFileSync(join(root, kustomization), files.get(kustomization)!.replace('scale.yaml', 'nothing.yaml'));
  for (const _ of ['once', 'again']) assert.match(validate({}), /nothing.yaml/);
  rmSync(join(root, cluster), { recursive: true });
  assert.is(validate({}), validate({ PLANETARIUM_CACHE: 'off' }));
  mkdirSync(join(root, cluster));
  for (const [name, text] of files)
    if (name === kustomization || name.startsWith(`${cluster}/`)) writeFileSync(join(root, name), text);
  assert.is(validate({}), plain);
});

test('what stands beside a folder that does not build is judged as without a cache', () => {
  const uncached = { PLANETARIUM_CACHE: 'off', PLANETARIUM_WORKERS: '1' };
  for (const region of new Set(faults.flatMap(({ clusters }) => clusters))) {
    const broken = files.has(`overlays/${region}/app-0/scale.yaml`) ? ['app-0', 'app-1'] : [];
    for (const app of broken) {
      const scale = join(root, `overlays/${region}/${app}/scale.yaml`);
      const text = readFileSync(scale, 'utf8');
      rmSync(scale);
      assert.is(validate({}), validate(uncached), `${region} ${app}`);
      writeFileSync(scale, text);
    }
  }
  assert.is(validate({}), plain);
});

test('what a cluster does not sync any more is not judged', () => {
  const uncached = { PLANETARIUM_CACHE: 'off', PLANETARIUM_WORKERS: '1' };
  const changes = [
    ['kustomization.yaml', '  - project.yaml\n', '  - project.yaml\n  - project.yaml\n'],
    ['kustomization.yaml', '  - applications.yaml\n', ''],
  ] as const;
  for (const [name, find, replace] of changes) {
    const file = join(root, 'clusters/region-0', name);
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace(find, replace));
    assert.is(validate({}), validate(uncached), replace);
    writeFileSync(file, text);
    assert.is(validate({}), plain);
  }
});

test('a small change is kept beside what was kept', () => {
  const all = () => readFileSync(filesBelow(cacheDir).find((file) => file.endsWith('all.json'))!, 'utf8');
  const name = join(root, 'overlays/region-4/app-1/scale.yaml');
  const before = all();
  writeFileSync(name, readFileSync(name));
  assert.is(validate({}), plain);
  assert.is(all(), before);
  assert.is(filesBelow(cacheDir).length, 2);
  assert.is(validate({}), plain, 'read again');
  for (const each of files.keys()) if (each.startsWith('base/')) appendFileSync(join(root, each), '\n');
  assert.is(compareFindings(faults, validate({})).length, 0);
  assert.is.not(all(), before, 'a large one takes its place');
  for (const [each, text] of files) if (each.startsWith('base/')) writeFileSync(join(root, each), text);
  assert.is(validate({}), plain);
});

test('what is kept of other folders is judged with what changed', () => {
  const name = 'overlays/region-4/app-1/host.yaml';
  const [own, other] = ['app-1.region-4', 'app-0.region-4'];
  writeFileSync(join(root, name), files.get(name)!.replaceAll(own, other));
  const expected = validate({ PLANETARIUM_CACHE: 'off' });
  assert.match(expected, /route-claimed-twice/);
  assert.is(validate({}), expected, 'once');
  writeFileSync(join(root, name), `${files.get(name)!.replaceAll(own, other)}\n`);
  assert.is(validate({}), expected, 'again, from what was kept with the change');
  writeFileSync(join(root, name), files.get(name)!);
  for (const file of filesBelow(renderedDir)) appendFileSync(file, '{');
  assert.is(validate({}), plain, 'from what was damaged');
});

test('a damaged cache is made anew', () => {
  const damage = (change: (file: string) => void) => {
    for (const file of filesBelow(cacheDir)) change(file);
    assert.is(validate({}), plain);
  };
  damage((file) => appendFileSync(file, ' '));
  damage((file) => writeFileSync(file, ''));
  damage((file) => rmSync(file));
});

test('--changed reports what the difference can affect, kept or not', () => {
  writeFileSync(join(root, '.gitignore'), '.cache/\n');
  git(root, 'init', '--quiet', '--initial-branch=main');
  git(root, 'add', '--all');
  git(root, 'commit', '--quiet', '--message=all');
  const name = 'overlays/region-4/app-1/scale.yaml';
  writeFileSync(join(root, name), `${files.get(name)}  minReplica: 4\n`);
  const narrow = validate({ PLANETARIUM_CACHE: 'off' }, '--changed');
  const of4 = faults.filter(({ clusters }) => clusters.includes('region-4'));
  const seen = of4.map((fault) => ({ ...fault, clusters: ['region-4'] }));
  assert.equal(compareFindings(seen, narrow), [
    `not planted: unknown-field ${name}:8 in 1 clusters from region-4`,
  ]);
  validate({});
  assert.is(validate({}, '--changed', 'HEAD'), narrow);
  writeFileSync(join(root, name), files.get(name)!);
  rmSync(join(root, '.git'), { recursive: true });
});

test('where git fails, a run with threads that wait ends', () => {
  const bin = mkdtempSync(join(tmpdir(), 'planetarium-'));
  const real = spawnSync('which', ['git'], { encoding: 'utf8' }).stdout.trim();
  const fake = `#!/bin/sh\ncase "$*" in *ls-tree*) exit 1;; esac\nexec ${real} "$@"\n`;
  writeFileSync(join(bin, 'git'), fake, { mode: 0o755 });
  git(root, 'init', '--quiet', '--initial-branch=main');
  git(root, 'add', 'clusters', 'base');
  git(root, 'commit', '--quiet', '--message=some');
  const { status, stderr } = spawnSync(process.execPath, [start, 'validate'], {
    cwd: root,
    encoding: 'utf8',
    timeout: 30_000,
    env: {
      ...process.env,
      PATH: `${bin}:${process.env.PATH}`,
      PLANETARIUM_WORKERS: '3',
      PLANETARIUM_CACHE: 'off',
    },
  });
  assert.match(stderr, /could not be read/);
  assert.is(status, 2);
  rmSync(join(root, '.git'), { recursive: true });
  rmSync(bin, { recursive: true });
});

test('--watch judges again what changes', async () => {
  const child = spawn(process.execPath, [start, 'validate', '--format', 'json', '--watch'], { cwd: root });
  let text = '';
  const report = () =>
    new Promise<string>((done) => {
      child.stdout.on('data', (part: Buffer) => {
        text += part.toString();
        if (!text.endsWith('\n}\n')) return;
        done(text);
        text = '';
        child.stdout.removeAllListeners('data');
      });
    });
  try {
    assert.equal(compareFindings(faults, await report()), []);
    const name = 'overlays/region-4/app-1/scale.yaml';
    const next = report();
    writeFileSync(join(root, name), `${files.get(name)}  minReplica: 4\n`);
    assert.equal(compareFindings(faults, await next), [
      `not planted: unknown-field ${name}:8 in 1 clusters from region-4`,
    ]);
  } finally {
    child.kill();
  }
});

test.after(() => rmSync(root, { recursive: true, force: true }));
test.run();
