import { text } from '../../scripts/core/fields.ts';
import type { ClusterPolicy } from '../../scripts/core/policy.ts';

export default {
  id: 'service-account-token-mounted',
  of: 'cluster',
  severity: 'warning',
  default: 'in-clusters',
  title: 'Pod carries a token of the API server that it may not need',
  why: 'Whoever breaks into it can talk to the API server with the rights of its ServiceAccount.',
  fix: 'Set `automountServiceAccountToken: false` on the pod or on its ServiceAccount, unless the program calls the API server.',
  peers: ['polaris/automountServiceAccountToken'],

  *check(inventory) {
    for (const { resource, namespace, pod } of inventory.workloads) {
      const { automountServiceAccountToken: ofPod } = pod.spec;
      const name = text(pod.spec.serviceAccountName) ?? text(pod.spec.serviceAccount) ?? 'default';
      const account = inventory.find('', 'ServiceAccount', namespace, name);
      if ((ofPod ?? account?.manifest.automountServiceAccountToken) === false) continue;
      yield {
        resource,
        at: [...pod.path, 'automountServiceAccountToken'],
        message: `Pod carries a token of the ServiceAccount "${name}"`,
      };
    }
  },
} satisfies ClusterPolicy;
