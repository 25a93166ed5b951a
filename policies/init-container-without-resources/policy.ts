import { mapping } from '../../scripts/core/fields.ts';
import type { ContainerPolicy } from '../../scripts/core/policy.ts';
import { titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'init-container-without-resources',
  of: 'container',
  severity: 'warning',
  default: 'off',
  title: 'Init container requests or limits nothing',
  why: 'While it runs it counts as nothing on its node. Off by default: an init container ends soon, and the pod reserves what its containers need anyway.',
  fix: 'Set `resources.requests` and `resources.limits` for CPU and memory.',
  peers: [
    'kube-linter/unset-cpu-requirements',
    'kube-linter/unset-memory-requirements',
    'kube-score/container-resources',
    'polaris/cpuRequestsMissing',
    'polaris/memoryRequestsMissing',
    'polaris/memoryLimitsMissing',
  ],

  *check(container) {
    if (container.role !== 'init') return;
    const resources = mapping(container.value.resources);
    const limits = mapping(resources.limits);
    const requests = mapping(resources.requests);
    const missing = [
      requests.cpu === undefined && limits.cpu === undefined ? 'CPU request' : '',
      requests.memory === undefined && limits.memory === undefined ? 'memory request' : '',
      limits.memory === undefined ? 'memory limit' : '',
    ].filter((name) => name !== '');
    if (missing.length === 0) return;
    yield { at: ['resources'], message: `${titleOf(container)} has no ${missing.join(', no ')}` };
  },
} satisfies ContainerPolicy;
