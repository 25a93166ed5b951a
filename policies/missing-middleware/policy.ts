import type { ClusterPolicy } from '../../scripts/core/policy.ts';

import { missing } from '../../scripts/core/references/missing.ts';

export default {
  id: 'missing-middleware',
  of: 'cluster',
  severity: 'error',
  default: 'in-clusters',
  title: 'Named Traefik Middleware does not exist',
  why: 'Traefik then answers for none of the routes that name it.',
  fix: 'Correct the name, or add the Middleware; one that comes from outside git is declared in `externals` of `cluster.yaml`.',
  category: 'reference',

  check: (inventory) => missing(inventory, 'traefik.io', 'Middleware'),
} satisfies ClusterPolicy;
