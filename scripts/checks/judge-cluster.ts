import { timed } from '../core/stages.ts';
import { readCluster } from '../discover/clusters.ts';
import { type ClusterTree, readClusterTree } from '../discover/fleet.ts';
import { judgeEffects } from '../discover/idle-entries.ts';
import { createRenderer } from '../kustomize/render.ts';
import { openClusterChecks } from './cluster-checks.ts';
import type { ClusterReport, JudgeOptions } from './cluster-report.ts';
import type { ClusterView } from './cluster-view.ts';
import { dependsOnAny } from './depends.ts';
import { unusedIn, usedPlaces } from './exceptions.ts';
import { allRules } from './rule-index.ts';
import { selectRules } from './selection.ts';
import { toFindings } from './to-findings.ts';
import { NO_UPDATES, openPrevious } from './updates.ts';

/** Discovers, renders and checks clusters, one after the other, sharing what they share. */
export interface ClusterJudge {
  /** How many rules it judges by. */
  readonly rules: number;
  /** @param name of a folder in `clusters/` */
  judge(name: string): ClusterReport;
}

export function openClusterJudge(options: JudgeOptions): ClusterJudge {
  const { root, url } = options;
  const selection = selectRules(options.only, options.skip, allRules());
  const tree = { root, repository: url, renderer: createRenderer({ root }) };
  const changed = options.changed && new Set(options.changed);
  const previous = options.previous === undefined ? undefined : openPrevious(options.previous, url);
  const checks = openClusterChecks({ ...options, selection, extent: 'whole' });
  return {
    rules: allRules().filter(selection.hasRule).length,
    judge(name) {
      const found = timed('render', () => readClusterTree(readCluster(root, name), tree));
      const view = viewOf(found);
      const asked = [`clusters/${name}/cluster.yaml`, ...found.asked];
      if (changed !== undefined && found.findings.length === 0 && !dependsOnAny(asked, changed)) {
        return { ...UNTOUCHED, cluster: name, asked };
      }
      const updates = previous?.updatesOf(found, asked) ?? NO_UPDATES;
      const { excused, findings, notEvaluated } = checks.check(view, updates.found);
      const own = found.findings.filter(({ rule, category }) => selection.hasRule({ id: rule, category }));
      const effects = judgeEffects(found.effects, [name]);
      return {
        cluster: name,
        findings: [...own, ...findings, ...toFindings(excused.found, [name])],
        inUse: [...effects.inUse, ...usedPlaces(excused)],
        idle: [
          ...effects.idle.filter(({ finding: { rule, category } }) =>
            selection.hasRule({ id: rule, category }),
          ),
          ...unusedIn(excused).map(({ place, found: unused }) => ({
            place,
            finding: toFindings([unused], [name])[0]!,
          })),
        ],
        applications: found.synced.length,
        resources: view.resources.length,
        charts: found.charts,
        notEvaluated,
        asked,
        untouched: false,
        complete: found.findings.length === 0,
        previousComplete: updates.complete,
      };
    },
  };
}

const UNTOUCHED: Omit<ClusterReport, 'cluster' | 'asked'> = {
  findings: [],
  inUse: [],
  idle: [],
  applications: 0,
  resources: 0,
  charts: [],
  notEvaluated: [],
  untouched: true,
  complete: true,
  previousComplete: true,
};

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
