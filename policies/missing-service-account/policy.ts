import type { ClusterPolicy } from '../../scripts/core/policy.ts';

import { missing } from '../../scripts/core/references/missing.ts';

export default {
  id: 'missing-service-account',
  of: 'cluster',
  severity: 'error',
  default: 'in-clusters',
  title: 'Named ServiceAccount does not exist',
  why: 'The API server refuses every pod that names it, and a binding grants its rights to nobody.',
  fix: 'Correct the name, or add the ServiceAccount; one that comes from outside git is declared in `externals` of `cluster.yaml`.',
  category: 'reference',
  peers: ['kube-linter/non-existent-service-account'],

  check: (inventory) => missing(inventory, '', 'ServiceAccount'),
} satisfies ClusterPolicy;
