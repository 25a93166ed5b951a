/**
 * What is kept between runs is proved: random files change, are moved, removed and put back, and each time a run with
 * what was kept says the same, byte for byte, as one that keeps nothing. `ROUNDS` and `SEED` make it longer or another.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { inFolder } from '../core/fixture.ts';
import { writeFiles } from '../core/write-files.ts';
import { git } from '../git/fixture.ts';
import { Random } from '../kustomize/proof/random.ts';
import { writeRepository } from './write-repository.ts';

const { ROUNDS = '12', SEED = '1' } = process.env;
const start = resolve('scripts/start.cjs');
const SOURCES = ['base', 'overlays', 'clusters'];

function validate(root: string, args: readonly string[], env: NodeJS.ProcessEnv): string {
  const { stdout, stderr } = spawnSync(process.execPath, [start, 'validate', '--format', 'json', ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  assert.not.match(stderr, /fault of this program/, stderr);
  return stdout.replace(/"milliseconds": \d+/, '') + stderr;
}

function filesBelow(root: string): readonly string[] {
  return SOURCES.flatMap((dir) =>
    readdirSync(join(root, dir), { recursive: true, encoding: 'utf8' }).map((name) => join(dir, name)),
  ).filter((name) => statSync(join(root, name)).isFile());
}

const EDITS: readonly ((line: string, random: Random) => readonly string[])[] = [
  () => [],
  (line) => [line, line],
  (line) => [`  ${line}`],
  (line) => [`${line.split(':')[0]}: {}`],
  (line, random) => [line.replace(/[a-z0-9]/, 'abc123'[random.below(6)]!)],
  (line) => [line.replace(/(serviceName|startingDeadlineSeconds): \w+/, '$1: 7')],
];

function editLine(text: string, random: Random): string {
  const lines = text.split('\n');
  const at = random.below(lines.length);
  lines.splice(at, 1, ...random.pick(EDITS)(lines[at]!, random));
  return lines.join('\n');
}

/** Puts everything back: most of what is wrong with what is kept shows when a fleet that is whole is broken. */
function restore(root: string, original: ReadonlyMap<string, string>): void {
  for (const dir of SOURCES) rmSync(join(root, dir), { recursive: true });
  writeFiles(root, original);
}

/** Changes one file or folder, or puts back what was there. */
function change(root: string, original: ReadonlyMap<string, string>, random: Random): void {
  const name = random.pick(filesBelow(root));
  const path = join(root, name);
  const kind = random.below(10);
  if (kind === 0) rmSync(path);
  else if (kind === 1 && name.startsWith('overlays')) renameSync(dirname(path), `${dirname(path)}-moved`);
  else if (kind === 2) writeFileSync(join(dirname(path), 'extra.yaml'), 'a: b\n');
  else if (kind < 5) writeFiles(root, [random.pick([...original])]);
  else writeFileSync(path, editLine(readFileSync(path, 'utf8'), random));
}

/** Runs `work` in a repository of that size with a branch of its own, with its sources. */
function inRepository(
  size: Parameters<typeof writeRepository>[0],
  work: (root: string, original: ReadonlyMap<string, string>) => void,
): void {
  inFolder({}, (root) => {
    const { files } = writeRepository(size, root);
    git(root, 'init', '--quiet', '--initial-branch=main');
    git(root, 'add', ...SOURCES, 'package.json');
    git(root, 'commit', '--quiet', '--message=before');
    git(root, 'switch', '--quiet', '--create', 'change');
    work(root, new Map([...files].filter(([name]) => SOURCES.some((dir) => name.startsWith(`${dir}/`)))));
  });
}

/** @returns what both runs say */
function compareRuns(root: string, args: readonly string[], threads: string, round: string): string {
  const kept = validate(root, args, { PLANETARIUM_WORKERS: threads });
  const anew = validate(root, args, { PLANETARIUM_CACHE: 'off', PLANETARIUM_WORKERS: '1' });
  assert.is(kept, anew, round);
  assert.ok(existsSync(join(root, '.cache/validate')));
  return anew;
}

test(`what is kept never shows, seed ${SEED}`, () => {
  const random = new Random(Number(SEED));
  inRepository({ regions: 3, apps: 6, faults: 6 }, (root, original) => {
    for (let round = 0; round < Number(ROUNDS); round++) {
      if (random.below(3) === 0) restore(root, original);
      else for (let count = random.below(2); count >= 0; count--) change(root, original, random);
      if (random.below(8) === 0) {
        git(root, 'add', '--all', ...SOURCES);
        git(root, 'commit', '--quiet', '--allow-empty', '--message=more');
      }
      const args = random.pick([[], [], ['--changed'], ['--only', 'schema']]);
      compareRuns(root, args, random.pick(['1', '2', '5']), `round ${round} with ${args.join(' ')}`);
    }
  });
});

test('nor after many changes of one cluster, of which each writes a little', () => {
  inRepository({ regions: 1, apps: 6, faults: 8 }, (root, original) => {
    const scales = [...original.keys()].filter((name) => name.endsWith('/scale.yaml'));
    assert.is(scales.length, 6);
    for (const name of scales) {
      writeFileSync(join(root, name), `${original.get(name)}# changed\n`);
      assert.match(compareRuns(root, [], '1', name), /"fingerprint"/);
    }
  });
});

test.run();
