import { text } from '../../scripts/core/fields.ts';
import { imageFault, parseImage } from '../../scripts/core/image.ts';
import type { ContainerPolicy } from '../../scripts/core/policy.ts';
import { titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'image-tag-latest',
  of: 'container',
  severity: 'error',
  default: 'on',
  title: 'Image follows the tag "latest"',
  why: 'Whatever was pushed last runs after the next restart, different from pod to pod, and there is nothing to roll back to.',
  fix: 'Write the version as a tag, or better pin the digest: `name@sha256:…`.',
  peers: ['kube-linter/latest-tag', 'kube-score/container-image-tag', 'polaris/tagNotSpecified'],

  *check(container) {
    const image = text(container.value.image);
    if (image === undefined || image === '') return;
    const { tag, digest } = parseImage(image);
    if (digest !== undefined || (tag !== undefined && tag !== 'latest')) return;
    // What is no image is malformed-image's to say.
    if (imageFault(image) !== undefined) return;
    const follows = tag === undefined ? 'the implicit tag "latest"' : 'the tag "latest"';
    yield {
      at: ['image'],
      message: `${titleOf(container)} follows ${follows}, expected a version or a digest`,
    };
  },
} satisfies ContainerPolicy;
