import { isEmpty, mapping } from '../../scripts/core/fields.ts';
import type { ResourcePolicy } from '../../scripts/core/policy.ts';
import { selectorOf } from '../../scripts/core/traffic.ts';

export default {
  id: 'service-without-selector',
  of: 'resource',
  severity: 'warning',
  default: 'off',
  title: 'Service has no selector',
  why: 'Without endpoints made by hand or by a controller nobody answers. Off by default: that is how one reaches what stands outside the cluster.',
  fix: 'Add `spec.selector`.',
  kinds: ['Service'],
  category: 'reference',
  peers: ['kube-linter/dangling-service'],

  *check(resource) {
    const { id, manifest } = resource;
    if (id.apiVersion !== 'v1' || mapping(manifest.spec).type === 'ExternalName') return;
    if (isEmpty(selectorOf(resource))) {
      yield { at: ['spec', 'selector'], message: `Service "${id.name}" has no selector` };
    }
  },
} satisfies ResourcePolicy;
