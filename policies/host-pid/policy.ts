import type { PodPolicy } from '../../scripts/core/policy.ts';

export default {
  id: 'host-pid',
  of: 'pod',
  severity: 'warning',
  default: 'on',
  title: 'Pod sees the processes of its node',
  why: 'It can read the environment and the memory of every process there, and end it.',
  fix: 'Remove `hostPID`.',
  peers: ['kube-linter/host-pid', 'polaris/hostPIDSet'],

  *check(spec) {
    if (spec.hostPID === true) yield { at: ['hostPID'], message: 'Pod sees the processes of its node' };
  },
} satisfies PodPolicy;
