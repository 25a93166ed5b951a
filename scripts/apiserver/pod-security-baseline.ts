import type { Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { each, flag, has, inside, integer, list, mapping, text, textOf } from './read.ts';

const CONTAINERS = ['initContainers', 'containers', 'ephemeralContainers'];

const APPARMOR = 'container.apparmor.security.beta.kubernetes.io/';

export function eachContainer(
  spec: Mapping,
  at: Field,
  check: (container: Mapping, at: Field) => void,
): void {
  for (const key of CONTAINERS) each(spec, key, at, check);
}

/** The security contexts of the pod and of its containers. */
export function eachContext(spec: Mapping, at: Field, check: (context: Mapping, at: Field) => void): void {
  inside(spec, 'securityContext', at, check);
  eachContainer(spec, at, (container, place) => inside(container, 'securityContext', place, check));
}

/** What a container may add to its capabilities. */
export const BASELINE_CAPABILITIES = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];

/** Each with the minor version since which it is allowed. */
const SYSCTLS: Readonly<Record<string, number>> = {
  'kernel.shm_rmid_forced': 0,
  'net.ipv4.ip_local_port_range': 0,
  'net.ipv4.tcp_syncookies': 0,
  'net.ipv4.ping_group_range': 0,
  'net.ipv4.ip_unprivileged_port_start': 0,
  'net.ipv4.ip_local_reserved_ports': 27,
  'net.ipv4.tcp_keepalive_time': 29,
  'net.ipv4.tcp_fin_timeout': 29,
  'net.ipv4.tcp_keepalive_intvl': 29,
  'net.ipv4.tcp_keepalive_probes': 29,
  'net.ipv4.tcp_rmem': 32,
  'net.ipv4.tcp_wmem': 32,
  'net.ipv4.tcp_slow_start_after_idle': 37,
  'net.ipv4.tcp_notsent_lowat': 37,
};

/** Level baseline: nothing that reaches the node or other pods. */
export function checkBaseline(
  spec: Mapping,
  annotations: Mapping | undefined,
  edition: number,
  at: Field,
): void {
  for (const key of ['hostNetwork', 'hostPID', 'hostIPC'])
    if (flag(spec, key) === true) at.at(key).invalid(true, 'false');
  each(spec, 'volumes', at, (volume, place) => {
    if (has(volume, 'hostPath')) place.at('hostPath').refuse('volume is a hostPath, expected none');
  });
  eachContainer(spec, at, (container, place) => {
    each(container, 'ports', place, (port, here) => {
      if ((integer(port, 'hostPort') ?? 0) !== 0) here.at('hostPort').invalid(port.hostPort, 'none');
    });
    if (edition >= 34) checkHosts(container, place);
    inside(container, 'securityContext', place, (context, here) => {
      checkContext(context, here, edition);
      if (flag(context, 'privileged') === true) here.at('privileged').invalid(true, 'false');
      const added = list(mapping(context, 'capabilities') ?? {}, 'add');
      for (let i = 0; i < added.length; i++) {
        const capability = textOf(added[i]) ?? '';
        if (!BASELINE_CAPABILITIES.includes(capability))
          here
            .at('capabilities')
            .at('add')
            .at(i)
            .invalid(capability, `one of ${BASELINE_CAPABILITIES.join(', ')}`);
      }
      const mount = text(context, 'procMount');
      const userNamespace = edition >= 35 && flag(spec, 'hostUsers') === false;
      if (mount !== undefined && mount !== 'Default' && !userNamespace)
        here.at('procMount').invalid(mount, 'Default');
    });
  });
  inside(spec, 'securityContext', at, (context, place) => checkContext(context, place, edition));
  for (const name of Object.keys(annotations ?? {})) {
    if (!name.startsWith(APPARMOR)) continue;
    const value = textOf(annotations?.[name]) ?? '';
    if (value !== '' && value !== 'runtime/default' && !value.startsWith('localhost/'))
      at.within('containers').refuse(
        `annotation "${name}" is "${value}", expected runtime/default or localhost/…`,
      );
  }
  inside(spec, 'securityContext', at, (context, place) => {
    each(context, 'sysctls', place, (sysctl, here) => {
      const name = text(sysctl, 'name') ?? '';
      const since = SYSCTLS[name];
      if (since === undefined || since > edition)
        here.at('name').invalid(name, 'a sysctl that is safe for other pods');
    });
  });
}

/** What the security context of a pod and of a container have in common. */
function checkContext(context: Mapping, place: Field, edition: number): void {
  inside(context, 'windowsOptions', place, (options, here) => {
    if (flag(options, 'hostProcess') === true) here.at('hostProcess').invalid(true, 'false');
  });
  checkProfileType(context, 'appArmorProfile', place);
  if (edition >= 19) checkProfileType(context, 'seccompProfile', place);
  inside(context, 'seLinuxOptions', place, (options, here) => checkSeLinux(options, here, edition));
}

/** Unconfined is refused, and so is a profile of an unknown type. */
function checkProfileType(context: Mapping, key: string, at: Field): void {
  inside(context, key, at, (profile, place) => {
    const type = text(profile, 'type') ?? '';
    if (type !== '' && type !== 'RuntimeDefault' && type !== 'Localhost')
      place.at('type').invalid(type, 'RuntimeDefault or Localhost');
  });
}

function checkSeLinux(options: Mapping, at: Field, edition: number): void {
  const types = ['', 'container_t', 'container_init_t', 'container_kvm_t'];
  if (edition >= 31) types.push('container_engine_t');
  const type = text(options, 'type') ?? '';
  if (!types.includes(type)) at.at('type').invalid(type, `one of ${types.slice(1).join(', ')}`);
  for (const key of ['user', 'role'])
    if ((text(options, key) ?? '') !== '') at.at(key).invalid(options[key], 'none');
}

/** Since 1.34: probes and hooks may not be sent to another host. */
function checkHosts(container: Mapping, at: Field): void {
  const check = (handler: Mapping, place: Field): void => {
    for (const key of ['httpGet', 'tcpSocket'])
      inside(handler, key, place, (action, here) => {
        const host = text(action, 'host') ?? '';
        if (host !== '') here.at('host').invalid(host, 'none');
      });
  };
  for (const key of ['livenessProbe', 'readinessProbe', 'startupProbe']) inside(container, key, at, check);
  inside(container, 'lifecycle', at, (lifecycle, place) => {
    for (const key of ['postStart', 'preStop']) inside(lifecycle, key, place, check);
  });
}
