import { items, mapping, texts } from '../../scripts/core/fields.ts';
import type { ResourcePolicy } from '../../scripts/core/policy.ts';
import { keyIn } from '../../scripts/core/secret-value.ts';
import { containersOf, podOf, titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'secret-in-annotation',
  of: 'resource',
  severity: 'error',
  default: 'on',
  title: 'Annotation or argument holds a secret',
  why: 'Everyone who can read the repository, or list objects in the cluster, has it.',
  fix: 'Keep the value in a secret store, and let the program read it from a Secret. A value that was merged is known: replace it at its source too.',
  exceptions: 'forbidden',

  *check(resource) {
    for (const [name, value] of texts(mapping(resource.manifest.metadata).annotations)) {
      const key = keyIn(value);
      if (key === undefined) continue;
      yield { at: ['metadata', 'annotations', name], message: `Annotation "${name}" holds ${key}` };
    }
    const pod = podOf(resource);
    if (pod === undefined) return;
    for (const container of containersOf(pod.spec)) {
      for (const field of ['command', 'args'] as const) {
        for (const [index, argument] of items(container.value[field]).entries()) {
          const key = typeof argument === 'string' ? keyIn(argument) : undefined;
          if (key === undefined) continue;
          const at = [...pod.path, ...container.at, field, index];
          yield { at, message: `${titleOf(container)} is given ${key} as an argument` };
        }
      }
    }
  },
} satisfies ResourcePolicy;
