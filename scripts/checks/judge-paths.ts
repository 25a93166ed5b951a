import type { Cluster } from '../core/cluster.ts';
import { readPaths } from '../discover/paths.ts';
import { createRenderer } from '../kustomize/render.ts';
import { openClusterChecks } from './cluster-checks.ts';
import { unusedExceptions } from './exceptions.ts';
import type { Judged } from './judge-fleet.ts';
import { mergeFindings } from './merge.ts';
import { allRules } from './rule-index.ts';
import { selectRules } from './selection.ts';
import { toFindings } from './to-findings.ts';

export interface JudgePathsOptions {
  readonly root: string;
  /** Absolute path of the programs' own folder. */
  readonly home: string;
  readonly cwd: string;
  /** Kustomization folders, plain manifests, or `-` for standard input. */
  readonly paths: readonly string[];
  readonly kubernetesVersion: string;
  /** Categories and rule ids to keep, or to leave out. */
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly all: boolean;
  /** `YYYY-MM-DD` */
  readonly today: string;
}

/** What the PATHs hold, as if one cluster that nothing is known of held it all; what a folder builds is apart. */
export function judgePaths(options: JudgePathsOptions): Judged {
  const { root, cwd, paths, kubernetesVersion } = options;
  const selection = selectRules(options.only, options.skip, allRules());
  // With --all what is absent here counts as absent, though it may stand elsewhere.
  const extent = options.all ? 'whole' : 'part';
  const content = readPaths(paths, { root, cwd, renderer: createRenderer({ root }) });
  const checks = openClusterChecks({ ...options, selection, extent });
  const cluster = unknownCluster(kubernetesVersion);
  const checked = content.parts.map((part) =>
    checks.check({ cluster, ...part, extent, namespaces: new Map(), judged: new Set(), found: [] }, []),
  );
  const excused = checked.map((each) => each.excused);
  const found = [...excused.flatMap((each) => each.found), ...unusedExceptions(excused).flat()];
  const objects = new Set(content.parts.flatMap(({ resources }) => resources));
  return {
    findings: mergeFindings([
      ...content.findings.filter(({ rule, category }) => selection.hasRule({ id: rule, category })),
      ...checked.flatMap(({ findings }) => findings),
      ...toFindings(found, []),
    ]),
    clusters: 0,
    applications: 0,
    resources: objects.size,
    rules: allRules().filter(selection.hasRule).length,
    updatesNotJudged: false,
    notChecked: [...content.notChecked, ...checked.flatMap(({ notEvaluated }) => notEvaluated)],
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
