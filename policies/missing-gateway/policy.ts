import type { ClusterPolicy } from '../../scripts/core/policy.ts';

import { missing } from '../../scripts/core/references/missing.ts';

export default {
  id: 'missing-gateway',
  of: 'cluster',
  severity: 'error',
  default: 'in-clusters',
  title: 'Named Gateway does not exist',
  why: 'No controller takes the route, and nobody answers for its hosts.',
  fix: 'Correct the name, or add the Gateway; one that comes from outside git is declared in `externals` of `cluster.yaml`.',
  category: 'reference',

  check: (inventory) => missing(inventory, 'gateway.networking.k8s.io', 'Gateway'),
} satisfies ClusterPolicy;
