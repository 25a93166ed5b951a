import { mapping, mappings, text } from '../../scripts/core/fields.ts';
import type { PodPolicy } from '../../scripts/core/policy.ts';

/** https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/#safe-and-unsafe-sysctls, as of Kubernetes 1.37. */
const SAFE = new Set([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.tcp_wmem',
]);

export default {
  id: 'unsafe-sysctl',
  of: 'pod',
  severity: 'warning',
  default: 'on',
  title: 'Pod sets a kernel parameter that is not safe',
  why: 'It may harm other pods of the node, and the kubelet refuses the pod unless the node allows that parameter by name.',
  fix: 'Remove it from `securityContext.sysctls`, or use one that Kubernetes counts as safe.',
  peers: ['kube-linter/unsafe-sysctls'],

  *check(spec) {
    for (const [index, sysctl] of mappings(mapping(spec.securityContext).sysctls)) {
      const name = text(sysctl.name)?.replaceAll('/', '.');
      if (name === undefined || SAFE.has(name)) continue;
      yield {
        at: ['securityContext', 'sysctls', index, 'name'],
        message: `Pod sets "${name}", which is not a safe sysctl`,
      };
    }
  },
} satisfies PodPolicy;
