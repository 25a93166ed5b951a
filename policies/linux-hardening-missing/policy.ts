import { isEmpty, mapping } from '../../scripts/core/fields.ts';
import type { ResourcePolicy } from '../../scripts/core/policy.ts';
import { capabilities, effective } from '../../scripts/core/security.ts';
import { type Container, containersOf, type Pod, podOf, titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'linux-hardening-missing',
  of: 'resource',
  severity: 'warning',
  default: 'off',
  title: 'Container uses none of the kernel’s means of confinement',
  why: 'Neither AppArmor, seccomp, SELinux nor dropped capabilities stand between the program and the kernel. Off by default, since stricter rules ask for each by itself.',
  fix: 'Set `securityContext.seccompProfile.type: RuntimeDefault` on the pod and drop all capabilities.',
  peers: ['polaris/linuxHardening'],

  *check(resource) {
    const pod = podOf(resource);
    if (pod === undefined) return;
    for (const container of containersOf(pod.spec)) {
      if (isConfined(pod, container)) continue;
      yield {
        at: [...pod.path, ...container.at, 'securityContext'],
        message: `${titleOf(container)} has no AppArmor or seccomp profile, no SELinux options and drops no capability`,
      };
    }
  },
} satisfies ResourcePolicy;

function isConfined(pod: Pod, container: Container): boolean {
  const seccomp = mapping(effective(pod.spec, container, 'seccompProfile')).type;
  const annotation = `container.apparmor.security.beta.kubernetes.io/${container.name}`;
  const appArmor = mapping(effective(pod.spec, container, 'appArmorProfile')).type;
  return (
    (seccomp !== undefined && seccomp !== 'Unconfined') ||
    (appArmor !== undefined && appArmor !== 'Unconfined') ||
    pod.annotations[annotation] !== undefined ||
    !isEmpty(mapping(effective(pod.spec, container, 'seLinuxOptions'))) ||
    (capabilities(container, 'drop').length > 0 && !capabilities(container, 'add').includes('ALL'))
  );
}
