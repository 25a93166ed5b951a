import { text } from '../../scripts/core/fields.ts';
import { imageFault, parseImage } from '../../scripts/core/image.ts';
import type { ContainerPolicy } from '../../scripts/core/policy.ts';
import { titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'image-without-digest',
  of: 'container',
  severity: 'error',
  default: 'in-clusters',
  title: 'Image is not pinned by its digest',
  why: 'A tag can be moved: two regions, or two pods of one region, may then run different programs from the same manifest, and a rollback may not bring the old one back.',
  fix: 'Write the image as `name@sha256:…`, or set `digest:` in the kustomization’s `images:`.',

  *check(container) {
    const image = text(container.value.image);
    if (image === undefined || image === '') return;
    const { tag, digest } = parseImage(image);
    // No tag, or "latest", is image-tag-latest's to say; what is no image, malformed-image's.
    if (digest !== undefined || tag === undefined || tag === 'latest' || imageFault(image) !== undefined)
      return;
    yield { at: ['image'], message: `${titleOf(container)} follows the tag "${tag}", expected a digest` };
  },
} satisfies ContainerPolicy;
