import { mapping, mappings } from '../../scripts/core/fields.ts';
import type { ContainerPolicy } from '../../scripts/core/policy.ts';
import { titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'secret-read-from-environment',
  of: 'container',
  severity: 'warning',
  default: 'off',
  title: 'Container reads a secret from its environment',
  why: 'Crash reports and child processes carry the environment along. Off by default: files are safer, but not every program can read them.',
  fix: 'Mount the Secret as a volume and read the file.',
  peers: ['kube-linter/read-secret-from-env-var'],

  *check(container) {
    for (const [index, { name, valueFrom }] of mappings(container.value.env)) {
      if (mapping(valueFrom).secretKeyRef === undefined) continue;
      yield {
        at: ['env', index, 'valueFrom', 'secretKeyRef'],
        message: `${titleOf(container)} reads a secret from the environment variable "${String(name)}"`,
      };
    }
  },
} satisfies ContainerPolicy;
