import { readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Judged, type JudgeFleetOptions, judgeFleet } from './checks/judge-fleet.ts';
import type { JudgePathsOptions } from './checks/judge-paths.ts';
import { type ExitCode, runEntry, type Terminal } from './cli/entry.ts';
import { programHome, readRepository } from './cli/repository.ts';
import { readValidateOptions, VALIDATE_USAGE } from './cli/validate-options.ts';
import { Failure } from './core/failure.ts';
import type { Finding } from './core/finding.ts';
import type { Summary } from './core/summary.ts';
import { reportJson } from './report/json.ts';
import { reportText } from './report/text.ts';

await runEntry(validate);

async function validate(terminal: Terminal): Promise<ExitCode> {
  const started = performance.now();
  const options = readValidateOptions(terminal.args);
  if (options === 'help') {
    terminal.out(VALIDATE_USAGE);
    return 0;
  }
  const { root, url } = readRepository(process.cwd());
  const home = programHome();
  const today = new Date().toISOString().slice(0, 10);
  const common = { ...options, root, home, today };
  const { findings, updatesNotJudged, ...covered } =
    options.paths.length === 0
      ? await judgeFleet({ ...common, url, ...kept(), threads: threads() })
      : await judgeFiles(common);
  const errors = findings.filter((finding) => finding.severity === 'error').length;
  const summary: Summary = {
    errors,
    warnings: findings.length - errors,
    ...covered,
    milliseconds: Math.round(performance.now() - started),
  };
  for (const { format, file } of options.reports) {
    const text =
      format === 'json'
        ? reportJson(findings, summary)
        : forPeople(findings, summary, root, terminal.color && file === undefined);
    if (file === undefined) terminal.out(text);
    else writeFileSync(resolve(file), text);
  }
  // A check that was skipped in CI would pass there for ever.
  if (updatesNotJudged && process.env.CI !== undefined) return 2;
  return errors > 0 ? 1 : 0;
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
  const worker = new URL('./cluster-worker.js', import.meta.url);
  return { worker, count: wanted === '' ? undefined : Number(wanted) };
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
    return readFileSync(file, 'utf8').split(/\r?\n/);
  } catch {
    return [];
  }
}
