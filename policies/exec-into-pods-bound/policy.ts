import type { ClusterPolicy } from '../../scripts/core/policy.ts';

import { bindingsThatGrant, EXEC, subjectsOf } from '../../scripts/core/rbac.ts';

export default {
  id: 'exec-into-pods-bound',
  of: 'cluster',
  severity: 'warning',
  default: 'in-clusters',
  title: 'Binding lets somebody run commands in pods',
  why: 'They act with the rights and the secrets of every pod that it covers.',
  fix: 'Bind a role without `pods/exec` and `pods/attach`.',
  peers: [
    'polaris/clusterrolebindingPodExecAttach',
    'polaris/rolebindingClusterRolePodExecAttach',
    'polaris/rolebindingRolePodExecAttach',
  ],

  *check(inventory) {
    for (const [binding, role] of bindingsThatGrant(inventory, EXEC)) {
      if (binding.id.name === 'cluster-admin') continue;
      yield {
        resource: binding,
        at: ['roleRef', 'name'],
        message: `${binding.id.kind} "${binding.id.name}" lets ${subjectsOf(binding)} run commands in pods, by ${role.id.kind} "${role.id.name}"`,
      };
    }
  },
} satisfies ClusterPolicy;
