import type { ClusterPolicy } from '../../scripts/core/policy.ts';

import { keysOf, referencesTo } from '../../scripts/core/references/index.ts';

export default {
  id: 'missing-key',
  of: 'cluster',
  severity: 'error',
  default: 'in-clusters',
  title: 'ConfigMap or Secret lacks the key that is asked for',
  why: 'The container waits for it and never starts.',
  fix: 'Correct the key, or add it to the ConfigMap, or to the ExternalSecret that makes the Secret.',
  category: 'reference',
  peers: ['kube-linter/env-value-from'],

  *check(inventory) {
    for (const kind of ['ConfigMap', 'Secret'] as const) {
      for (const reference of referencesTo(inventory, '', kind)) {
        const { from, key, keyAt, optional, name } = reference;
        if (key === undefined || optional) continue;
        const keys = keysOf(inventory, reference);
        if (keys === undefined || keys.has(key)) continue;
        yield {
          resource: from,
          at: keyAt ?? reference.at,
          message: `${from.id.kind} "${from.id.name}" asks ${kind} "${name}" for the key "${key}", which has ${keys.size === 0 ? 'no keys' : [...keys].sort().join(', ')}`,
        };
      }
    }
  },
} satisfies ClusterPolicy;
