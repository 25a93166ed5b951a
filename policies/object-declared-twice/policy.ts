import type { ClusterPolicy } from '../../scripts/core/policy.ts';

import { groupOf } from '../../scripts/core/resource.ts';

export default {
  id: 'object-declared-twice',
  of: 'cluster',
  severity: 'error',
  default: 'in-clusters',
  title: 'Two manifests declare the same object',
  why: 'Two Applications that own one object overwrite each other for ever, and when one of them is removed the object goes.',
  fix: 'Keep one of them.',

  *check(inventory) {
    const seen = new Set<string>();
    for (const resource of inventory.resources) {
      const { apiVersion, kind, name } = resource.id;
      if (name === '') continue;
      const namespace = inventory.namespaceOf(resource);
      const key = `${groupOf(apiVersion)}/${kind}/${namespace}/${name}`;
      if (seen.has(key)) {
        const where = namespace === '' ? '' : ` in namespace "${namespace}"`;
        yield { resource, at: ['metadata', 'name'], message: `${kind} "${name}" is declared twice${where}` };
      }
      seen.add(key);
    }
  },
} satisfies ClusterPolicy;
