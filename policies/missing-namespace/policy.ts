import type { ClusterPolicy } from '../../scripts/core/policy.ts';

import { missing } from '../../scripts/core/references/missing.ts';

export default {
  id: 'missing-namespace',
  of: 'cluster',
  severity: 'error',
  default: 'in-clusters',
  title: 'Namespace of the object does not exist',
  why: 'The object is refused until somebody makes the namespace.',
  fix: 'Correct the name, or add the Namespace; one that comes from outside git is declared in `externals` of `cluster.yaml`.',
  category: 'reference',

  check: (inventory) => missing(inventory, '', 'Namespace'),
} satisfies ClusterPolicy;
