import type { ClusterPolicy } from '../../scripts/core/policy.ts';

import { bindingsThatGrant, type Grant, subjectsOf } from '../../scripts/core/rbac.ts';

const CREATE: Grant = {
  groups: ['', 'apps', 'batch', 'extensions'],
  resources: ['pods', 'deployments', 'statefulsets', 'replicasets', 'daemonsets', 'jobs', 'cronjobs'],
  verbs: ['create'],
};

export default {
  id: 'pods-creatable',
  of: 'cluster',
  severity: 'warning',
  default: 'in-clusters',
  title: 'Binding lets somebody create pods',
  why: 'A pod may name any ServiceAccount and mount any Secret of its namespace: whoever creates one has their rights.',
  fix: 'Leave workloads to Argo CD, and remove `create` from the role.',
  peers: ['kube-linter/access-to-create-pods'],

  *check(inventory) {
    for (const [binding, role] of bindingsThatGrant(inventory, CREATE)) {
      if (binding.id.name === 'cluster-admin') continue;
      yield {
        resource: binding,
        at: ['roleRef', 'name'],
        message: `${binding.id.kind} "${binding.id.name}" lets ${subjectsOf(binding)} create pods, by ${role.id.kind} "${role.id.name}"`,
      };
    }
  },
} satisfies ClusterPolicy;
