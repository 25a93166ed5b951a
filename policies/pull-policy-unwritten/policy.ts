import type { ContainerPolicy } from '../../scripts/core/policy.ts';
import { titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'pull-policy-unwritten',
  of: 'container',
  severity: 'warning',
  default: 'off',
  title: 'Container does not say when its image is pulled',
  why: 'It then depends on the tag: at every start with `latest` or none, and only where the node lacks it with any other. Off by default, since pull-policy-not-always looks at what holds in the end.',
  fix: 'Write `imagePullPolicy: Always`.',
  peers: ['polaris/pullPolicyNotAlways'],

  *check(container) {
    if (container.value.imagePullPolicy !== undefined) return;
    yield {
      at: ['imagePullPolicy'],
      message: `${titleOf(container)} writes no pull policy, expected "imagePullPolicy: Always"`,
    };
  },
} satisfies ContainerPolicy;
