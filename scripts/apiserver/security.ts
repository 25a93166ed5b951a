import type { Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { needSyntax, within, writtenOneOf } from './fields.ts';
import { each, flag, inside, list, mapping, text } from './read.ts';
import { REFUSED_SECURITY_CONTEXT } from './security-rule.ts';
import { Seen } from './seen.ts';
import { RELATIVE_PATH, SYSCTL_NAME } from './syntax.ts';
import { checkWindowsOptions } from './windows.ts';

const MAX_ID = 2147483647;
const PROFILES = ['Localhost', 'RuntimeDefault', 'Unconfined'];

/** What container and pod have in common. */
function checkCommon(context: Mapping, at: Field): void {
  within(context, 'runAsUser', 0, MAX_ID, at);
  within(context, 'runAsGroup', 0, MAX_ID, at);
  inside(context, 'seccompProfile', at, checkSeccomp);
  inside(context, 'appArmorProfile', at, checkAppArmor);
  inside(context, 'windowsOptions', at, checkWindowsOptions);
}

function checkSeccomp(profile: Mapping, at: Field): void {
  const type = text(profile, 'type') ?? '';
  if (type === '') at.at('type').required(`one of ${PROFILES.join(', ')}`);
  else if (!PROFILES.includes(type)) at.at('type').unsupported(type, PROFILES);
  const local = text(profile, 'localhostProfile');
  if (type === 'Localhost') {
    if (local === undefined) at.at('localhostProfile').required('a relative path, as the type is Localhost');
    else if (!RELATIVE_PATH.test(local)) at.at('localhostProfile').invalid(local, RELATIVE_PATH.expected);
  } else if (local !== undefined)
    at.at('localhostProfile').invalid(local, 'none, as the type is not Localhost');
}

function checkAppArmor(profile: Mapping, at: Field): void {
  const type = text(profile, 'type') ?? '';
  const local = text(profile, 'localhostProfile');
  if (type === '') at.at('type').required(`one of ${PROFILES.join(', ')}`);
  else if (!PROFILES.includes(type)) at.at('type').unsupported(type, PROFILES);
  else if (type === 'Localhost') {
    if (local === undefined || local.trim() === '')
      at.at('localhostProfile').required('the name of a profile, as the type is Localhost');
    else if (local !== local.trim()) at.at('localhostProfile').invalid(local, 'no space around it');
    else if (local.length > 4095) at.at('localhostProfile').tooLong(local.length, 4095, 'characters');
  } else if (local !== undefined)
    at.at('localhostProfile').invalid(local, 'none, as the type is not Localhost');
}

/** `securityContext` of a container. */
export function checkContainerSecurity(container: Mapping, parent: Field, hostUsers: boolean): void {
  inside(container, 'securityContext', parent.under(REFUSED_SECURITY_CONTEXT), (context, at) => {
    const seen = hostUsers ? seenOnHost : seenApart;
    if (seen.has(context, at)) return;
    const before = at.count;
    checkCommon(context, at);
    writtenOneOf(context, 'procMount', ['Default', 'Unmasked'], at);
    if (hostUsers && context.procMount === 'Unmasked')
      at.at('procMount').invalid('Unmasked', 'Default, as hostUsers is not false');
    if (flag(context, 'allowPrivilegeEscalation') === false) {
      if (flag(context, 'privileged') === true)
        at.refuse('allowPrivilegeEscalation is false and privileged is true, expected one of them');
      const capabilities = mapping(context, 'capabilities');
      if (capabilities !== undefined && list(capabilities, 'add').includes('CAP_SYS_ADMIN'))
        at.refuse('allowPrivilegeEscalation is false and CAP_SYS_ADMIN is added, expected one of them');
    }
    seen.passed(context, at, before);
  });
}

const seenOnHost = new Seen();
const seenApart = new Seen();

/** What concerns the pod as a whole: its `securityContext` and the namespaces of the host. */
export function checkPodSecurity(spec: Mapping, parent: Field): void {
  const at = parent.under(REFUSED_SECURITY_CONTEXT);
  inside(spec, 'securityContext', at, (context, place) => {
    checkCommon(context, place);
    within(context, 'fsGroup', 0, MAX_ID, place);
    const groups = list(context, 'supplementalGroups');
    for (let i = 0; i < groups.length; i++) {
      const group = groups[i];
      if (typeof group === 'number' && (group < 0 || group > MAX_ID))
        place.at('supplementalGroups').at(i).invalid(group, `0 to ${MAX_ID}`);
    }
    writtenOneOf(context, 'fsGroupChangePolicy', ['OnRootMismatch', 'Always'], place);
    writtenOneOf(context, 'supplementalGroupsPolicy', ['Merge', 'Strict'], place);
    // MountOption belongs to a feature that is off by default up to 1.36 (SELinuxMount).
    const policies = at.context.minor < 37 ? ['Recursive'] : ['Recursive', 'MountOption'];
    writtenOneOf(context, 'seLinuxChangePolicy', policies, place);
    checkSysctls(context, place, spec);
  });
  if (flag(spec, 'hostPID') === true && flag(spec, 'shareProcessNamespace') === true)
    at.alias('securityContext', undefined)
      .at('shareProcessNamespace')
      .invalid(true, 'false or hostPID false');
  if (flag(spec, 'hostUsers') === false) {
    if (flag(spec, 'hostNetwork') === true) at.at('hostNetwork').forbidden('with hostUsers: false');
    if (flag(spec, 'hostPID') === true) at.alias('HostPID', 'hostPID').forbidden('with hostUsers: false');
    if (flag(spec, 'hostIPC') === true) at.alias('HostIPC', 'hostIPC').forbidden('with hostUsers: false');
  }
}

function checkSysctls(context: Mapping, at: Field, spec: Mapping): void {
  const seen = new Set<string>();
  each(context, 'sysctls', at, (sysctl, place) => {
    if (!needSyntax(sysctl, 'name', SYSCTL_NAME, place)) return;
    const name = text(sysctl, 'name') ?? '';
    const dotted = name.replaceAll('/', '.');
    if (seen.has(name)) place.at('name').duplicate(name);
    seen.add(name);
    if (dotted.startsWith('net.') && flag(spec, 'hostNetwork') === true)
      place.at('name').invalid(name, 'none of the network, as hostNetwork is true');
    if (isIpc(dotted) && flag(spec, 'hostIPC') === true)
      place.at('name').invalid(name, 'none of inter-process communication, as hostIPC is true');
  });
}

function isIpc(name: string): boolean {
  return (
    name === 'kernel.sem' ||
    name.startsWith('kernel.shm') ||
    name.startsWith('kernel.msg') ||
    name.startsWith('fs.mqueue.')
  );
}
