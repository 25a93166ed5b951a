import { mapping, texts } from '../../scripts/core/fields.ts';
import type { ResourcePolicy } from '../../scripts/core/policy.ts';

export default {
  id: 'ingress-nginx-snippet',
  of: 'resource',
  severity: 'warning',
  default: 'on',
  title: 'Ingress injects text into the controller’s configuration',
  why: 'Whoever may write such an annotation can read every Secret that the controller sees (CVE-2021-25742); most installations forbid it.',
  fix: 'Use the controller’s own annotations or settings in its place.',
  kinds: ['Ingress'],

  *check({ id, manifest }) {
    for (const [key] of texts(mapping(manifest.metadata).annotations)) {
      if (!key.startsWith('nginx.ingress.kubernetes.io/') || !key.endsWith('-snippet')) continue;
      yield { at: ['metadata', 'annotations', key], message: `Ingress "${id.name}" injects "${key}"` };
    }
  },
} satisfies ResourcePolicy;
