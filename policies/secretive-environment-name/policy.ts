import { mappings, text } from '../../scripts/core/fields.ts';
import type { ContainerPolicy } from '../../scripts/core/policy.ts';
import { titleOf } from '../../scripts/core/workload.ts';

const NAME =
  /secret|password|token|bearer|^google_application_credentials$|^azure_.+key$|^oci_cli_key_content$/i;

export default {
  id: 'secretive-environment-name',
  of: 'container',
  severity: 'warning',
  default: 'off',
  title: 'Environment variable with a literal value is named like a secret',
  why: 'Its value may be one. Off by default: secret-in-environment looks at the value too, and says so only where it can be a secret.',
  fix: 'Read it from a Secret by `valueFrom.secretKeyRef`, or give it another name.',
  peers: ['kube-linter/env-var-secret', 'polaris/sensitiveContainerEnvVar'],

  *check(container) {
    for (const [index, { name, value }] of mappings(container.value.env)) {
      if (value === undefined || value === '' || !NAME.test(text(name) ?? '')) continue;
      yield {
        at: ['env', index, 'value'],
        message: `${titleOf(container)} writes a value for "${String(name)}", which is named like a secret`,
      };
    }
  },
} satisfies ContainerPolicy;
