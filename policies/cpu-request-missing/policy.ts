import type { ContainerPolicy } from '../../scripts/core/policy.ts';
import { isSet } from '../../scripts/core/requirements.ts';
import { isLongRunning, titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'cpu-request-missing',
  of: 'container',
  severity: 'error',
  default: 'in-clusters',
  title: 'Container requests no CPU',
  why: 'The scheduler counts it as nothing and packs its node full, and an autoscaler on CPU utilisation has nothing to divide by and does not scale.',
  fix: 'Set `resources.requests.cpu` to what it needs under ordinary load.',
  peers: [
    'kube-linter/unset-cpu-requirements',
    'kube-score/container-resources',
    'polaris/cpuRequestsMissing',
  ],

  *check(container) {
    if (!isLongRunning(container)) return;
    // A limit alone counts: the API server takes it as the request too.
    if (isSet(container, 'requests', 'cpu') || isSet(container, 'limits', 'cpu')) return;
    yield { at: ['resources', 'requests', 'cpu'], message: `${titleOf(container)} requests no CPU` };
  },
} satisfies ContainerPolicy;
