import { items, mapping } from '../../scripts/core/fields.ts';
import type { ResourcePolicy } from '../../scripts/core/policy.ts';

export default {
  id: 'ingress-without-tls',
  of: 'resource',
  severity: 'warning',
  default: 'in-clusters',
  title: 'Ingress serves without TLS',
  why: 'Passwords and sessions cross the network for everyone on the way to read.',
  fix: 'Add `spec.tls` with the hosts and the Secret that holds their certificate.',
  kinds: ['Ingress'],
  peers: ['polaris/tlsSettingsMissing'],

  *check({ id, manifest }) {
    if (items(mapping(manifest.spec).tls).length > 0) return;
    yield { at: ['spec', 'tls'], message: `Ingress "${id.name}" serves without TLS` };
  },
} satisfies ResourcePolicy;
