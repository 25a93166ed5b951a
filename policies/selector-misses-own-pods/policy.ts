import { isEmpty, items, mapping } from '../../scripts/core/fields.ts';
import type { ResourcePolicy } from '../../scripts/core/policy.ts';
import { groupOf } from '../../scripts/core/resource.ts';
import { describeLabels, describeSelector, hasLabels, selects } from '../../scripts/core/selector.ts';
import { podOf } from '../../scripts/core/workload.ts';

/** Of the API server's own groups it knows the selectors itself. */
const SERVED = ['', 'apps', 'batch'];
/** Kinds that other groups brought, with a selector that must match the template. */
const KINDS = [
  'Deployment',
  'DaemonSet',
  'StatefulSet',
  'ReplicaSet',
  'DeploymentConfig',
  'Rollout',
  'CloneSet',
];

export default {
  id: 'selector-misses-own-pods',
  of: 'resource',
  severity: 'error',
  default: 'on',
  title: 'Workload does not select the pods that it makes',
  why: 'Its controller refuses it, or makes pods for ever because it never finds them.',
  fix: 'Let `spec.selector` match the labels of the pod template.',
  kinds: KINDS,
  peers: [
    'kube-linter/mismatching-selector',
    'kube-score/deployment-pod-selector-labels-match-template-metadata-labels',
  ],

  *check(resource) {
    const { id, manifest } = resource;
    const pod = podOf(resource);
    if (pod === undefined || SERVED.includes(groupOf(id.apiVersion))) return;
    const { selector } = mapping(manifest.spec);
    const { matchLabels, matchExpressions } = mapping(selector);
    const title = `${id.kind} "${id.name}"`;
    // OpenShift's DeploymentConfig has a plain map of labels.
    const isPlain = id.kind === 'DeploymentConfig';
    const isNothing = isPlain
      ? isEmpty(mapping(selector))
      : isEmpty(mapping(matchLabels)) && items(matchExpressions).length === 0;
    if (isNothing) {
      // There it was the labels of the template by default.
      if (groupOf(id.apiVersion) === 'extensions') return;
      yield { at: ['spec', 'selector'], message: `${title} has no selector` };
    } else if (!(isPlain ? hasLabels(mapping(selector), pod.labels) : selects(selector, pod.labels))) {
      const wanted = isPlain ? describeLabels(mapping(selector)) : describeSelector(selector);
      yield {
        at: ['spec', 'selector'],
        message: `${title} selects "${wanted}", and its pod template has other labels`,
      };
    }
  },
} satisfies ResourcePolicy;
