import type { ClusterPolicy } from '../../scripts/core/policy.ts';

import { missing } from '../../scripts/core/references/missing.ts';

export default {
  id: 'missing-volume-claim',
  of: 'cluster',
  severity: 'error',
  default: 'in-clusters',
  title: 'Named PersistentVolumeClaim does not exist',
  why: 'The pod is never scheduled.',
  fix: 'Correct the name, or add the PersistentVolumeClaim; one that comes from outside git is declared in `externals` of `cluster.yaml`.',
  category: 'reference',

  check: (inventory) => missing(inventory, '', 'PersistentVolumeClaim'),
} satisfies ClusterPolicy;
