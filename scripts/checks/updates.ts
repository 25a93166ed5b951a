import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serverOf } from '../apiserver/context.ts';
import { checkUpdate } from '../apiserver/update.ts';
import { firstDifference } from '../core/difference.ts';
import { mapping, text } from '../core/fields.ts';
import type { RuleViolation } from '../core/finding.ts';
import { toFieldPath } from '../core/path.ts';
import { groupOf, type Resource } from '../core/resource.ts';
import { type Mapping, valueAt } from '../core/value.ts';
import { readCluster } from '../discover/clusters.ts';
import { type ClusterTree, readClusterTree } from '../discover/fleet.ts';
import { createRenderer } from '../kustomize/render.ts';
import { parseDocuments } from '../yaml/parse.ts';
import { valueOf } from '../yaml/value.ts';
import type { FoundViolation } from './policies.ts';
import { LIVE_SLOT_CHANGED } from './update-rules.ts';

/** The fleet as it was at the commit that a change is compared with. */
export interface PreviousFleet {
  /** What may not change between then and now, in one cluster. */
  updatesOf(tree: ClusterTree): readonly FoundViolation[];
}

const SLOT = 'planetarium.dev/slot';
const RELEASE = 'base/planetarium/release/state/release.yaml';

/** @param root where that commit is laid out; throws a Failure where its clusters cannot be read */
export function openPrevious(root: string, repository: string): PreviousFleet {
  const renderer = createRenderer({ root });
  const live = readLiveSlot(root);
  return {
    updatesOf(tree) {
      const { name } = tree.cluster;
      if (!existsSync(join(root, 'clusters', name, 'cluster.yaml'))) return [];
      const cluster = readCluster(root, name);
      const before = new Map(eachObject(readClusterTree(cluster, { root, repository, renderer })));
      const server = serverOf(tree.cluster.kubernetesVersion);
      const found: FoundViolation[] = [];
      for (const [key, resource] of eachObject(tree)) {
        const old = before.get(key)?.manifest;
        if (old === undefined || firstDifference(old, resource.manifest) === undefined) continue;
        for (const violation of checkUpdate(old, resource.manifest, server))
          found.push({ resource, violation });
        const changed = liveSlotChange(old, resource, live);
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

function* eachObject(tree: ClusterTree): Generator<readonly [key: string, resource: Resource]> {
  for (const { application, resources } of tree.synced) {
    for (const resource of resources) {
      const { apiVersion, kind, namespace, name } = resource.id;
      const place = namespace ?? application?.namespace ?? '';
      yield [`${groupOf(apiVersion)}/${kind}/${place}/${name}`, resource];
    }
  }
}

function readLiveSlot(root: string): string | undefined {
  const path = join(root, RELEASE);
  if (!existsSync(path)) return undefined;
  const document = parseDocuments({ file: RELEASE, text: readFileSync(path, 'utf8') }, 'go-yaml-v3')[0];
  return document?.root === undefined ? undefined : text(mapping(mapping(valueOf(document.root)).data).live);
}
