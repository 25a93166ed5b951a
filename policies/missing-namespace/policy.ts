import type { ClusterPolicy } from '../../scripts/core/policy.ts';

import { missing } from '../../scripts/core/references/missing.ts';

export default {
  id: 'missing-namespace',
  of: 'cluster',
  severity: 'error',
  default: 'in-clusters',
  title: 'Named namespace does not exist',
  why: 'An object in it is refused until somebody makes the namespace, and a NetworkPolicy that names it lets nobody through.',
  fix: 'Correct the name, or add the Namespace; one that comes from outside git is declared in `externals` of `cluster.yaml`.',
  category: 'reference',

  check: (inventory) => missing(inventory, '', 'Namespace'),
} satisfies ClusterPolicy;
