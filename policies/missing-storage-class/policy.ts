import type { ClusterPolicy } from '../../scripts/core/policy.ts';

import { missing } from '../../scripts/core/references/missing.ts';

export default {
  id: 'missing-storage-class',
  of: 'cluster',
  severity: 'error',
  default: 'in-clusters',
  title: 'Named StorageClass does not exist',
  why: 'The claim stays pending for ever, and the pods with it.',
  fix: 'Correct the name, or add the StorageClass; one that comes from outside git is declared in `externals` of `cluster.yaml`.',
  category: 'reference',

  check: (inventory) => missing(inventory, 'storage.k8s.io', 'StorageClass'),
} satisfies ClusterPolicy;
