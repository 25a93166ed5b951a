import type { Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { needSyntax, within, writtenOneOf } from './fields.ts';
import { each, flag, has, inside, list, mapping, NONE, text } from './read.ts';
import { serverRule } from './rule.ts';
import { DNS_SUBDOMAIN, RELATIVE_PATH, SYSCTL_NAME } from './syntax.ts';

export const REFUSED_SECURITY_CONTEXT = serverRule({
  id: 'refused-security-context',
  title: 'Security context that the API server refuses',
  why: 'Settings that contradict each other, or that the operating system of the pod lacks, are refused rather than guessed.',
  fix: 'Take one of the contradicting settings out.',
  covers: [
    'ids of users and groups from 0 to 2147483647',
    'seccomp and AppArmor profiles: their type, and a local profile exactly with Localhost',
    '`allowPrivilegeEscalation: false` excludes `privileged` and `CAP_SYS_ADMIN`',
    'policies for file systems, groups and SELinux are known ones',
    "sysctls: names, each once, none of a namespace that is the host's",
    'settings of Windows on Linux and the reverse, `hostProcess`, `runAsUserName`, credentials',
    'host namespaces with `hostUsers: false` and `shareProcessNamespace`',
  ],
});

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
  });
}

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

const NETBIOS = /^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}$/;
const WINDOWS_DOMAIN =
  /^(?:[A-Za-z0-9](?:[-A-Za-z0-9]*[A-Za-z0-9])?)(?:\.[A-Za-z0-9](?:[-A-Za-z0-9]*[A-Za-z0-9])?)*$/;

function checkWindowsOptions(options: Mapping, at: Field): void {
  const name = text(options, 'gmsaCredentialSpecName');
  if (name !== undefined && !DNS_SUBDOMAIN.test(name))
    at.at('gmsaCredentialSpecName').invalid(name, DNS_SUBDOMAIN.expected);
  const credential = text(options, 'gmsaCredentialSpec');
  if (credential !== undefined && (credential === '' || Buffer.byteLength(credential) > 64 * 1024))
    at.at('gmsaCredentialSpec').invalid(credential, 'a text of at most 64 KiB that is not empty');
  const user = text(options, 'runAsUserName');
  if (user === undefined) return;
  const fault = userNameFault(user);
  if (fault !== undefined) at.at('runAsUserName').invalid(user, fault);
}

function userNameFault(name: string): string | undefined {
  if (name === '') return 'a text that is not empty';
  if (/\p{Cc}/u.test(name)) return 'no control characters';
  const parts = name.split('\\');
  if (parts.length > 2) return 'at most one "\\"';
  const domain = parts.length === 2 ? parts[0]! : undefined;
  const user = parts.at(-1)!;
  if (domain !== undefined) {
    if (domain.length >= 256) return 'a domain of fewer than 256 characters';
    if (!NETBIOS.test(domain) && !WINDOWS_DOMAIN.test(domain)) return 'a NetBIOS or DNS name before the "\\"';
  }
  if (user === '' || user.length > 104) return 'a user of 1 to 104 characters';
  if (/^[. ]+$/.test(user)) return 'a user that is not only dots and spaces';
  return /["/:;|=,+*?<>@[\]]/.test(user) ? 'a user without any of "/\\:;|=,+*?<>@[]' : undefined;
}

const LINUX_OF_POD = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'fsGroup',
  'fsGroupChangePolicy',
  'sysctls',
  'runAsUser',
  'runAsGroup',
  'supplementalGroups',
  'supplementalGroupsPolicy',
  'seLinuxChangePolicy',
];
const LINUX_OF_CONTAINER = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'capabilities',
  'readOnlyRootFilesystem',
  'privileged',
  'allowPrivilegeEscalation',
  'procMount',
  'runAsUser',
  'runAsGroup',
];
const CONTAINERS = ['initContainers', 'containers', 'ephemeralContainers'];

/** Settings that the operating system of the pod (`os.name`) lacks. */
export function checkOs(spec: Mapping, parent: Field, os: string): void {
  const at = parent.under(REFUSED_SECURITY_CONTEXT);
  const windows = os === 'windows';
  const why = windows ? 'in a pod for Windows' : 'in a pod for Linux';
  const forbid = (map: Mapping, keys: readonly string[], place: Field): void => {
    for (const key of keys)
      if (has(map, key) && !(key === 'sysctls' && list(map, key) === NONE)) place.at(key).forbidden(why);
  };
  inside(spec, 'securityContext', at, (context, place) =>
    forbid(context, windows ? LINUX_OF_POD : ['windowsOptions'], place),
  );
  if (windows) {
    forbid(spec, ['hostUsers', 'shareProcessNamespace'], at);
    for (const key of ['hostPID', 'hostIPC']) if (flag(spec, key) === true) at.at(key).forbidden(why);
  }
  for (const key of CONTAINERS)
    each(spec, key, at, (container, place) => {
      inside(container, 'securityContext', place, (context, here) =>
        forbid(context, windows ? LINUX_OF_CONTAINER : ['windowsOptions'], here),
      );
    });
}

/** Windows' `hostProcess`: all containers or none, and then on the network of the host. */
export function checkHostProcess(spec: Mapping, parent: Field): void {
  const at = parent.under(REFUSED_SECURITY_CONTEXT);
  const ofPod = hostProcessOf(mapping(spec, 'securityContext'));
  let some = false;
  let all = true;
  for (const key of CONTAINERS)
    each(spec, key, at, (container, place) => {
      const own = hostProcessOf(mapping(container, 'securityContext'));
      if (ofPod !== undefined && own !== undefined && ofPod !== own)
        place
          .at('securityContext')
          .at('windowsOptions')
          .at('hostProcess')
          .invalid(own, `${ofPod}, as for the pod`);
      if (own ?? ofPod ?? false) some = true;
      else all = false;
    });
  if (!some) return;
  if (!all) at.refuse('some containers are hostProcess containers, expected all or none');
  if (flag(spec, 'hostNetwork') !== true)
    at.at('hostNetwork').invalid(false, 'true, with hostProcess containers');
}

function hostProcessOf(context: Mapping | undefined): boolean | undefined {
  const options = context === undefined ? undefined : mapping(context, 'windowsOptions');
  return options === undefined ? undefined : flag(options, 'hostProcess');
}
