import { items } from '../../scripts/core/fields.ts';
import type { ClusterPolicy } from '../../scripts/core/policy.ts';
import { bindingsIn, isDefault, roleOf, rulesOf, subjectsOf } from '../../scripts/core/rbac.ts';
import type { Mapping } from '../../scripts/core/value.ts';

const USUAL_VERBS = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'];

export default {
  id: 'wildcard-role-bound',
  of: 'cluster',
  severity: 'warning',
  default: 'on',
  title: 'Binding grants everything',
  why: 'Its role allows every verb on every resource: whoever breaks into one of its pods owns the namespace, or the cluster.',
  fix: 'List the resources and verbs that are needed.',
  peers: [
    'polaris/clusterrolebindingClusterAdmin',
    'polaris/rolebindingClusterAdminClusterRole',
    'polaris/rolebindingClusterAdminRole',
  ],

  *check(inventory) {
    for (const binding of bindingsIn(inventory)) {
      if (isDefault(binding) || binding.id.name === 'cluster-admin') continue;
      const role = roleOf(inventory, binding);
      if (role === undefined || !rulesOf(role).some(([, rule]) => allowsAll(rule))) continue;
      yield {
        resource: binding,
        at: ['roleRef', 'name'],
        message: `${binding.id.kind} "${binding.id.name}" grants ${subjectsOf(binding)} everything, by ${role.id.kind} "${role.id.name}"`,
      };
    }
  },
} satisfies ClusterPolicy;

function allowsAll({ apiGroups, resources, verbs }: Mapping): boolean {
  const every = items(verbs).includes('*') || USUAL_VERBS.every((verb) => items(verbs).includes(verb));
  return every && items(apiGroups).includes('*') && items(resources).includes('*');
}
