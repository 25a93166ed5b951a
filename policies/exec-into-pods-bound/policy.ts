import type { ClusterPolicy } from '../../scripts/core/policy.ts';
import { bindingsOfExec } from '../../scripts/core/rbac.ts';

export default {
  id: 'exec-into-pods-bound',
  of: 'cluster',
  severity: 'warning',
  default: 'in-clusters',
  title: 'Binding lets somebody run commands in pods',
  why: 'They act with the rights and the secrets of every pod of the namespace.',
  fix: 'Bind a role without `pods/exec` and `pods/attach`.',
  peers: ['polaris/rolebindingRolePodExecAttach'],

  check: (inventory) => bindingsOfExec(inventory, 'Role'),
} satisfies ClusterPolicy;
