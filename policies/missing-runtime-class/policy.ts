import type { ClusterPolicy } from '../../scripts/core/policy.ts';

import { missing } from '../../scripts/core/references/missing.ts';

export default {
  id: 'missing-runtime-class',
  of: 'cluster',
  severity: 'error',
  default: 'in-clusters',
  title: 'Named RuntimeClass does not exist',
  why: 'The API server refuses every pod that names it.',
  fix: 'Correct the name, or add the RuntimeClass; one that comes from outside git is declared in `externals` of `cluster.yaml`.',
  category: 'reference',

  check: (inventory) => missing(inventory, 'node.k8s.io', 'RuntimeClass'),
} satisfies ClusterPolicy;
