/**
 * Random mistakes in kustomizations and resources: what comes out is an output or a Failure, never anything else. With
 * the real program beside (`KUSTOMIZE=path`), both refuse or both give the same bytes. `ROUNDS`, `SEED` and
 * `KUSTOMIZE_CASES` (a folder of cases) make a run longer or another.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Failure } from '../../core/failure.ts';
import { print } from '../print.ts';
import { brokenText } from './broken-text.ts';
import { type Case, type Copy, casesIn, copyOf, filesIn } from './case.ts';
import { Random } from './random.ts';

const {
  KUSTOMIZE,
  KUSTOMIZE_CASES = 'scripts/kustomize/cases',
  KEEP,
  ROUNDS = '150',
  SEED = '1',
} = process.env;
const cases = casesIn(KUSTOMIZE_CASES);

if (cases.length > 0) {
  test('broken input gives an output or a failure, as the real program does', () => {
    const differences: string[] = [];
    for (let round = 0; round < Number(ROUNDS); round++) {
      const difference = brokenRound(Number(SEED) * 1_000_003 + round);
      if (difference !== undefined) differences.push(`round ${round}: ${difference}`);
    }
    assert.equal(differences, []);
  });
}

/** What is wrong with one round; undefined where nothing is. */
function brokenRound(seed: number): string | undefined {
  const random = new Random(seed);
  const chosen = random.pick(cases);
  const copy = copyOf(chosen);
  try {
    const edited = breakFiles(copy, random);
    const ours = attempt(copy);
    const difference =
      ours.crash ?? (KUSTOMIZE === undefined ? undefined : compare(ours.output, chosen, copy));
    if (difference === undefined) return undefined;
    if (KEEP !== undefined) cpSync(copy.folder, join(KEEP, `${seed}`), { recursive: true });
    return `seed ${seed}, ${chosen.name}/${edited}: ${difference}`;
  } finally {
    copy.remove();
  }
}

function breakFiles(copy: Copy, random: Random): string {
  const names = filesIn(copy.folder);
  if (names.length === 0) return 'nothing to break';
  const edited = new Set<string>();
  for (let count = 1 + random.below(2); count > 0; count--) {
    const name = random.pick(names);
    const path = join(copy.folder, name);
    writeFileSync(path, brokenText(readFileSync(path, 'utf8'), random));
    edited.add(name);
  }
  return [...edited].join(', ');
}

interface Attempt {
  /** Undefined where it was refused. */
  readonly output?: string;
  readonly crash?: string;
}

function attempt(copy: Copy): Attempt {
  try {
    return { output: print(copy.render().resources) };
  } catch (error) {
    if (error instanceof Failure) return {};
    return { crash: `crashed with ${error instanceof Error ? error.stack : String(error)}` };
  }
}

function compare(ours: string | undefined, { unrestricted }: Case, copy: Copy): string | undefined {
  const flags = unrestricted ? ['--load-restrictor', 'LoadRestrictionsNone'] : [];
  const run = spawnSync(KUSTOMIZE!, ['build', copy.target, ...flags], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const theirs = run.status === 0 ? run.stdout : undefined;
  if (ours === theirs) return undefined;
  if (theirs === undefined) return `only the real program refuses: ${run.stderr.trim().slice(0, 300)}`;
  return ours === undefined ? `only this one refuses: ${refusal(copy)}` : 'the outputs differ';
}

function refusal(copy: Copy): string {
  try {
    copy.render();
    return '';
  } catch (error) {
    return error instanceof Error ? error.message.slice(0, 300) : String(error);
  }
}

test.run();
