import { mapping, mappings, text } from '../../scripts/core/fields.ts';
import type { PodPolicy } from '../../scripts/core/policy.ts';

/** Those of which each container has its own. */
const OWN = /^(?:kernel\.(?:msg|sem|shm)|fs\.mqueue\.|net\.)/;

export default {
  id: 'kernel-parameter-set',
  of: 'pod',
  severity: 'warning',
  default: 'off',
  title: 'Pod sets a kernel parameter',
  why: 'What it does depends on the kernel of the node. Off by default: unsafe-sysctl names those that may harm other pods, and the others are safe.',
  fix: 'Remove it from `securityContext.sysctls`.',
  peers: ['kube-linter/unsafe-sysctls'],

  *check(spec) {
    for (const [index, sysctl] of mappings(mapping(spec.securityContext).sysctls)) {
      const name = text(sysctl.name)?.replaceAll('/', '.');
      if (name === undefined || !OWN.test(name)) continue;
      yield { at: ['securityContext', 'sysctls', index, 'name'], message: `Pod sets "${name}"` };
    }
  },
} satisfies PodPolicy;
