/** Facts about one cluster, from `clusters/<name>/cluster.yaml`. */
export interface Cluster {
  readonly name: string;
  readonly region: string;
  /** A minor version: `1.36`. */
  readonly kubernetesVersion: string;
  readonly zones: readonly string[];
  /** What the region is expected to carry at its busiest, declared by people. */
  readonly load: { readonly requestsPerSecond: number };
  /** What exists in the cluster and comes from outside git. */
  readonly externals: readonly External[];
  readonly kindsWithoutSchema: readonly KindWithoutSchema[];
  /** Folder relative to the repository's root: `clusters/eu-west`. */
  readonly dir: string;
}

export interface External {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  /** Why it is not in git. */
  readonly reason: string;
}

export interface KindWithoutSchema {
  readonly apiVersion: string;
  readonly kind: string;
  readonly reason: string;
}

/** Minor versions that this repository carries schemas and rules for. */
export const KUBERNETES_VERSIONS = ['1.35', '1.36', '1.37'] as const;
