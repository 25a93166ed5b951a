import type { Finding } from '../core/finding.ts';
import type { Summary } from '../core/summary.ts';
import { readClusters } from '../discover/clusters.ts';
import { unreachedFile } from '../discover/rules.ts';
import { findUnreached } from '../discover/unreached.ts';
import { createRenderer } from '../kustomize/render.ts';
import { reportFleet } from './fleet-report.ts';
import { mergeFindings } from './merge.ts';
import { allRules } from './rule-index.ts';
import type { Selection } from './selection.ts';

/** The findings, and what was covered. */
export type Judged = Omit<Summary, 'errors' | 'warnings' | 'milliseconds'> & {
  readonly findings: readonly Finding[];
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
}

/** The whole fleet, as each cluster's Argo CD will sync it. */
export function judgeFleet(options: JudgeFleetOptions): Judged {
  const { root, url, selection } = options;
  const clusters = readClusters(root);
  const renderer = createRenderer({ root });
  const part = reportFleet(clusters, { ...options, repository: url, renderer });
  // What stands behind a folder that does not build is not reached either, and that is no mistake of its own.
  const unreached =
    part.complete && selection.hasRule(unreachedFile) ? findUnreached(root, new Set(part.filesRead)) : [];
  return {
    findings: mergeFindings([...part.findings, ...unreached]),
    clusters: clusters.length,
    applications: part.applications,
    resources: part.resources,
    rules: allRules().filter(selection.hasRule).length,
    notChecked: [
      ...(part.complete
        ? []
        : ['whether every file is reached, and what refers to a folder that does not build']),
      ...part.charts.map(({ chart, version }) => `what the remote chart "${chart}" ${version} renders`),
    ],
  };
}
