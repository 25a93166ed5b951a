import { mappings } from '../../scripts/core/fields.ts';
import type { ContainerPolicy } from '../../scripts/core/policy.ts';
import { titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'host-port',
  of: 'container',
  severity: 'warning',
  default: 'on',
  title: 'Container takes a port of its node',
  why: 'Only one such pod fits on a node, so that a rollout waits for a free one, and the port is open to whoever reaches the node.',
  fix: 'Remove `hostPort`, and reach the pods through a Service.',
  peers: ['polaris/hostPortSet'],

  *check(container) {
    for (const [index, { hostPort }] of mappings(container.value.ports)) {
      if (hostPort === undefined || hostPort === 0) continue;
      yield {
        at: ['ports', index, 'hostPort'],
        message: `${titleOf(container)} takes the port ${String(hostPort)} of its node`,
      };
    }
  },
} satisfies ContainerPolicy;
