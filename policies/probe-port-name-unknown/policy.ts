import { mapping, mappings } from '../../scripts/core/fields.ts';
import type { ContainerPolicy } from '../../scripts/core/policy.ts';
import { titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'probe-port-name-unknown',
  of: 'container',
  severity: 'error',
  default: 'on',
  title: 'Probe names a port that the container does not have',
  why: 'The kubelet cannot resolve the name, so that the probe fails every time: the pod is never ready, or is restarted again and again.',
  fix: 'Name a port of the same container, as its `ports` have it.',
  peers: ['kube-linter/liveness-port', 'kube-linter/readiness-port', 'kube-linter/startup-port'],

  *check(container) {
    for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe'] as const) {
      for (const way of ['httpGet', 'tcpSocket'] as const) {
        const { port } = mapping(mapping(container.value[probe])[way]);
        if (typeof port !== 'string' || /^\d+$/.test(port)) continue;
        if ([...mappings(container.value.ports)].some(([, { name }]) => name === port)) continue;
        yield {
          at: [probe, way, 'port'],
          message: `${titleOf(container)} is probed on port "${port}", and has no port of that name`,
        };
      }
    }
  },
} satisfies ContainerPolicy;
