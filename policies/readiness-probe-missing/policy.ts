import type { ClusterPolicy } from '../../scripts/core/policy.ts';

import { isServed } from '../../scripts/core/traffic.ts';
import { isMapping } from '../../scripts/core/value.ts';
import { containersOf, isLongRunning, runsToCompletion, titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'readiness-probe-missing',
  of: 'cluster',
  severity: 'error',
  default: 'on',
  title: 'Pods get traffic and never say that they are ready',
  why: 'Without a readiness probe a pod counts as ready the moment its process starts: a Service sends it requests that it cannot answer yet, and a rollout goes on over broken pods.',
  fix: 'Add a `readinessProbe` that succeeds once this pod can serve, and asks nothing of what all pods share.',
  peers: ['kube-score/pod-probes'],

  *check(inventory) {
    for (const workload of inventory.workloads) {
      const { resource, pod } = workload;
      if (runsToCompletion(resource) || !isServed(inventory, workload)) continue;
      const containers = containersOf(pod.spec).filter(isLongRunning);
      // The pod is ready when all containers that say so are: one of them is enough.
      if (containers.some(({ value }) => isMapping(value.readinessProbe))) continue;
      const container = containers.find(({ role }) => role === 'container');
      if (container === undefined) continue;
      yield {
        resource,
        at: [...pod.path, ...container.at, 'readinessProbe'],
        message: `${titleOf(container)} has no readiness probe, and a Service sends it traffic`,
      };
    }
  },
} satisfies ClusterPolicy;
