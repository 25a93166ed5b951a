import type { ClusterPolicy } from '../../scripts/core/policy.ts';

import { missing } from '../../scripts/core/references/missing.ts';

export default {
  id: 'missing-secret',
  of: 'cluster',
  severity: 'error',
  default: 'in-clusters',
  title: 'Named Secret does not exist',
  why: 'The pod waits for it and never starts; an Ingress serves with a certificate that no browser trusts.',
  fix: 'Correct the name, or add the Secret, or the ExternalSecret or Certificate that makes it; one that comes from outside git is declared in `externals` of `cluster.yaml`.',
  category: 'reference',
  peers: ['kube-linter/env-value-from'],

  check: (inventory) => missing(inventory, '', 'Secret'),
} satisfies ClusterPolicy;
