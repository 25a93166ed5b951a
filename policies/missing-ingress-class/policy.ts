import type { ClusterPolicy } from '../../scripts/core/policy.ts';

import { missing } from '../../scripts/core/references/missing.ts';

export default {
  id: 'missing-ingress-class',
  of: 'cluster',
  severity: 'error',
  default: 'in-clusters',
  title: 'Named IngressClass does not exist',
  why: 'No controller takes the Ingress, and nobody answers for its hosts.',
  fix: 'Correct the name, or add the IngressClass; one that comes from outside git is declared in `externals` of `cluster.yaml`.',
  category: 'reference',

  check: (inventory) => missing(inventory, 'networking.k8s.io', 'IngressClass'),
} satisfies ClusterPolicy;
