import type { ClusterPolicy } from '../../scripts/core/policy.ts';

import { missing } from '../../scripts/core/references/missing.ts';

export default {
  id: 'missing-priority-class',
  of: 'cluster',
  severity: 'error',
  default: 'in-clusters',
  title: 'Named PriorityClass does not exist',
  why: 'The API server refuses every pod that names it.',
  fix: 'Correct the name, or add the PriorityClass; one that comes from outside git is declared in `externals` of `cluster.yaml`.',
  category: 'reference',

  check: (inventory) => missing(inventory, 'scheduling.k8s.io', 'PriorityClass'),
} satisfies ClusterPolicy;
