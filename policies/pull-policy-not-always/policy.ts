import { text } from '../../scripts/core/fields.ts';
import { parseImage } from '../../scripts/core/image.ts';
import type { ContainerPolicy } from '../../scripts/core/policy.ts';
import { titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'pull-policy-not-always',
  of: 'container',
  severity: 'warning',
  default: 'off',
  title: 'Image is not pulled at every start',
  why: 'A node that has the image starts it without asking the registry: a moved tag is not noticed, and the credentials of the pod are not checked. Off by default, since a digest settles the first, and pulling makes every start depend on the registry.',
  fix: 'Set `imagePullPolicy: Always`.',
  peers: ['kube-score/container-image-pull-policy', 'polaris/pullPolicyNotAlways'],

  *check(container) {
    const { imagePullPolicy, image } = container.value;
    if (imagePullPolicy === 'Always') return;
    if (imagePullPolicy === undefined) {
      const { tag, digest } = parseImage(text(image) ?? '');
      // The API server's default for these is Always.
      if (digest === undefined && (tag === undefined || tag === 'latest')) return;
    }
    const policy = text(imagePullPolicy) ?? 'IfNotPresent';
    yield {
      at: ['imagePullPolicy'],
      message: `${titleOf(container)} pulls its image ${policy}, expected Always`,
    };
  },
} satisfies ContainerPolicy;
