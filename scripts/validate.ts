import { spawn } from 'node:child_process';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Judged, type JudgeFleetOptions, judgeFleet } from './checks/judge-fleet.ts';
import type { JudgePathsOptions } from './checks/judge-paths.ts';
import { type ExitCode, runEntry, type Terminal } from './cli/entry.ts';
import { programHome, readRepository } from './cli/repository.ts';
import { readValidateOptions, VALIDATE_USAGE } from './cli/validate-options.ts';
import { watchFiles } from './cli/watch.ts';
import { DISK } from './core/disk.ts';
import { Failure } from './core/failure.ts';
import type { Finding } from './core/finding.ts';
import { stages, timed } from './core/stages.ts';
import type { Summary } from './core/summary.ts';
import { reportJson } from './report/json.ts';
import { reportText } from './report/text.ts';

void runEntry(validate);

async function validate(terminal: Terminal): Promise<ExitCode> {
  const started = performance.now();
  const options = readValidateOptions(terminal.args);
  if (options === 'help') {
    terminal.out(VALIDATE_USAGE);
    return 0;
  }
  const { root, url } = readRepository(process.cwd());
  if (options.watch) return watchFiles(root, () => validateAgain(terminal));
  const home = programHome();
  const today = new Date().toISOString().slice(0, 10);
  const common = { ...options, root, home, today };
  const judge = () =>
    options.paths.length === 0
      ? judgeFleet({ ...common, url, ...kept(), threads: threads() })
      : judgeFiles(common);
  let judged = await judge();
  if (options.fix) judged = await fixed(judged, judge, { root, url, paths: options.paths }, terminal);
  const { findings, updatesNotJudged, ...covered } = judged;
  const errors = findings.filter((finding) => finding.severity === 'error').length;
  const summary: Summary = {
    errors,
    warnings: findings.length - errors,
    ...covered,
    milliseconds: Math.round(performance.now() - started),
  };
  for (const { format, file } of options.reports) {
    const text = timed('report', () =>
      format === 'json'
        ? reportJson(findings, summary)
        : forPeople(findings, summary, root, terminal.color && file === undefined),
    );
    if (file === undefined) terminal.out(text);
    else writeReport(file, text);
  }
  const { PLANETARIUM_STAGES } = process.env;
  if (PLANETARIUM_STAGES !== undefined) writeFileSync(PLANETARIUM_STAGES, JSON.stringify(stages));
  // A check that was skipped in CI would pass there for ever.
  if (updatesNotJudged && process.env.CI !== undefined) return 2;
  return errors > 0 ? 1 : 0;
}

/** Written beside and moved, so that a report is never half there. */
function writeReport(file: string, text: string): void {
  const beside = `${resolve(file)}.${process.pid}.tmp`;
  try {
    writeFileSync(beside, text);
    renameSync(beside, resolve(file));
  } catch (cause) {
    rmSync(beside, { force: true });
    throw new Failure(`Could not write the report to "${file}", expected a file in a folder that exists`, {
      cause,
    });
  }
}

/** Shows what would be mended, asks where a person is there to answer, mends it and judges again. */
async function fixed(
  judged: Judged,
  judge: () => Promise<Judged>,
  { root, url, paths }: { readonly root: string; readonly url: string; readonly paths: readonly string[] },
  terminal: Terminal,
): Promise<Judged> {
  const { applyFixes, proposeFixes } = await import('./fix/fix.ts');
  const { fleetObjects, pathObjects } = await import('./fix/objects.ts');
  const proposed = proposeFixes(root, judged.findings);
  if (proposed === '') {
    terminal.err('Nothing that can be mended for certain\n');
    return judged;
  }
  terminal.err(proposed);
  if (!(await terminal.confirm('Make these changes?'))) return judged;
  let latest = judged;
  const objects = () =>
    paths.length === 0 ? fleetObjects(root, url) : pathObjects(root, process.cwd(), paths);
  const { mended, refused } = await applyFixes(
    root,
    { findings: judged.findings, objects: objects() },
    async () => {
      latest = await judge();
      return { findings: latest.findings, objects: objects() };
    },
  );
  for (const reason of refused) terminal.err(`Not changed: ${reason}\n`);
  terminal.err(`Mended: ${mended}\n`);
  return refused.length === 0 ? latest : judge();
}

/** In a process of its own, so that a rule that changed is built anew. */
function validateAgain({ args, clear }: Terminal): Promise<void> {
  clear();
  const start = join(programHome(), 'scripts', 'start.cjs');
  const own = args.filter((arg) => arg !== '--watch');
  const child = spawn(process.execPath, [start, 'validate', ...own], { stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => resolve());
  });
}

/** What judges files is not even read where the whole fleet is judged. */
async function judgeFiles(options: Omit<JudgePathsOptions, 'cwd'>): Promise<Judged> {
  const { judgePaths } = await import('./checks/judge-paths.ts');
  return judgePaths({ ...options, cwd: process.cwd() });
}

/** The bundle that runs stands in a folder that is named by what it was built from. */
function kept(): { readonly stamp?: string } {
  if (process.env.PLANETARIUM_CACHE === 'off') return {};
  return { stamp: basename(dirname(fileURLToPath(import.meta.url))) };
}

function threads(): NonNullable<JudgeFleetOptions['threads']> {
  const wanted = process.env.PLANETARIUM_WORKERS ?? '';
  if (wanted !== '' && !/^[1-9]\d*$/.test(wanted))
    throw new Failure(`PLANETARIUM_WORKERS is "${wanted}", expected a number of threads`);
  return {
    loader: join(programHome(), 'scripts', 'thread.cjs'),
    program: fileURLToPath(new URL('./cluster-worker.cjs', import.meta.url)),
    count: wanted === '' ? undefined : Number(wanted),
  };
}

function forPeople(findings: readonly Finding[], summary: Summary, root: string, color: boolean): string {
  const lines = new Map<string, readonly string[]>();
  const sourceLine = (name: string, line: number): string | undefined => {
    let text = lines.get(name);
    if (text === undefined) {
      text = readLines(resolve(root, name));
      lines.set(name, text);
    }
    return text[line - 1];
  };
  return reportText(findings, summary, { color, sourceLine, clusterCount: summary.clusters });
}

function readLines(file: string): readonly string[] {
  try {
    if (DISK.strangeAt(file) !== undefined) return [];
    return readFileSync(file, 'utf8').split(/\r?\n/);
  } catch {
    return [];
  }
}
