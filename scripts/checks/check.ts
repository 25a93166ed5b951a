import type { Cluster } from '../core/cluster.ts';
import type { RuleViolation } from '../core/finding.ts';
import type { Resource } from '../core/resource.ts';
import type { ManifestDocument } from '../discover/manifests.ts';

/** What one look at a whole cluster is given. */
export interface ClusterView {
  readonly cluster: Cluster;
  /** Everything that its Argo CD syncs, each where it goes (see discover/namespace.ts). */
  readonly resources: readonly Resource[];
  /** Of plain manifests: the documents as written, for what an object no longer shows. */
  readonly documents: readonly ManifestDocument[];
}

/** A violation and the object that it is in. */
export interface Located {
  readonly resource: Resource;
  readonly violation: RuleViolation;
}

/** One kind of check. It remembers what it saw, so that what clusters share is looked at once. */
export type ClusterCheck = (view: ClusterView) => Iterable<Located>;
