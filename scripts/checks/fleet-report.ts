import type { Cluster } from '../core/cluster.ts';
import type { Finding } from '../core/finding.ts';
import { type ClusterTree, type FleetOptions, type RemoteChart, readClusterTree } from '../discover/fleet.ts';
import { openClusterChecks } from './cluster-checks.ts';
import type { ClusterView } from './cluster-view.ts';
import { type Excused, unusedExceptions } from './exceptions.ts';
import type { Selection } from './selection.ts';
import { toFindings } from './to-findings.ts';
import { openPrevious } from './updates.ts';

/** What checking some clusters gave. It crosses threads, so it holds plain values only. */
export interface PartReport {
  readonly findings: readonly Finding[];
  readonly applications: number;
  readonly resources: number;
  readonly charts: readonly RemoteChart[];
  readonly filesRead: readonly string[];
  /** Every folder was found and did build. */
  readonly complete: boolean;
}

export interface FleetReportOptions extends FleetOptions {
  readonly selection: Selection;
  readonly home: string;
  readonly all: boolean;
  readonly today: string;
  /** Where the commit is laid out that rules on updates compare with; undefined where nothing changed since. */
  readonly previousRoot: string | undefined;
}

/** Discovers, renders and checks these clusters, one after the other, sharing what they share. */
export function reportFleet(clusters: readonly Cluster[], options: FleetReportOptions): PartReport {
  const { selection } = options;
  const checks = openClusterChecks({ ...options, extent: 'whole' });
  const previous =
    options.previousRoot === undefined ? undefined : openPrevious(options.previousRoot, options.repository);
  const findings: Finding[] = [];
  const excused: Excused[] = [];
  const charts = new Map<string, RemoteChart>();
  const filesRead = new Set<string>();
  let complete = true;
  let applications = 0;
  let resources = 0;
  for (const cluster of clusters) {
    const tree = readClusterTree(cluster, options);
    const view = viewOf(tree);
    const checked = checks.check(view, previous?.updatesOf(tree) ?? []);
    excused.push(checked.excused);
    for (const finding of tree.findings) {
      if (selection.hasRule({ id: finding.rule, category: finding.category })) findings.push(finding);
    }
    findings.push(...checked.findings, ...toFindings(checked.excused.found, [cluster.name]));
    for (const chart of tree.charts) charts.set(`${chart.chart} ${chart.version}`, chart);
    for (const file of tree.filesRead) filesRead.add(file);
    complete &&= tree.findings.length === 0;
    applications += tree.synced.length;
    resources += view.resources.length;
  }
  for (const file of options.renderer.files()) filesRead.add(file);
  for (const [index, unused] of unusedExceptions(excused).entries()) {
    findings.push(...toFindings(unused, [clusters[index]!.name]));
  }
  return {
    findings,
    applications,
    resources,
    charts: [...charts.values()],
    filesRead: [...filesRead],
    complete,
  };
}

function viewOf({ cluster, synced, findings }: ClusterTree): ClusterView {
  return {
    cluster,
    resources: synced.flatMap(({ resources }) => resources),
    documents: synced.flatMap(({ documents }) => documents),
    // Where a folder is missing, what it would bring cannot be called absent.
    extent: findings.length === 0 ? 'whole' : 'part',
    namespaces: new Map(
      synced.flatMap(({ application, resources }) =>
        application?.namespace === undefined
          ? []
          : resources.map((resource) => [resource, application.namespace!] as const),
      ),
    ),
  };
}
