import { isMapping, type Mapping, type Value } from '../core/value.ts';
import type { Field } from './field.ts';
import { IMMUTABLE_FIELD, sameValue } from './immutable.ts';
import type { ServerKind } from './kind.ts';
import { checkPodSpec, REFUSED_POD } from './pod.ts';
import { checkPodAnnotations, checkProfilesAgree } from './pod-annotations.ts';
import { POD_RULES } from './pod-rules.ts';
import { EMPTY, itemOf, list, mapping } from './read.ts';
import { DNS_SUBDOMAIN } from './syntax.ts';

function checkPod(object: Mapping, root: Field): void {
  const metadata = mapping(object, 'metadata') ?? EMPTY;
  const spec = mapping(object, 'spec') ?? EMPTY;
  const annotations = metadata.annotations;
  checkPodSpec(spec, root.under(REFUSED_POD).at('spec'), { pod: metadata });
  if (!isMapping(annotations)) return;
  checkPodAnnotations(annotations, spec, root.at('metadata').at('annotations'));
  checkProfilesAgree(annotations, spec, root.at('spec'));
}

const MUTABLE = new Set([
  'containers',
  'initContainers',
  'activeDeadlineSeconds',
  'terminationGracePeriodSeconds',
  'tolerations',
  'schedulingGates',
]);

/** Of a pod that exists little may change: images, deadlines, more tolerations, fewer gates. */
function updatePod(old: Mapping, object: Mapping, root: Field): void {
  const before = mapping(old, 'spec') ?? EMPTY;
  const spec = mapping(object, 'spec') ?? EMPTY;
  const at = root.under(IMMUTABLE_FIELD).at('spec');
  const gated = list(before, 'schedulingGates').length > 0;
  for (const key of new Set([...Object.keys(before), ...Object.keys(spec)])) {
    if (gated && (key === 'nodeSelector' || key === 'affinity')) continue;
    const same =
      key === 'containers' || key === 'initContainers'
        ? sameButImages(list(before, key), list(spec, key))
        : MUTABLE.has(key) || sameValue(before[key], spec[key]);
    // The server names the specification as a whole.
    if (!same)
      at.within(key).refuse(`${key} changed, expected it as it was: the pod would have to be replaced`);
  }
}

function sameButImages(before: readonly Value[], after: readonly Value[]): boolean {
  if (before.length !== after.length) return false;
  return before.every((item, index) => {
    const a = itemOf(item) ?? EMPTY;
    const b = itemOf(after[index]) ?? EMPTY;
    return sameValue({ ...a, image: '' }, { ...b, image: '' });
  });
}

export const POD_KINDS: readonly ServerKind[] = [
  {
    group: '',
    kind: 'Pod',
    namespaced: true,
    name: DNS_SUBDOMAIN,
    check: checkPod,
    checkUpdate: updatePod,
    rules: [...POD_RULES, IMMUTABLE_FIELD],
  },
];
