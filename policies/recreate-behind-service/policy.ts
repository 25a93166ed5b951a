import { mapping } from '../../scripts/core/fields.ts';
import type { ClusterPolicy } from '../../scripts/core/policy.ts';
import { isServed } from '../../scripts/core/traffic.ts';

export default {
  id: 'recreate-behind-service',
  of: 'cluster',
  severity: 'warning',
  default: 'on',
  title: 'Every rollout stops the service',
  why: 'With the strategy Recreate all old pods end before the first new one starts.',
  fix: 'Remove `strategy.type`, or set it to `RollingUpdate`.',
  peers: ['kube-score/deployment-strategy'],

  *check(inventory) {
    for (const workload of inventory.workloads) {
      const { id, manifest } = workload.resource;
      if (id.kind !== 'Deployment' || mapping(mapping(manifest.spec).strategy).type !== 'Recreate') continue;
      if (!isServed(inventory, workload)) continue;
      yield {
        resource: workload.resource,
        at: ['spec', 'strategy', 'type'],
        message: `Deployment "${id.name}" ends all its pods at each rollout, and a Service sends them traffic`,
      };
    }
  },
} satisfies ClusterPolicy;
