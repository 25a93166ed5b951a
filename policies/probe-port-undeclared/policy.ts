import { mapping, mappings } from '../../scripts/core/fields.ts';
import type { ContainerPolicy } from '../../scripts/core/policy.ts';
import { titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'probe-port-undeclared',
  of: 'container',
  severity: 'warning',
  default: 'off',
  title: 'Probe asks a port that the container does not declare',
  why: 'Either the number is mistyped, or the list of ports is not complete. Off by default, since declaring a port changes nothing: the probe may well be right.',
  fix: 'Declare the port under `ports` and let the probe use its name.',
  peers: ['kube-linter/liveness-port', 'kube-linter/readiness-port', 'kube-linter/startup-port'],

  *check(container) {
    for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe'] as const) {
      for (const way of ['httpGet', 'tcpSocket', 'grpc'] as const) {
        const { port } = mapping(mapping(container.value[probe])[way]);
        if (port === undefined || (typeof port === 'string' && !/^\d+$/.test(port))) continue;
        const declared = mappings(container.value.ports).some(
          ([, { containerPort, protocol }]) =>
            containerPort === Number(port) && (protocol ?? 'TCP') === 'TCP',
        );
        if (declared) continue;
        yield {
          at: [probe, way, 'port'],
          message: `${titleOf(container)} is probed on port ${String(port)}, and does not declare it`,
        };
      }
    }
  },
} satisfies ContainerPolicy;
