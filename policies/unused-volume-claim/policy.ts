import type { ClusterPolicy } from '../../scripts/core/policy.ts';

import { isMisspelledIn, isNamed } from '../../scripts/core/references/index.ts';

export default {
  id: 'unused-volume-claim',
  of: 'cluster',
  severity: 'warning',
  default: 'in-clusters',
  title: 'Nothing uses the PersistentVolumeClaim',
  why: 'Its disk is paid for, and the data on it may be looked for elsewhere.',
  fix: 'Remove it, or mount it.',
  category: 'reference',

  *check(inventory) {
    for (const resource of inventory.ofKind('', 'PersistentVolumeClaim')) {
      const { name } = resource.id;
      const namespace = inventory.namespaceOf(resource);
      if (isNamed(inventory, { group: '', kind: 'PersistentVolumeClaim', namespace, name })) continue;
      if (isMisspelledIn(inventory, '', 'PersistentVolumeClaim', namespace)) continue;
      yield {
        resource,
        at: ['metadata', 'name'],
        message: `PersistentVolumeClaim "${name}" is used by nothing in namespace "${namespace}"`,
      };
    }
  },
} satisfies ClusterPolicy;
