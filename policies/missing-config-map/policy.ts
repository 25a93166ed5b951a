import type { ClusterPolicy } from '../../scripts/core/policy.ts';

import { missing } from '../../scripts/core/references/missing.ts';

export default {
  id: 'missing-config-map',
  of: 'cluster',
  severity: 'error',
  default: 'in-clusters',
  title: 'Named ConfigMap does not exist',
  why: 'The pod waits for it and never starts.',
  fix: 'Correct the name, or add the ConfigMap; one that comes from outside git is declared in `externals` of `cluster.yaml`.',
  category: 'reference',
  peers: ['kube-linter/env-value-from'],

  check: (inventory) => missing(inventory, '', 'ConfigMap'),
} satisfies ClusterPolicy;
