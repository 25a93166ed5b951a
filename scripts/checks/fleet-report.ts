import type { Cluster } from '../core/cluster.ts';
import type { Finding } from '../core/finding.ts';
import { type FleetOptions, type RemoteChart, readClusterTree } from '../discover/fleet.ts';
import { openChecks } from './checks.ts';
import { reportCluster } from './cluster-report.ts';
import type { Selection } from './selection.ts';

/** What checking some clusters gave. It crosses threads, so it holds plain values only. */
export interface PartReport {
  readonly findings: readonly Finding[];
  readonly applications: number;
  readonly resources: number;
  readonly charts: readonly RemoteChart[];
  readonly filesRead: readonly string[];
}

/** Discovers, renders and checks these clusters, one after the other, sharing what they share. */
export function reportFleet(
  clusters: readonly Cluster[],
  options: FleetOptions,
  selection: Selection,
): PartReport {
  const checks = openChecks(options.root, selection);
  const findings: Finding[] = [];
  const charts = new Map<string, RemoteChart>();
  const filesRead = new Set<string>();
  let applications = 0;
  let resources = 0;
  for (const cluster of clusters) {
    const tree = readClusterTree(cluster, options);
    const view = {
      cluster,
      resources: tree.synced.flatMap((synced) => synced.resources),
      documents: tree.synced.flatMap((synced) => synced.documents),
    };
    for (const finding of tree.findings)
      if (selection.hasRule({ id: finding.rule, category: finding.category })) findings.push(finding);
    for (const finding of reportCluster(view, checks, selection, [cluster.name])) findings.push(finding);
    for (const chart of tree.charts) charts.set(`${chart.chart} ${chart.version}`, chart);
    for (const file of tree.filesRead) filesRead.add(file);
    applications += tree.synced.length;
    resources += view.resources.length;
  }
  return { findings, applications, resources, charts: [...charts.values()], filesRead: [...filesRead] };
}
