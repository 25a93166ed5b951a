import { mapping } from '../../scripts/core/fields.ts';
import { hasUnknownPods } from '../../scripts/core/pod-makers.ts';
import type { ClusterPolicy } from '../../scripts/core/policy.ts';
import { isMisspelledIn, isNamed } from '../../scripts/core/references/index.ts';
import type { Mapping } from '../../scripts/core/value.ts';

export default {
  id: 'unused-config-map',
  of: 'cluster',
  severity: 'warning',
  default: 'in-clusters',
  title: 'Nothing uses the ConfigMap',
  why: 'It is left over, or the object that should use it misspells its name.',
  fix: 'Remove it, or name it where it is needed.',
  category: 'reference',

  *check(inventory) {
    for (const resource of inventory.ofKind('', 'ConfigMap')) {
      const { name } = resource.id;
      const namespace = inventory.namespaceOf(resource);
      if (isNamed(inventory, { group: '', kind: 'ConfigMap', namespace, name })) continue;
      // Found by a program through its labels (dashboards, settings of Argo CD), or in a namespace of remote charts.
      if (isFoundByLabel(mapping(mapping(resource.manifest.metadata).labels))) continue;
      if (inventory.workloadsIn(namespace).length === 0 || hasUnknownPods(inventory, namespace)) continue;
      if (isMisspelledIn(inventory, '', 'ConfigMap', namespace)) continue;
      yield {
        resource,
        at: ['metadata', 'name'],
        message: `ConfigMap "${name}" is used by nothing in namespace "${namespace}"`,
      };
    }
  },
} satisfies ClusterPolicy;

/** The recommended labels say what an object is; any other may be what a program looks for. */
function isFoundByLabel(labels: Mapping): boolean {
  return Object.keys(labels).some(
    (key) => !key.startsWith('app.kubernetes.io/') && !key.startsWith('planetarium.dev/'),
  );
}
