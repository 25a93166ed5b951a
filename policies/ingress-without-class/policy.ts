import { mapping } from '../../scripts/core/fields.ts';
import type { ResourcePolicy } from '../../scripts/core/policy.ts';

export default {
  id: 'ingress-without-class',
  of: 'resource',
  severity: 'warning',
  default: 'in-clusters',
  title: 'Ingress names no class',
  why: 'Which controller takes it depends on what else is installed: the default class, every controller, or none.',
  fix: 'Set `spec.ingressClassName`.',
  kinds: ['Ingress'],

  *check({ id, manifest }) {
    const { annotations } = mapping(manifest.metadata);
    if (mapping(manifest.spec).ingressClassName !== undefined) return;
    if (mapping(annotations)['kubernetes.io/ingress.class'] !== undefined) return;
    yield { at: ['spec', 'ingressClassName'], message: `Ingress "${id.name}" names no class` };
  },
} satisfies ResourcePolicy;
