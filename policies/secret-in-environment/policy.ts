import { mappings, text } from '../../scripts/core/fields.ts';
import type { ContainerPolicy } from '../../scripts/core/policy.ts';
import { canBeSecret, keyIn, soundsSecret } from '../../scripts/core/secret-value.ts';
import { titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'secret-in-environment',
  of: 'container',
  severity: 'error',
  default: 'on',
  title: 'Environment variable holds a secret in plain text',
  why: 'Everyone who can read the repository, or the pod in the cluster, has it.',
  fix: 'Keep the value in a secret store, let an ExternalSecret bring it, and read it by `valueFrom.secretKeyRef`. A value that was merged is known: replace it at its source too.',
  exceptions: 'forbidden',
  peers: ['kube-linter/env-var-secret', 'polaris/sensitiveContainerEnvVar'],

  *check(container) {
    for (const [index, variable] of mappings(container.value.env)) {
      const name = text(variable.name);
      const value = text(variable.value);
      if (name === undefined || value === undefined) continue;
      const key = keyIn(value);
      if (key === undefined && !(soundsSecret(name) && canBeSecret(value))) continue;
      yield {
        at: ['env', index, 'value'],
        message: `${titleOf(container)} has ${key ?? 'a value'} for "${name}" in plain text, expected a reference to a Secret`,
      };
    }
  },
} satisfies ContainerPolicy;
