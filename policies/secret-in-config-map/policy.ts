import { texts } from '../../scripts/core/fields.ts';
import type { ResourcePolicy } from '../../scripts/core/policy.ts';
import { canBeSecret, keyIn, settingsWithSecrets, soundsSecret } from '../../scripts/core/secret-value.ts';

export default {
  id: 'secret-in-config-map',
  of: 'resource',
  severity: 'error',
  default: 'on',
  title: 'ConfigMap holds a secret',
  why: 'Everyone who can read the repository has it, and in the cluster a ConfigMap is guarded less than a Secret.',
  fix: 'Keep the value in a secret store and let an ExternalSecret bring it. A value that was merged is known: replace it at its source too.',
  exceptions: 'forbidden',
  kinds: ['ConfigMap'],
  peers: ['polaris/sensitiveConfigmapContent'],

  *check({ id, manifest }) {
    for (const [key, value] of texts(manifest.data)) {
      const found = keyIn(value) ?? settingIn(value);
      if (found === undefined && !(soundsSecret(key) && canBeSecret(value))) continue;
      yield {
        at: ['data', key],
        message: `ConfigMap "${id.name}" holds ${found ?? 'a secret'} in "${key}", expected it in a secret store`,
      };
    }
  },
} satisfies ResourcePolicy;

function settingIn(value: string): string | undefined {
  const [name] = value.includes('\n') ? settingsWithSecrets(value) : [];
  return name === undefined ? undefined : `a value for "${name}"`;
}
