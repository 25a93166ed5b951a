import { mappings, text } from '../../scripts/core/fields.ts';
import type { ContainerPolicy } from '../../scripts/core/policy.ts';
import { titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'duplicate-environment-variable',
  of: 'container',
  severity: 'error',
  default: 'on',
  title: 'Environment variable is set twice',
  why: 'The last one wins, silently; and a server-side apply, as Argo CD makes it here, refuses the object.',
  fix: 'Remove one of them.',
  peers: ['kube-linter/duplicate-env-var', 'kube-score/environment-variable-key-duplication'],

  *check(container) {
    const seen = new Set<string>();
    for (const [index, { name }] of mappings(container.value.env)) {
      const variable = text(name);
      if (variable === undefined) continue;
      if (seen.has(variable)) {
        yield { at: ['env', index, 'name'], message: `${titleOf(container)} sets "${variable}" twice` };
      }
      seen.add(variable);
    }
  },
} satisfies ContainerPolicy;
