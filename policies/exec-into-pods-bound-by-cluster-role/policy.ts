import { mapping } from '../../scripts/core/fields.ts';
import type { ClusterPolicy } from '../../scripts/core/policy.ts';
import { bindingsIn, bindingsOfExec, isDefault, roleOf, subjectsOf } from '../../scripts/core/rbac.ts';

/** https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles; cluster-admin-bound names the third. */
const OWN = ['admin', 'edit'];

export default {
  id: 'exec-into-pods-bound-by-cluster-role',
  of: 'cluster',
  severity: 'warning',
  default: 'in-clusters',
  title: 'Binding lets somebody run commands in pods, by a ClusterRole',
  why: 'They act with the rights and the secrets of every pod that it covers.',
  fix: 'Bind a role without `pods/exec` and `pods/attach`.',
  peers: ['polaris/clusterrolebindingPodExecAttach', 'polaris/rolebindingClusterRolePodExecAttach'],

  *check(inventory) {
    yield* bindingsOfExec(inventory, 'ClusterRole');
    for (const binding of bindingsIn(inventory)) {
      const { kind, name } = mapping(binding.manifest.roleRef);
      if (kind !== 'ClusterRole' || !OWN.includes(String(name)) || isDefault(binding)) continue;
      if (roleOf(inventory, binding) !== undefined) continue;
      yield {
        resource: binding,
        at: ['roleRef', 'name'],
        message: `${binding.id.kind} "${binding.id.name}" lets ${subjectsOf(binding)} run commands in pods, by Kubernetes’ own ClusterRole "${String(name)}"`,
      };
    }
  },
} satisfies ClusterPolicy;
