import { Listings } from '../cache/listings.ts';
import type { Finding } from '../core/finding.ts';
import type { Summary } from '../core/summary.ts';
import { clusterNames } from '../discover/cluster-names.ts';
import type { RemoteChart } from '../discover/fleet.ts';
import { unreachedFile } from '../discover/rules.ts';
import { findUnreached, listSources } from '../discover/unreached.ts';
import type { ClusterReport, JudgeOptions } from './cluster-report.ts';
import { dependsOnAny } from './depends.ts';
import { differenceFrom } from './difference.ts';
import type { JudgedClusters } from './judge-clusters.ts';
import { mergeFindings } from './merge.ts';
import { changesSince, differenceFromPrevious, type Previous, previousOf } from './previous.ts';
import { openReportCache, type ReportCache } from './report-cache.ts';
import { ruleFilter } from './selection.ts';
import { type ThreadOptions, ThreadPool } from './thread-pool.ts';

/** The findings, and what was covered. */
export type Judged = Omit<Summary, 'errors' | 'warnings' | 'milliseconds'> & {
  readonly findings: readonly Finding[];
  /** In git, but without the commit to compare with. */
  readonly updatesNotJudged: boolean;
};

export interface JudgeFleetOptions extends Omit<JudgeOptions, 'previous' | 'changed' | 'keeping'> {
  /** What rules on updates compare with: a commit, or undefined for where the branch left main. */
  readonly against: string | undefined;
  /** Narrows to what the difference from a commit can affect; undefined there is where the branch left main. */
  readonly changed?: { readonly ref: string | undefined } | undefined;
  /** What the programs are built from: names what is kept between runs; without it nothing is. */
  readonly stamp?: string;
  /** Without it there is one thread. */
  readonly threads?: ThreadOptions;
}

/** The whole fleet, as each cluster's Argo CD will sync it. */
export async function judgeFleet(options: JudgeFleetOptions): Promise<Judged> {
  const previous = previousOf(options.root, options.against);
  const { root, stamp } = options;
  const cache = stamp === undefined ? undefined : openReportCache(options, { ...previous, stamp });
  const names = clusterNames(root);
  const difference = options.changed && (await differenceFrom(root, options.changed.ref));
  const judged = await reportsOf(names, options, previous, difference?.files, cache);
  const { rules } = judged;
  const narrowed = narrow(judged.reports, difference?.files);
  const complete = judged.reports.every((report) => report.complete);
  const unreached = complete ? unreachedFiles(judged.reports, cache, options) : [];
  cache?.save(names);
  const { reports } = narrowed;
  return {
    findings: mergeFindings([...findingsOf(reports), ...unreached]),
    clusters: reports.length,
    applications: sum(reports.map((report) => report.applications)),
    resources: sum(reports.map((report) => report.resources)),
    rules,
    updatesNotJudged: previous.missing !== undefined,
    notChecked: [
      ...(previous.missing === undefined ? [] : [`updates: ${previous.missing}`]),
      ...narrowed.notChecked,
      ...(complete ? [] : ['whether every file is reached, and what refers to a folder that does not build']),
      ...new Set(reports.flatMap((report) => report.notEvaluated)),
      ...describeCharts(reports.flatMap((report) => report.charts)),
    ],
  };
}

/** One report for each cluster, by name: kept from a run before, or made now. */
async function reportsOf(
  names: readonly string[],
  options: JudgeFleetOptions,
  previous: Previous,
  changed: readonly string[] | undefined,
  cache: ReportCache | undefined,
): Promise<Omit<JudgedClusters, 'signatures'>> {
  const threads = options.threads && new ThreadPool(options.threads);
  const reports = new Map<string, ClusterReport>();
  const missing: string[] = [];
  let changes: Promise<readonly string[]> | undefined;
  for (const name of names) {
    const report = cache?.get(name);
    if (report !== undefined) reports.set(name, report);
    else {
      missing.push(name);
      // Threads load and git answers while the others are looked for.
      changes ??= changesSince(options.root, previous);
      threads?.prepare(missing.length);
    }
  }
  let rules = cache?.rules;
  if (missing.length > 0 || rules === undefined) {
    // Here, while the threads load and git answers, it costs nothing.
    cache?.compare(missing);
    if (cache !== undefined && cache.rules === undefined && isUnreachedJudged(options))
      listSources((dir) => cache.listings.list(dir));
    // What judges is not even read where there is nothing to judge.
    const { judgeClusters } = await import('./judge-clusters.ts');
    const since = changes ?? changesSince(options.root, previous);
    const before = await differenceFromPrevious(options.root, previous, since);
    const keeping = cache?.keeping(missing, before);
    const judged = await judgeClusters(missing, { ...options, changed, previous: before, keeping }, threads);
    for (const report of judged.reports) reports.set(report.cluster, report);
    rules = judged.rules;
    cache?.put(judged);
  }
  return { reports: names.map((name) => reports.get(name)!), rules };
}

/** Only what the difference can affect, the same whether the rest was judged in a run before or not at all. */
function narrow(
  reports: readonly ClusterReport[],
  changed: readonly string[] | undefined,
): { readonly reports: readonly ClusterReport[]; readonly notChecked: readonly string[] } {
  if (changed === undefined) return { reports, notChecked: [] };
  const files = new Set(changed);
  const affected = reports
    .filter((report) => !report.complete || report.asked.some((names) => dependsOnAny(names, files)))
    .map((report) => ({ ...report, idle: [] }));
  const others = reports.length - affected.length;
  return {
    reports: affected,
    notChecked: [
      `${others} clusters that depend on nothing that changed, and whether exceptions and patches are of use anywhere`,
    ],
  };
}

function findingsOf(reports: readonly ClusterReport[]): readonly Finding[] {
  const used = new Set(reports.flatMap((report) => report.inUse));
  return reports.flatMap(({ findings, idle }) => [
    ...findings,
    ...idle.filter(({ place }) => !used.has(place)).map(({ finding }) => finding),
  ]);
}

function isUnreachedJudged({ only, skip }: JudgeFleetOptions): boolean {
  return ruleFilter(only, skip)(unreachedFile);
}

/** What stands behind a folder that does not build is not reached either, and that is no mistake of its own. */
function unreachedFiles(
  reports: readonly ClusterReport[],
  cache: ReportCache | undefined,
  options: JudgeFleetOptions,
): readonly Finding[] {
  if (!isUnreachedJudged(options)) return [];
  const find = () => unreachedBy(reports, cache?.listings ?? new Listings(options.root, 0));
  if (cache === undefined) return find();
  return cache.unreached(
    reports.map(({ cluster }) => cluster),
    find,
  );
}

function unreachedBy(reports: readonly ClusterReport[], listings: Listings): readonly Finding[] {
  const reached = new Set<string>();
  for (const { asked } of reports) {
    for (const names of asked) for (const name of names) reached.add(name);
  }
  return findUnreached((dir) => listings.list(dir), reached);
}

function describeCharts(charts: readonly RemoteChart[]): readonly string[] {
  if (charts.length === 0) return [];
  const names = [...new Set(charts.map(({ chart, version }) => `${chart} ${version}`))].sort();
  return [`what ${names.length} remote charts render: ${names.join(', ')}`];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
