import { text } from '../../scripts/core/fields.ts';
import { imageFault } from '../../scripts/core/image.ts';
import type { ContainerPolicy } from '../../scripts/core/policy.ts';
import { titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'malformed-image',
  of: 'container',
  severity: 'error',
  default: 'in-clusters',
  exceptions: 'forbidden',
  title: 'Image is no reference that a container runtime can read',
  why: 'The API server takes any text, and the kubelet refuses this one (InvalidImageName): the pod never starts.',
  fix: 'Write the image as `registry/name:tag@sha256:…`, as `docker buildx imagetools inspect` prints it.',

  *check(container) {
    const image = text(container.value.image);
    const fault = image === undefined || image === '' ? undefined : imageFault(image);
    if (fault !== undefined)
      yield { at: ['image'], message: `${titleOf(container)} has an image that ${fault}` };
  },
} satisfies ContainerPolicy;
