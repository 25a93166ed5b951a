import { mapping } from '../../scripts/core/fields.ts';
import type { ContainerPolicy } from '../../scripts/core/policy.ts';
import { titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'ephemeral-storage-unbounded',
  of: 'container',
  severity: 'warning',
  default: 'off',
  title: 'Container requests and limits no ephemeral storage',
  why: 'Logs and written files may fill the disk of the node, which then evicts pods. Off by default: with a read-only root filesystem and bounded volumes only logs remain, and the kubelet rotates those.',
  fix: 'Set `ephemeral-storage` under `resources.requests` and `resources.limits`.',
  peers: ['kube-score/container-ephemeral-storage-request-and-limit'],

  *check(container) {
    if (container.role === 'ephemeral') return;
    const resources = mapping(container.value.resources);
    for (const [field, what] of [
      ['requests', 'request'],
      ['limits', 'limit'],
    ] as const) {
      if (mapping(resources[field])['ephemeral-storage'] !== undefined) continue;
      yield {
        at: ['resources', field, 'ephemeral-storage'],
        message: `${titleOf(container)} has no ephemeral storage ${what}`,
      };
    }
  },
} satisfies ContainerPolicy;
