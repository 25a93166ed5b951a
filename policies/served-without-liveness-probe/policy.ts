import type { ClusterPolicy } from '../../scripts/core/policy.ts';
import { isServed } from '../../scripts/core/traffic.ts';
import { isMapping } from '../../scripts/core/value.ts';
import { containersOf, runsToCompletion, titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'served-without-liveness-probe',
  of: 'cluster',
  severity: 'warning',
  default: 'off',
  title: 'Pods get traffic and none of their containers has a liveness probe',
  why: 'A process that hangs without ending stays hung until someone notices. Off by default: liveness-probe-missing asks it of each container, and a probe that restarts too eagerly does harm.',
  fix: 'Add a `livenessProbe` that fails only when a restart would help.',
  peers: ['kube-score/pod-probes'],

  *check(inventory) {
    for (const workload of inventory.workloads) {
      const { resource, pod } = workload;
      if (runsToCompletion(resource) || !isServed(inventory, workload)) continue;
      const containers = containersOf(pod.spec);
      if (containers.some(({ value }) => isMapping(value.livenessProbe))) continue;
      const container = containers.find(({ role }) => role === 'container');
      if (container === undefined) continue;
      yield {
        resource,
        at: [...pod.path, ...container.at, 'livenessProbe'],
        message: `${titleOf(container)} has no liveness probe, and a Service sends it traffic`,
      };
    }
  },
} satisfies ClusterPolicy;
