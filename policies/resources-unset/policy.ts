import { isEmpty, mapping } from '../../scripts/core/fields.ts';
import type { ClusterPolicy } from '../../scripts/core/policy.ts';
import { containersOf, isLongRunning, titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'resources-unset',
  of: 'cluster',
  severity: 'warning',
  default: 'on',
  title: 'Container in plain files requests and limits nothing',
  why: 'Unless a LimitRange of its namespace says otherwise the scheduler counts it as nothing, and it may take the memory of the whole node. In a cluster cpu-request-missing, memory-request-missing and memory-limit-missing say each by itself.',
  fix: 'Set `resources.requests` for CPU and memory, and `resources.limits.memory`.',

  *check(inventory) {
    // What a cluster of this repository runs is held to more.
    if (inventory.cluster.name !== '') return;
    for (const { resource, pod } of inventory.workloads) {
      for (const container of containersOf(pod.spec)) {
        if (!isLongRunning(container)) continue;
        const { requests, limits } = mapping(container.value.resources);
        if (!isEmpty(mapping(requests)) || !isEmpty(mapping(limits))) continue;
        yield {
          resource,
          at: [...pod.path, ...container.at, 'resources'],
          message: `${titleOf(container)} requests and limits nothing`,
        };
      }
    }
  },
} satisfies ClusterPolicy;
