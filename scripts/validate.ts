import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { allRules, openChecks } from './checks/checks.ts';
import { reportCluster } from './checks/cluster-report.ts';
import { reportFleet } from './checks/fleet-report.ts';
import { mergeFindings } from './checks/merge.ts';
import { selectRules } from './checks/selection.ts';
import { type ExitCode, runEntry, type Terminal } from './cli/entry.ts';
import { readRepository } from './cli/repository.ts';
import { readValidateOptions, VALIDATE_USAGE, type ValidateOptions } from './cli/validate-options.ts';
import type { Finding } from './core/finding.ts';
import type { Summary } from './core/summary.ts';
import { readClusters } from './discover/clusters.ts';
import { readPaths } from './discover/paths.ts';
import { findUnreached } from './discover/unreached.ts';
import { createRenderer } from './kustomize/render.ts';
import { reportJson } from './report/json.ts';
import { reportText } from './report/text.ts';

await runEntry(validate);

type Judged = Omit<Summary, 'errors' | 'warnings' | 'milliseconds'> & {
  readonly findings: readonly Finding[];
};

function validate(terminal: Terminal): ExitCode {
  const started = performance.now();
  const options = readValidateOptions(terminal.args);
  if (options === 'help') {
    terminal.out(VALIDATE_USAGE);
    return 0;
  }
  const judged = options.paths.length === 0 ? judgeFleet(options) : judgePaths(options);
  const { findings, ...covered } = judged;
  const errors = findings.filter((finding) => finding.severity === 'error').length;
  const summary: Summary = {
    errors,
    warnings: findings.length - errors,
    ...covered,
    milliseconds: Math.round(performance.now() - started),
  };
  for (const { format, file } of options.reports) {
    const text =
      format === 'json' ? reportJson(findings, summary) : report(findings, summary, terminal, file);
    if (file === undefined) terminal.out(text);
    else writeFileSync(resolve(file), text);
  }
  return errors > 0 ? 1 : 0;
}

/** The whole fleet, as each cluster's Argo CD will sync it. */
function judgeFleet(options: ValidateOptions): Judged {
  const { root, url } = readRepository(process.cwd());
  const selection = selectRules(options.only, options.skip, allRules());
  const clusters = readClusters(root);
  const renderer = createRenderer({ root });
  const part = reportFleet(clusters, { root, repository: url, renderer }, selection);
  const unreached = findUnreached(root, new Set(part.filesRead)).filter((finding) =>
    selection.hasRule({ id: finding.rule, category: finding.category }),
  );
  return {
    findings: mergeFindings([...part.findings, ...unreached]),
    clusters: clusters.length,
    applications: part.applications,
    resources: part.resources,
    rules: allRules().filter(selection.hasRule).length,
    notChecked: part.charts.map(
      ({ chart, version }) =>
        `what the remote chart "${chart}" ${version} renders (only its Application is checked)`,
    ),
  };
}

/** What the PATHs hold, as if it were one cluster. */
function judgePaths({ paths, only, skip, kubernetesVersion }: ValidateOptions): Judged {
  const { root } = readRepository(process.cwd());
  const selection = selectRules(only, skip, allRules());
  const content = readPaths(paths, { root, cwd: process.cwd(), renderer: createRenderer({ root }) });
  const cluster = {
    name: '',
    region: '',
    kubernetesVersion,
    zones: [],
    load: { requestsPerSecond: 0 },
    externals: [],
    kindsWithoutSchema: [],
    dir: '',
  };
  const view = { cluster, ...content };
  return {
    findings: mergeFindings(reportCluster(view, openChecks(root, selection), selection, [])),
    clusters: 0,
    applications: 0,
    resources: content.resources.length,
    rules: allRules().filter(selection.hasRule).length,
    notChecked: [],
  };
}

function report(
  findings: readonly Finding[],
  summary: Summary,
  terminal: Terminal,
  file: string | undefined,
): string {
  const { root } = readRepository(process.cwd());
  const lines = new Map<string, readonly string[]>();
  const sourceLine = (name: string, line: number): string | undefined => {
    let text = lines.get(name);
    if (text === undefined) {
      text = readLines(resolve(root, name));
      lines.set(name, text);
    }
    return text[line - 1];
  };
  const color = terminal.color && file === undefined;
  return reportText(findings, summary, { color, sourceLine, clusterCount: summary.clusters });
}

function readLines(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/);
  } catch {
    return [];
  }
}
