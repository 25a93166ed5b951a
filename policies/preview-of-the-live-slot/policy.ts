import { mapping, text } from '../../scripts/core/fields.ts';
import type { ClusterPolicy } from '../../scripts/core/policy.ts';
import type { Resource } from '../../scripts/core/resource.ts';

const SLOT = 'planetarium.dev/slot';
const AT = ['spec', 'selector', SLOT];

/** A slot that is named in two files is a mistake of its own (version-outside-the-release). */
const fileOf = (service: Resource): string | undefined => service.originsOf(AT)[0]?.file;

export default {
  id: 'preview-of-the-live-slot',
  category: 'release',
  of: 'cluster',
  severity: 'error',
  default: 'in-clusters',
  exceptions: 'forbidden',
  title: 'Two Services lead to the same slot',
  why: 'Where the preview shows what users already have, the idle slot is looked at by nobody before it goes live.',
  fix: 'Let `live` and `preview` in base/planetarium/release/state/release.yaml name the two different slots.',

  *check(inventory) {
    const first = new Map<string, Resource>();
    for (const service of inventory.ofKind('', 'Service')) {
      const slot = text(mapping(mapping(service.manifest.spec).selector)[SLOT]);
      if (slot === undefined) continue;
      const key = `${inventory.namespaceOf(service)}/${slot}`;
      const other = first.get(key);
      if (other === undefined) first.set(key, service);
      else if (fileOf(service) === fileOf(other)) {
        yield {
          resource: service,
          at: AT,
          message: `Service "${service.id.name}" leads to the slot "${slot}", as "${other.id.name}" does, expected the other one`,
        };
      }
    }
  },
} satisfies ClusterPolicy;
