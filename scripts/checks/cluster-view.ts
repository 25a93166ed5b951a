import type { Cluster } from '../core/cluster.ts';
import type { Resource } from '../core/resource.ts';
import type { ManifestDocument } from '../discover/manifests.ts';
import type { FoundViolation } from './policies.ts';

/** All that is known of one cluster when it is judged. */
export interface ClusterView {
  readonly cluster: Cluster;
  /** Everything that its Argo CD syncs. */
  readonly resources: readonly Resource[];
  /** Of plain manifests: the documents as written, for what an object no longer shows. */
  readonly documents: readonly ManifestDocument[];
  /** `part` where the objects are only some of what a cluster runs. */
  readonly extent: 'whole' | 'part';
  /** Where an object goes that names no namespace: its Application's destination. */
  readonly namespaces: ReadonlyMap<Resource, string>;
  /** Objects that were judged by themselves in a run before, and what was wrong with them. */
  readonly judged: ReadonlySet<Resource>;
  readonly found: readonly FoundViolation[];
}
