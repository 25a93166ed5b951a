import { items, mapping } from '../../scripts/core/fields.ts';
import type { ResourcePolicy } from '../../scripts/core/policy.ts';

export default {
  id: 'external-ips',
  of: 'resource',
  severity: 'error',
  default: 'on',
  title: 'Service claims addresses outside the cluster',
  why: 'Traffic of the whole cluster to these addresses is led to its pods, whosever they are (CVE-2020-8554).',
  fix: 'Remove `spec.externalIPs`.',
  kinds: ['Service'],

  *check({ id, manifest }) {
    const { externalIPs } = mapping(manifest.spec);
    if (items(externalIPs).length === 0) return;
    yield {
      at: ['spec', 'externalIPs'],
      message: `Service "${id.name}" claims the address ${items(externalIPs).join(', ')}`,
    };
  },
} satisfies ResourcePolicy;
