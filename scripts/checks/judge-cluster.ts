import { type Signatures, Signer } from '../cache/signature.ts';
import type { Resource } from '../core/resource.ts';
import { timed } from '../core/stages.ts';
import { readCluster } from '../discover/clusters.ts';
import { type ClusterTree, readClusterTree } from '../discover/fleet.ts';
import { judgeEntries } from '../discover/idle-entries.ts';
import { createRenderer } from '../kustomize/render.ts';
import { openClusterChecks } from './cluster-checks.ts';
import { type ClusterReport, type JudgeOptions, UNTOUCHED } from './cluster-report.ts';
import type { ClusterView } from './cluster-view.ts';
import { dependsOnAny } from './depends.ts';
import { unusedIn, usedPlaces } from './exceptions.ts';
import { FolderKeeper, type KeptFolders } from './kept-folders.ts';
import { allRules } from './rule-index.ts';
import { selectRules } from './selection.ts';
import { toFindings } from './to-findings.ts';
import { openPrevious } from './updates.ts';

/** Discovers, renders and checks clusters, one after the other, sharing what they share. */
export interface ClusterJudge {
  /** How many rules it judges by. */
  readonly rules: number;
  /** @param name of a folder in `clusters/` */
  judge(name: string): ClusterReport;
  /** Completes what is kept of the clusters that were judged. */
  finish(): void;
  /** What stood at the names that were looked at anew, where that is kept: grows with each cluster. */
  readonly signatures: Signatures;
}

export function openClusterJudge(options: JudgeOptions): ClusterJudge {
  const { root, url, keeping } = options;
  const selection = selectRules(options.only, options.skip, allRules());
  const signer = keeping && new Signer(root, keeping.since);
  const renderer = createRenderer({ root, observer: signer });
  const keeper = keeping && new FolderKeeper(keeping.dir, root, renderer);
  const changed = options.changed && new Set(options.changed);
  const previous = options.previous === undefined ? undefined : openPrevious(root, options.previous, url);
  const checks = openClusterChecks({ ...options, selection, extent: 'whole' });
  return {
    rules: allRules().filter(selection.hasRule).length,
    signatures: signer?.taken ?? new Map(),
    finish: () => keeper?.finish(),
    judge(name) {
      const earlier = keeping?.earlier.get(name);
      const kept = earlier && keeper?.read(earlier);
      const known = kept?.known;
      const found = timed('render', () =>
        readClusterTree(readCluster(root, name), { root, repository: url, renderer, known }),
      );
      const view = viewOf(found, known);
      const asked = [[`clusters/${name}/cluster.yaml`], ...found.synced.map((folder) => folder.asked)];
      if (
        changed !== undefined &&
        found.findings.length === 0 &&
        !asked.some((names) => dependsOnAny(names, changed))
      ) {
        return { ...UNTOUCHED, cluster: name, asked };
      }
      const updates = previous?.updatesOf(found, kept?.before) ?? [];
      const { excused, findings, notEvaluated, alone } = checks.check(view, updates);
      const own = found.findings.filter(({ rule, category }) => selection.hasRule({ id: rule, category }));
      const entries = judgeEntries(
        found.synced.flatMap(({ entries }) => entries),
        [name],
      );
      const complete = found.findings.length === 0;
      if (signer !== undefined) for (const each of namesToSign(found, known)) signer.sign(each);
      return {
        cluster: name,
        findings: [...own, ...findings, ...toFindings(excused.found, [name])],
        inUse: [...entries.inUse, ...usedPlaces(excused)],
        idle: [
          ...entries.idle.filter(({ finding: { rule, category } }) =>
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
        complete,
        kept:
          complete && !hasDefinitions(view.resources)
            ? keeper?.write(found.synced, kept ?? {}, alone)
            : undefined,
      };
    },
  };
}

/** What a known folder depends on was compared with what it was. */
function namesToSign({ cluster, synced }: ClusterTree, known: KeptFolders | undefined): ReadonlySet<string> {
  const anew = synced.filter(({ dir }) => known?.has(dir) !== true).flatMap(({ asked }) => asked);
  return new Set([`${cluster.dir}/cluster.yaml`, ...anew]);
}

/** They judge objects of other folders. */
function hasDefinitions(resources: readonly Resource[]): boolean {
  return resources.some(({ id }) => id.kind === 'CustomResourceDefinition');
}

function viewOf({ cluster, synced, findings }: ClusterTree, known: KeptFolders | undefined): ClusterView {
  const resources = synced.flatMap((folder) => folder.resources);
  // A known folder may be one that nothing syncs any more.
  const kept = hasDefinitions(resources)
    ? []
    : [...new Set(synced.flatMap(({ dir }) => known?.get(dir) ?? []))];
  return {
    cluster,
    resources,
    judged: new Set(kept.flatMap((folder) => folder.resources)),
    found: kept.flatMap((folder) => folder.found),
    documents: synced.flatMap(({ documents }) => documents),
    // Where a folder is missing, what it would bring cannot be called absent.
    extent: findings.length === 0 ? 'whole' : 'part',
    namespaces: destinations(synced),
  };
}

/** Of the objects that name no namespace of their own. */
function destinations(synced: ClusterTree['synced']): ReadonlyMap<Resource, string> {
  const namespaces = new Map<Resource, string>();
  for (const { application, resources } of synced) {
    if (application?.namespace === undefined) continue;
    for (const resource of resources)
      if (resource.id.namespace === undefined) namespaces.set(resource, application.namespace);
  }
  return namespaces;
}
