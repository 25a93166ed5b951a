import { items, mapping, text } from '../../scripts/core/fields.ts';
import type { Path } from '../../scripts/core/path.ts';
import type { ResourcePolicy } from '../../scripts/core/policy.ts';
import { podOf } from '../../scripts/core/workload.ts';

const SLOT = 'planetarium.dev/slot';

export default {
  id: 'version-outside-the-release',
  category: 'release',
  of: 'resource',
  severity: 'error',
  default: 'in-clusters',
  exceptions: 'forbidden',
  title: 'A slot’s image, or the slot that users are served by, is named outside the release',
  why: 'One file names what every region runs. Where a base or a region names a version of its own, a flip or its undoing no longer reaches everyone at once.',
  fix: 'Name the image or the slot in base/planetarium/release/state/release.yaml, and let the Components beside it copy it.',
  parameters: { file: 'base/planetarium/release/state/release.yaml' },

  *check(resource, { file }) {
    const found = (at: Path, what: string, value: string) => ({
      at,
      message: `${what} "${value}" is named in "${resource.originsOf(at)[0]?.file}", expected "${file}"`,
    });
    const outside = (at: Path) => resource.originsOf(at)[0]?.file !== file;

    if (resource.id.kind === 'Service') {
      const slot = text(mapping(mapping(resource.manifest.spec).selector)[SLOT]);
      const at: Path = ['spec', 'selector', SLOT];
      if (slot !== undefined && outside(at)) yield found(at, 'The slot of a Service', slot);
      return;
    }
    if (mapping(mapping(resource.manifest.metadata).labels)[SLOT] === undefined) return;
    const pod = podOf(resource);
    // A second container is a mistake of its own.
    const image = text(mapping(items(pod?.spec.containers)[0]).image);
    const at: Path = [...(pod?.path ?? []), 'containers', 0, 'image'];
    if (image !== undefined && outside(at)) yield found(at, 'A slot’s image', image);
  },
} satisfies ResourcePolicy<{ file: string }>;
