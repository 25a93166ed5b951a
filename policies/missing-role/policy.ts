import type { ClusterPolicy } from '../../scripts/core/policy.ts';

import { isDefault } from '../../scripts/core/rbac.ts';
import { missing } from '../../scripts/core/references/missing.ts';

export default {
  id: 'missing-role',
  of: 'cluster',
  severity: 'error',
  default: 'in-clusters',
  title: 'Named role does not exist',
  why: 'The binding grants nothing; and whoever may make a role of that name later decides what it grants.',
  fix: 'Correct the name, or add the role; one that comes from outside git is declared in `externals` of `cluster.yaml`.',
  category: 'reference',
  peers: ['polaris/rolebindingRolePodExecAttach'],

  *check(inventory) {
    for (const found of missing(inventory, 'rbac.authorization.k8s.io', 'Role')) {
      if (!isDefault(found.resource)) yield found;
    }
  },
} satisfies ClusterPolicy;
