import { mapping } from '../../scripts/core/fields.ts';
import type { ContainerPolicy } from '../../scripts/core/policy.ts';
import { isLongRunning, titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'cpu-request-missing',
  of: 'container',
  severity: 'error',
  default: 'on',
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
    const resources = mapping(container.value.resources);
    // A limit alone counts: the API server takes it as the request too.
    if (mapping(resources.requests).cpu !== undefined || mapping(resources.limits).cpu !== undefined) return;
    yield { at: ['resources', 'requests', 'cpu'], message: `${titleOf(container)} requests no CPU` };
  },
} satisfies ContainerPolicy;
