import { mapping, text } from '../../scripts/core/fields.ts';
import { ingressesIn, pathsOf } from '../../scripts/core/ingress.ts';
import type { ClusterPolicy } from '../../scripts/core/policy.ts';
import type { Resource } from '../../scripts/core/resource.ts';

export default {
  id: 'route-claimed-twice',
  of: 'cluster',
  severity: 'error',
  default: 'in-clusters',
  title: 'Two Ingresses claim the same host and path',
  why: 'Which of them answers is the controller’s choice, and may change when one of them is written again.',
  fix: 'Remove the path from one of them.',

  *check(inventory) {
    const first = new Map<string, Resource>();
    for (const ingress of ingressesIn(inventory)) {
      const className = text(mapping(ingress.manifest.spec).ingressClassName) ?? '';
      for (const { host, path, type, at } of pathsOf(ingress)) {
        const key = `${className} ${host} ${type} ${path}`;
        const other = first.get(key);
        if (other === undefined) first.set(key, ingress);
        else {
          const by = other === ingress ? 'itself' : `Ingress "${other.id.name}"`;
          const message = `Ingress "${ingress.id.name}" claims "${host}${path}", as ${by} does`;
          yield { resource: ingress, at, message };
        }
      }
    }
  },
} satisfies ClusterPolicy;
