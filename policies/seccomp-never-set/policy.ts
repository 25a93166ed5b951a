import { mapping } from '../../scripts/core/fields.ts';
import type { ResourcePolicy } from '../../scripts/core/policy.ts';
import { containersOf, podOf } from '../../scripts/core/workload.ts';

/** Read before Kubernetes 1.27 only. */
const ANNOTATIONS = [
  'seccomp.security.alpha.kubernetes.io/defaultProfileName',
  'seccomp.security.alpha.kubernetes.io/pod',
];

export default {
  id: 'seccomp-never-set',
  of: 'resource',
  severity: 'warning',
  default: 'off',
  title: 'Pod sets a seccomp profile nowhere, not even by the old annotation',
  why: 'Every system call of the kernel is then open to it. Off by default, since seccomp-profile-missing asks it of each container, and since Kubernetes 1.27 the annotation does nothing.',
  fix: 'Set `securityContext.seccompProfile.type: RuntimeDefault` on the pod.',
  peers: ['kube-score/container-seccomp-profile'],

  *check(resource) {
    const pod = podOf(resource);
    if (pod === undefined || ANNOTATIONS.some((name) => pod.annotations[name] !== undefined)) return;
    const contexts = [
      pod.spec.securityContext,
      ...containersOf(pod.spec).map(({ role, value }) =>
        role === 'container' ? value.securityContext : undefined,
      ),
    ];
    if (contexts.some((context) => mapping(context).seccompProfile !== undefined)) return;
    yield {
      at: [...pod.path, 'securityContext', 'seccompProfile'],
      message: `${resource.id.kind} "${resource.id.name}" sets no seccomp profile`,
    };
  },
} satisfies ResourcePolicy;
