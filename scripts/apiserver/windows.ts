import type { Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { each, flag, has, inside, list, mapping, text } from './read.ts';
import { REFUSED_SECURITY_CONTEXT } from './security-rule.ts';
import { DNS_SUBDOMAIN } from './syntax.ts';

const NETBIOS = /^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}$/;
const WINDOWS_DOMAIN =
  /^(?:[A-Za-z0-9](?:[-A-Za-z0-9]*[A-Za-z0-9])?)(?:\.[A-Za-z0-9](?:[-A-Za-z0-9]*[A-Za-z0-9])?)*$/;

/** `windowsOptions` of a pod or a container. */
export function checkWindowsOptions(options: Mapping, at: Field): void {
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
      if (has(map, key) && !(key === 'sysctls' && list(map, key).length === 0)) place.at(key).forbidden(why);
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
