import { mapping } from '../../scripts/core/fields.ts';
import type { ClusterPolicy } from '../../scripts/core/policy.ts';
import { selects } from '../../scripts/core/selector.ts';

const SELECTING = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'];

export default {
  id: 'two-workloads-select-the-same-pods',
  of: 'cluster',
  severity: 'error',
  default: 'in-clusters',
  title: 'Two workloads select the same pods',
  why: 'Each counts the pods of the other as its own: one takes pods away that the other has just made.',
  fix: 'Give each a label of its own, in the selector and in the pod template.',

  *check(inventory) {
    for (const { resource, namespace } of inventory.workloads) {
      const { kind, name } = resource.id;
      if (!SELECTING.includes(kind)) continue;
      const { selector } = mapping(resource.manifest.spec);
      for (const other of inventory.workloadsIn(namespace)) {
        const { id } = other.resource;
        const isOwn = other.resource === resource || (id.kind === kind && id.name === name);
        // A pod in plain files is seldom meant to run beside the workload that makes its like.
        if (isOwn || !SELECTING.includes(id.kind) || !selects(selector, other.pod.labels)) continue;
        const message = `${kind} "${name}" selects the pods of ${id.kind} "${id.name}" too`;
        yield { resource, at: ['spec', 'selector'], message };
      }
    }
  },
} satisfies ClusterPolicy;
