import type { ClusterPolicy } from '../../scripts/core/policy.ts';

export default {
  id: 'object-declared-twice',
  of: 'cluster',
  severity: 'error',
  default: 'in-clusters',
  title: 'Two manifests declare the same object',
  why: 'Two Applications that own one object overwrite each other for ever, and when one of them is removed the object goes.',
  fix: 'Keep one of them.',

  *check(inventory) {
    for (const resource of inventory.repeated) {
      const { kind, name } = resource.id;
      const namespace = inventory.namespaceOf(resource);
      const where = namespace === '' ? '' : ` in namespace "${namespace}"`;
      yield { resource, at: ['metadata', 'name'], message: `${kind} "${name}" is declared twice${where}` };
    }
  },
} satisfies ClusterPolicy;
