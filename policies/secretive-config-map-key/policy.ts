import { texts } from '../../scripts/core/fields.ts';
import type { ResourcePolicy } from '../../scripts/core/policy.ts';

const NAME =
  /secret|password|token|bearer|^google_application_credentials$|^azure_.+key$|^oci_cli_key_content$/i;

export default {
  id: 'secretive-config-map-key',
  of: 'resource',
  severity: 'warning',
  default: 'off',
  title: 'ConfigMap has a key that is named like a secret',
  why: 'Its value may be one. Off by default: secret-in-config-map looks at the value too, and says so only where it can be a secret.',
  fix: 'Move it to a Secret that comes from a secret store, or give it another name.',
  kinds: ['ConfigMap'],
  peers: ['polaris/sensitiveConfigmapContent'],

  *check({ id, manifest }) {
    for (const [key] of texts(manifest.data)) {
      if (!NAME.test(key)) continue;
      yield {
        at: ['data', key],
        message: `ConfigMap "${id.name}" has the key "${key}", which is named like a secret`,
      };
    }
  },
} satisfies ResourcePolicy;
