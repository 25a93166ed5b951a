import { items } from '../../scripts/core/fields.ts';
import type { ResourcePolicy } from '../../scripts/core/policy.ts';
import { isDefault, rulesOf } from '../../scripts/core/rbac.ts';

export default {
  id: 'role-allows-escalation',
  of: 'resource',
  severity: 'warning',
  default: 'on',
  title: 'Role lets its holder take more rights',
  why: 'With `escalate`, `bind` or `impersonate` whoever holds it can act as anybody, the administrator included.',
  fix: 'Remove the verb, or name the roles or users that it is for in `resourceNames`.',
  kinds: ['Role', 'ClusterRole'],

  *check(resource) {
    if (isDefault(resource)) return;
    for (const [index, { verbs, resourceNames }] of rulesOf(resource)) {
      if (items(resourceNames).length > 0) continue;
      for (const [each, verb] of items(verbs).entries()) {
        if (verb !== 'escalate' && verb !== 'bind' && verb !== 'impersonate') continue;
        const message = `${resource.id.kind} "${resource.id.name}" allows to ${verb}`;
        yield { at: ['rules', index, 'verbs', each], message };
      }
    }
  },
} satisfies ResourcePolicy;
