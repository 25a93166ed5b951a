import { mappings, text } from '../../scripts/core/fields.ts';
import { nearest } from '../../scripts/core/nearest.ts';
import type { ContainerPolicy } from '../../scripts/core/policy.ts';
import { unknownProbedPorts } from '../../scripts/core/probed-ports.ts';
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
    const unknown = unknownProbedPorts(container.value);
    const [first] = unknown;
    if (first === undefined) return;
    const names = mappings(container.value.ports).map(([, { name }]) => text(name) ?? '');
    const meant = nearest(first.port, names);
    // What several probes agree on is right, and the port's own name is the mistake.
    if (meant !== undefined && unknown.length > 1 && unknown.every(({ port }) => port === first.port)) {
      yield {
        at: ['ports', names.indexOf(meant), 'name'],
        message: `${titleOf(container)} calls a port "${meant}", expected "${first.port}" as its probes do`,
      };
      return;
    }
    for (const { at, port } of unknown)
      yield {
        at,
        message: `${titleOf(container)} is probed on port "${port}", and has no port of that name`,
      };
  },
} satisfies ContainerPolicy;
