import { mapping, mappings } from '../../scripts/core/fields.ts';
import type { ResourcePolicy } from '../../scripts/core/policy.ts';
import { isDefault } from '../../scripts/core/rbac.ts';

const EVERYONE = [
  'system:anonymous',
  'system:unauthenticated',
  'system:authenticated',
  'system:serviceaccounts',
];
/** Made to be open: discovery, and what anybody may know of themselves. */
const OPEN = [
  'system:basic-user',
  'system:discovery',
  'system:public-info-viewer',
  'system:service-account-issuer-discovery',
];

export default {
  id: 'bound-to-everyone',
  of: 'resource',
  severity: 'error',
  default: 'on',
  title: 'Binding grants rights to everyone',
  why: 'The group holds whoever reaches the API server, or every account and every pod of the cluster.',
  fix: 'Name the group or ServiceAccount that needs it.',
  kinds: ['RoleBinding', 'ClusterRoleBinding'],

  *check(resource) {
    if (isDefault(resource) || OPEN.includes(String(mapping(resource.manifest.roleRef).name))) return;
    for (const [index, { name }] of mappings(resource.manifest.subjects)) {
      if (!EVERYONE.includes(String(name))) continue;
      yield {
        at: ['subjects', index, 'name'],
        message: `${resource.id.kind} "${resource.id.name}" grants its role to "${String(name)}"`,
      };
    }
  },
} satisfies ResourcePolicy;
