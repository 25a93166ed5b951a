import { mappings } from '../../scripts/core/fields.ts';
import type { ContainerPolicy } from '../../scripts/core/policy.ts';
import { titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'privileged-port',
  of: 'container',
  severity: 'warning',
  default: 'off',
  title: 'Container listens on a port below 1024',
  why: 'That needs a capability which a restricted container does not have. Off by default: `net.ipv4.ip_unprivileged_port_start` opens them without one.',
  fix: 'Listen on a port from 1024 on; the Service still offers the usual one.',
  peers: ['kube-linter/privileged-ports'],

  *check(container) {
    for (const [index, { containerPort }] of mappings(container.value.ports)) {
      if (typeof containerPort !== 'number' || containerPort <= 0 || containerPort >= 1024) continue;
      yield {
        at: ['ports', index, 'containerPort'],
        message: `${titleOf(container)} listens on port ${containerPort}`,
      };
    }
  },
} satisfies ContainerPolicy;
