import type { Cluster } from '../core/cluster.ts';
import { readPaths } from '../discover/paths.ts';
import { createRenderer } from '../kustomize/render.ts';
import { allRules, openChecks } from './checks.ts';
import { reportCluster } from './cluster-report.ts';
import type { Judged } from './judge-fleet.ts';
import { mergeFindings } from './merge.ts';
import type { Selection } from './selection.ts';

export interface JudgePathsOptions {
  readonly root: string;
  readonly cwd: string;
  /** Kustomization folders, plain manifests, or `-` for standard input. */
  readonly paths: readonly string[];
  readonly kubernetesVersion: string;
  readonly selection: Selection;
}

/** What the PATHs hold, as if one cluster that nothing is known of held it all. */
export function judgePaths({ root, cwd, paths, kubernetesVersion, selection }: JudgePathsOptions): Judged {
  const content = readPaths(paths, { root, cwd, renderer: createRenderer({ root }) });
  const view = { cluster: unknownCluster(kubernetesVersion), ...content };
  return {
    findings: mergeFindings(reportCluster(view, openChecks(root, selection), selection, [])),
    clusters: 0,
    applications: 0,
    resources: content.resources.length,
    rules: allRules().filter(selection.hasRule).length,
    notChecked: [],
  };
}

function unknownCluster(kubernetesVersion: string): Cluster {
  return {
    name: '',
    region: '',
    kubernetesVersion,
    zones: [],
    load: { requestsPerSecond: 0 },
    externals: [],
    kindsWithoutSchema: [],
    dir: '',
  };
}
