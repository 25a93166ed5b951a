import { mapping, text } from '../../scripts/core/fields.ts';
import type { ResourcePolicy } from '../../scripts/core/policy.ts';
import { podOf } from '../../scripts/core/workload.ts';

export default {
  id: 'email-annotation-missing',
  of: 'resource',
  severity: 'warning',
  default: 'off',
  title: 'Workload gives no address of its owner',
  why: 'At night nobody knows whom to write to. Off by default: here CODEOWNERS says it.',
  fix: 'Add the annotation with an e-mail address.',
  peers: ['kube-linter/required-annotation-email'],
  parameters: { annotation: 'email' },

  *check(resource, { annotation }) {
    if (podOf(resource) === undefined) return;
    const address = text(mapping(mapping(resource.manifest.metadata).annotations)[annotation]);
    if (address !== undefined && /^[\w.+-]+@[\w-]+\.[\w.-]+$/.test(address.trim())) return;
    const { kind, name } = resource.id;
    yield {
      at: ['metadata', 'annotations', annotation],
      message:
        address === undefined
          ? `${kind} "${name}" has no annotation "${annotation}"`
          : `${kind} "${name}" has "${address}" as its annotation "${annotation}", expected an e-mail address`,
    };
  },
} satisfies ResourcePolicy<{ annotation: string }>;
