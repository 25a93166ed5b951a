import { items } from '../../scripts/core/fields.ts';
import type { ClusterPolicy } from '../../scripts/core/policy.ts';
import {
  bindingsIn,
  effectiveRules,
  type Grant,
  grants,
  isDefault,
  roleOf,
  subjectsOf,
} from '../../scripts/core/rbac.ts';

const SECRETS: Grant = {
  groups: [''],
  resources: ['secrets'],
  verbs: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'],
};

export default {
  id: 'secrets-readable',
  of: 'cluster',
  severity: 'warning',
  default: 'in-clusters',
  title: 'Binding opens every Secret',
  why: 'Listing Secrets gives their values, tokens of other accounts among them.',
  fix: 'Name the one that is needed in `resourceNames`, with the verb `get`.',
  peers: ['kube-linter/access-to-secrets'],

  *check(inventory) {
    for (const binding of bindingsIn(inventory)) {
      const role = roleOf(inventory, binding);
      if (role === undefined || isDefault(binding)) continue;
      const opens = effectiveRules(inventory, role).some(
        (rule) => grants(rule, SECRETS) && items(rule.resourceNames).length === 0,
      );
      if (!opens) continue;
      yield {
        resource: binding,
        at: ['roleRef', 'name'],
        message: `${binding.id.kind} "${binding.id.name}" opens all Secrets to ${subjectsOf(binding)}, by ${role.id.kind} "${role.id.name}"`,
      };
    }
  },
} satisfies ClusterPolicy;
