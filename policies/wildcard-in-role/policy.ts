import { items } from '../../scripts/core/fields.ts';
import type { ResourcePolicy } from '../../scripts/core/policy.ts';
import { isDefault, rulesOf } from '../../scripts/core/rbac.ts';

export default {
  id: 'wildcard-in-role',
  of: 'resource',
  severity: 'warning',
  default: 'in-clusters',
  title: 'Role grants what a wildcard covers',
  why: 'It grows with every kind and verb that the cluster learns later.',
  fix: 'List the resources and verbs that are needed.',
  kinds: ['Role', 'ClusterRole'],
  peers: ['kube-linter/wildcard-in-rules'],

  *check(resource) {
    if (isDefault(resource)) return;
    for (const [index, rule] of rulesOf(resource)) {
      for (const field of ['resources', 'verbs'] as const) {
        const wildcard = items(rule[field]).indexOf('*');
        if (wildcard < 0) continue;
        yield {
          at: ['rules', index, field, wildcard],
          message: `${resource.id.kind} "${resource.id.name}" grants all ${field}, expected a list of them`,
        };
      }
    }
  },
} satisfies ResourcePolicy;
