import { mappings } from '../../scripts/core/fields.ts';
import type { ContainerPolicy } from '../../scripts/core/policy.ts';
import { titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'ssh-port',
  of: 'container',
  severity: 'warning',
  default: 'on',
  title: 'Container opens the port of SSH',
  why: 'A way in beside the API server: it is in no audit log, and no role limits it.',
  fix: 'Remove the SSH server; `kubectl exec` and `kubectl debug` lead into a pod.',
  peers: ['kube-linter/ssh-port'],

  *check(container) {
    for (const [index, { containerPort, protocol }] of mappings(container.value.ports)) {
      if (containerPort !== 22 || (protocol ?? 'TCP') !== 'TCP') continue;
      yield { at: ['ports', index, 'containerPort'], message: `${titleOf(container)} opens the port 22` };
    }
  },
} satisfies ContainerPolicy;
