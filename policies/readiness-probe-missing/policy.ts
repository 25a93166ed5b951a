import type { ResourcePolicy } from '../../scripts/core/policy.ts';
import { containersOf, podOf, runsToCompletion, titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'readiness-probe-missing',
  of: 'resource',
  severity: 'error',
  default: 'on',
  title: 'Container has no readiness probe',
  why: 'Without one a pod counts as ready the moment its process starts: a Service sends it requests that it cannot answer yet, and a rollout goes on over broken pods.',
  fix: 'Add a `readinessProbe` that succeeds once this pod can serve, and asks nothing of what all pods share.',
  peers: ['kube-linter/no-readiness-probe', 'kube-score/pod-probes', 'polaris/readinessProbeMissing'],

  *check(resource) {
    const pod = podOf(resource);
    if (pod === undefined || runsToCompletion(resource)) return;
    for (const container of containersOf(pod.spec)) {
      if (container.role !== 'container' || container.value.readinessProbe !== undefined) continue;
      yield {
        at: [...pod.path, ...container.at, 'readinessProbe'],
        message: `${titleOf(container)} has no readiness probe`,
      };
    }
  },
} satisfies ResourcePolicy;
