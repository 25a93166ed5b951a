import { mapping } from '../../scripts/core/fields.ts';
import type { PodPolicy } from '../../scripts/core/policy.ts';
import { containersOf, titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'host-process',
  of: 'pod',
  severity: 'error',
  default: 'on',
  title: 'Windows container runs as a process of the host',
  why: 'It has the rights of an administrator of the node.',
  fix: 'Remove `windowsOptions.hostProcess`.',
  peers: ['polaris/hostProcess'],

  *check(spec) {
    const at = ['securityContext', 'windowsOptions', 'hostProcess'];
    const isOn = (context: typeof spec.securityContext) =>
      mapping(mapping(context).windowsOptions).hostProcess === true;
    if (isOn(spec.securityContext)) yield { at, message: 'Pod runs its containers as processes of the host' };
    for (const container of containersOf(spec)) {
      if (!isOn(container.value.securityContext)) continue;
      yield { at: [...container.at, ...at], message: `${titleOf(container)} runs as a process of the host` };
    }
  },
} satisfies PodPolicy;
