import type { ClusterPolicy } from '../../scripts/core/policy.ts';

import { missing } from '../../scripts/core/references/missing.ts';

export default {
  id: 'missing-gateway-class',
  of: 'cluster',
  severity: 'error',
  default: 'in-clusters',
  title: 'Named GatewayClass does not exist',
  why: 'No controller takes the Gateway.',
  fix: 'Correct the name, or add the GatewayClass; one that comes from outside git is declared in `externals` of `cluster.yaml`.',
  category: 'reference',

  check: (inventory) => missing(inventory, 'gateway.networking.k8s.io', 'GatewayClass'),
} satisfies ClusterPolicy;
