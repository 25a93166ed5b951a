import { mapping } from '../../scripts/core/fields.ts';
import type { ClusterPolicy } from '../../scripts/core/policy.ts';
import { isServed } from '../../scripts/core/traffic.ts';
import { containersOf, runsToCompletion, titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'abrupt-stop',
  of: 'cluster',
  severity: 'warning',
  default: 'in-clusters',
  title: 'Pods stop before the traffic does',
  why: 'A pod that ends is taken out of its Service at the same time, not before: requests still arrive for some seconds and are refused, at each rollout.',
  fix: 'Add `lifecycle.preStop.sleep` of some 10 seconds to the container.',

  *check(inventory) {
    for (const workload of inventory.workloads) {
      const { resource, pod } = workload;
      if (runsToCompletion(resource) || !isServed(inventory, workload)) continue;
      const containers = containersOf(pod.spec).filter(({ role }) => role === 'container');
      if (containers.some(({ value }) => mapping(value.lifecycle).preStop !== undefined)) continue;
      const container = containers[0];
      if (container === undefined) continue;
      yield {
        resource,
        at: [...pod.path, ...container.at, 'lifecycle', 'preStop'],
        message: `${titleOf(container)} stops at once, and a Service still sends it traffic`,
      };
    }
  },
} satisfies ClusterPolicy;
