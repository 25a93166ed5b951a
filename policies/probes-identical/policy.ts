import { mapping } from '../../scripts/core/fields.ts';
import type { ContainerPolicy } from '../../scripts/core/policy.ts';
import type { Value } from '../../scripts/core/value.ts';
import { titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'probes-identical',
  of: 'container',
  severity: 'warning',
  default: 'on',
  title: 'Liveness and readiness ask the same',
  why: 'Readiness fails while a pod is busy, and that is what it is for; liveness then restarts the busy pod, its load goes to the others, and they follow.',
  fix: 'Let liveness ask only whether the process hangs (`/healthz`), and readiness whether it can serve (`/readyz`).',
  peers: ['kube-score/pod-probes-identical'],

  *check(container) {
    const { livenessProbe, readinessProbe } = container.value;
    const question = questionOf(livenessProbe);
    if (question === undefined || question !== questionOf(readinessProbe)) return;
    yield {
      at: ['livenessProbe'],
      message: `${titleOf(container)} asks the same for liveness and readiness, expected two questions`,
    };
  },
} satisfies ContainerPolicy;

/** What a probe asks, without its times. */
function questionOf(probe: Value | undefined): string | undefined {
  const { httpGet, tcpSocket, exec, grpc } = mapping(probe);
  if (httpGet !== undefined) {
    const { path, port } = mapping(httpGet);
    return `http ${String(path ?? '/')} ${String(port)}`;
  }
  if (tcpSocket !== undefined) return `tcp ${String(mapping(tcpSocket).port)}`;
  if (grpc !== undefined) return `grpc ${String(mapping(grpc).port)} ${String(mapping(grpc).service ?? '')}`;
  if (exec !== undefined) return `exec ${JSON.stringify(mapping(exec).command ?? [])}`;
  return undefined;
}
