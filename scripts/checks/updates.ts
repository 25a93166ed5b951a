import { join } from 'node:path';
import { serverOf } from '../apiserver/context.ts';
import { checkUpdate } from '../apiserver/update.ts';
import { firstDifference } from '../core/difference.ts';
import { mapping, text } from '../core/fields.ts';
import type { FileSystem } from '../core/file-system.ts';
import { type ChangedFiles, filesBefore } from '../core/files-before.ts';
import type { RuleViolation } from '../core/finding.ts';
import { toFieldPath } from '../core/path.ts';
import { groupOf, type Resource } from '../core/resource.ts';
import { type Mapping, valueAt } from '../core/value.ts';
import { readCluster } from '../discover/clusters.ts';
import { type ClusterTree, type KnownFolder, readClusterTree, type Synced } from '../discover/fleet.ts';
import { createRenderer } from '../kustomize/render.ts';
import { parseDocuments } from '../yaml/parse.ts';
import { valueOf } from '../yaml/value.ts';
import { dependsOnAny } from './depends.ts';
import type { FoundViolation } from './policies.ts';
import { LIVE_SLOT_CHANGED } from './update-rules.ts';

/** The fleet as it was at the commit that a change is compared with. */
export interface PreviousFleet {
  /**
   * What may not change between then and now, in one cluster.
   *
   * @param before folders that are known as they were
   */
  updatesOf(tree: ClusterTree, before?: ReadonlyMap<string, KnownFolder>): readonly FoundViolation[];
}

const SLOT = 'planetarium.dev/slot';
const RELEASE = 'base/planetarium/release/state/release.yaml';

/**
 * Throws a Failure where a cluster of that commit cannot be read.
 *
 * @param root absolute path of the repository
 */
export function openPrevious(root: string, difference: ChangedFiles, repository: string): PreviousFleet {
  const { changed, contents } = difference;
  const fileSystem = filesBefore(root, difference);
  const renderer = createRenderer({ root, fileSystem });
  const live = readLiveSlot(root, fileSystem);
  return {
    updatesOf(tree, before) {
      const { name } = tree.cluster;
      const facts = `clusters/${name}/cluster.yaml`;
      // What depends on the same files is the same.
      const same = tree.synced.filter(({ asked }) => !dependsOnAny(asked, changed));
      if (same.length === tree.synced.length && !changed.has(facts)) return [];
      if (changed.has(facts) && !contents.has(facts)) return [];
      const cluster = changed.has(facts) ? readCluster(root, name, fileSystem) : tree.cluster;
      const known = new Map<string, KnownFolder>(before);
      for (const folder of same) known.set(folder.dir, folder);
      const old = readClusterTree(cluster, { root, repository, renderer, known, silent: true });
      const unchanged = new Set(same.map(({ resources }) => resources));
      const others = ({ synced }: ClusterTree) => synced.filter(({ resources }) => !unchanged.has(resources));
      const objects = new Map(eachObject(others(old)));
      const server = serverOf(tree.cluster.kubernetesVersion);
      const found: FoundViolation[] = [];
      for (const [key, resource] of eachObject(others(tree))) {
        const manifest = objects.get(key)?.manifest;
        if (manifest === undefined || firstDifference(manifest, resource.manifest) === undefined) continue;
        for (const violation of checkUpdate(manifest, resource.manifest, server))
          found.push({ resource, violation });
        const changed = liveSlotChange(manifest, resource, live);
        if (changed !== undefined) found.push({ resource, violation: changed });
      }
      return found;
    },
  };
}

/** What users are on restarts with its pod template, one region after the other, outside of any release. */
function liveSlotChange(
  old: Mapping,
  resource: Resource,
  live: string | undefined,
): RuleViolation | undefined {
  const { kind } = resource.id;
  if (kind !== 'Deployment' || live === undefined) return undefined;
  if (text(mapping(mapping(old.metadata).labels)[SLOT]) !== live) return undefined;
  const at = ['spec', 'template'];
  const change = firstDifference(valueAt(old, at), valueAt(resource.manifest, at));
  if (change === undefined) return undefined;
  return {
    rule: LIVE_SLOT_CHANGED,
    at: [...at, ...change],
    message: `Field "${toFieldPath([...at, ...change])}" of "${resource.id.name}" changes while users are on the slot "${live}", expected the same as before`,
  };
}

function* eachObject(folders: readonly Synced[]): Generator<readonly [key: string, resource: Resource]> {
  for (const { application, resources } of folders) {
    for (const resource of resources) {
      const { apiVersion, kind, namespace, name } = resource.id;
      const place = namespace ?? application?.namespace ?? '';
      yield [`${groupOf(apiVersion)}/${kind}/${place}/${name}`, resource];
    }
  }
}

function readLiveSlot(root: string, fileSystem: FileSystem): string | undefined {
  const path = join(root, RELEASE);
  if (fileSystem.kindAt(path) !== 'file') return undefined;
  const document = parseDocuments({ file: RELEASE, text: fileSystem.readText(path) }, 'go-yaml-v3')[0];
  return document?.root === undefined ? undefined : text(mapping(mapping(valueOf(document.root)).data).live);
}
