import { hasUnknownPods } from '../../scripts/core/pod-makers.ts';
import type { ClusterPolicy } from '../../scripts/core/policy.ts';

import { isMisspelledIn, isNamed } from '../../scripts/core/references/index.ts';

export default {
  id: 'unused-service-account',
  of: 'cluster',
  severity: 'warning',
  default: 'in-clusters',
  title: 'Nothing uses the ServiceAccount',
  why: 'It is left over with its rights, or the pod that should use it runs as another.',
  fix: 'Remove it, or name it in the `serviceAccountName` of the pod.',
  category: 'reference',

  *check(inventory) {
    for (const resource of inventory.ofKind('', 'ServiceAccount')) {
      const { name } = resource.id;
      const namespace = inventory.namespaceOf(resource);
      if (name === 'default' || isNamed(inventory, { group: '', kind: 'ServiceAccount', namespace, name }))
        continue;
      if (inventory.workloadsIn(namespace).length === 0 || hasUnknownPods(inventory, namespace)) continue;
      if (isMisspelledIn(inventory, '', 'ServiceAccount', namespace)) continue;
      yield {
        resource,
        at: ['metadata', 'name'],
        message: `ServiceAccount "${name}" is used by nothing in namespace "${namespace}"`,
      };
    }
  },
} satisfies ClusterPolicy;
