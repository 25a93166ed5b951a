import type { PodPolicy } from '../../scripts/core/policy.ts';

export default {
  id: 'host-ipc',
  of: 'pod',
  severity: 'warning',
  default: 'on',
  title: 'Pod shares the inter-process communication of its node',
  why: 'It can read and change what processes of the node and of other pods exchange in shared memory.',
  fix: 'Remove `hostIPC`.',
  peers: ['kube-linter/host-ipc', 'polaris/hostIPCSet'],

  *check(spec) {
    if (spec.hostIPC === true)
      yield { at: ['hostIPC'], message: 'Pod shares the inter-process communication of its node' };
  },
} satisfies PodPolicy;
