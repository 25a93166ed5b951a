import type { Finding } from '../core/finding.ts';
import type { Summary } from '../core/summary.ts';
import { readClusters } from '../discover/clusters.ts';
import type { RemoteChart } from '../discover/fleet.ts';
import { unreachedFile } from '../discover/rules.ts';
import { findUnreached } from '../discover/unreached.ts';
import { createRenderer } from '../kustomize/render.ts';
import { reportFleet } from './fleet-report.ts';
import { mergeFindings } from './merge.ts';
import { allRules } from './rule-index.ts';
import type { Selection } from './selection.ts';
import { withPrevious } from './with-previous.ts';

/** The findings, and what was covered. */
export type Judged = Omit<Summary, 'errors' | 'warnings' | 'milliseconds'> & {
  readonly findings: readonly Finding[];
  /** In git, but without the commit to compare with. */
  readonly updatesNotJudged: boolean;
};

export interface JudgeFleetOptions {
  /** Absolute path of the repository's root. */
  readonly root: string;
  /** Absolute path of the programs' own folder. */
  readonly home: string;
  /** The repository's address, from package.json. */
  readonly url: string;
  readonly selection: Selection;
  readonly all: boolean;
  /** `YYYY-MM-DD` */
  readonly today: string;
  /** What rules on updates compare with: a commit, or undefined for where the branch left main. */
  readonly against: string | undefined;
}

/** The whole fleet, as each cluster's Argo CD will sync it. */
export function judgeFleet(options: JudgeFleetOptions): Judged {
  const { root, url, selection } = options;
  const clusters = readClusters(root);
  const renderer = createRenderer({ root });
  const { result: part, missing } = withPrevious(root, options.against, (previousRoot) =>
    reportFleet(clusters, { ...options, repository: url, renderer, previousRoot }),
  );
  // What stands behind a folder that does not build is not reached either, and that is no mistake of its own.
  const unreached =
    part.complete && selection.hasRule(unreachedFile) ? findUnreached(root, new Set(part.filesRead)) : [];
  return {
    findings: mergeFindings([...part.findings, ...unreached]),
    clusters: clusters.length,
    applications: part.applications,
    resources: part.resources,
    rules: allRules().filter(selection.hasRule).length,
    updatesNotJudged: missing !== undefined,
    notChecked: [
      ...(missing === undefined ? [] : [`updates: ${missing}`]),
      ...(part.complete
        ? []
        : ['whether every file is reached, and what refers to a folder that does not build']),
      ...describeCharts(part.charts),
    ],
  };
}

function describeCharts(charts: readonly RemoteChart[]): readonly string[] {
  if (charts.length === 0) return [];
  const names = charts.map(({ chart, version }) => `${chart} ${version}`).sort();
  return [`what ${charts.length} remote charts render: ${names.join(', ')}`];
}
