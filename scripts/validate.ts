import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { judgeFleet } from './checks/judge-fleet.ts';
import { judgePaths } from './checks/judge-paths.ts';
import { allRules } from './checks/rule-index.ts';
import { selectRules } from './checks/selection.ts';
import { type ExitCode, runEntry, type Terminal } from './cli/entry.ts';
import { programHome, readRepository } from './cli/repository.ts';
import { readValidateOptions, VALIDATE_USAGE } from './cli/validate-options.ts';
import type { Finding } from './core/finding.ts';
import type { Summary } from './core/summary.ts';
import { reportJson } from './report/json.ts';
import { reportText } from './report/text.ts';

await runEntry(validate);

function validate(terminal: Terminal): ExitCode {
  const started = performance.now();
  const options = readValidateOptions(terminal.args);
  if (options === 'help') {
    terminal.out(VALIDATE_USAGE);
    return 0;
  }
  const { root, url } = readRepository(process.cwd());
  const home = programHome();
  const selection = selectRules(options.only, options.skip, allRules());
  const today = new Date().toISOString().slice(0, 10);
  const { findings, updatesNotJudged, ...covered } =
    options.paths.length === 0
      ? judgeFleet({ ...options, root, home, url, selection, today })
      : judgePaths({ ...options, root, home, cwd: process.cwd(), selection, today });
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
