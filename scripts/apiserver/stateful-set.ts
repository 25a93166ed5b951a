import type { Mapping } from '../core/value.ts';
import { checkClaimTemplates, claimVolumes } from './claim-templates.ts';
import type { Field } from './field.ts';
import { oneOf, syntaxOf } from './fields.ts';
import { IMMUTABLE_FIELD, sameValue } from './immutable.ts';
import { checkAtMostAll, checkIntOrPercent, intOrPercent } from './int-or-percent.ts';
import { EMPTY, has, inside, mapping } from './read.ts';
import { DNS_LABEL } from './syntax.ts';
import {
  checkCounts,
  checkReplicatedTemplate,
  checkWorkloadSelector,
  REFUSED_WORKLOAD,
  typeOf,
} from './workload.ts';

export function checkStatefulSet(object: Mapping, root: Field): void {
  const spec = mapping(object, 'spec') ?? EMPTY;
  const at = root.under(REFUSED_WORKLOAD).at('spec');
  checkCounts(spec, at, 'replicas', 'minReadySeconds');
  oneOf(spec, 'podManagementPolicy', ['OrderedReady', 'Parallel'], at);
  checkStatefulStrategy(mapping(spec, 'updateStrategy') ?? EMPTY, at.at('updateStrategy'));
  inside(spec, 'persistentVolumeClaimRetentionPolicy', at, (policy, place) => {
    for (const key of ['whenDeleted', 'whenScaled']) oneOf(policy, key, ['Retain', 'Delete'], place);
  });
  inside(spec, 'ordinals', at, (ordinals, place) => checkCounts(ordinals, place, 'start'));
  const selector = checkWorkloadSelector(spec, at);
  if (selector !== undefined) checkReplicatedTemplate(spec, selector, at, claimVolumes(spec));
  checkClaimTemplates(spec, at);
  syntaxOf(spec, 'serviceName', DNS_LABEL, at);
}

function checkStatefulStrategy(strategy: Mapping, at: Field): void {
  const type = typeOf(strategy, 'RollingUpdate');
  if (type === 'OnDelete') {
    if (has(strategy, 'rollingUpdate'))
      at.at('rollingUpdate').invalid(strategy.rollingUpdate, 'none with type OnDelete');
  } else if (type === 'RollingUpdate')
    inside(strategy, 'rollingUpdate', at, (rolling, place) => {
      checkCounts(rolling, place, 'partition');
      // MaxUnavailableStatefulSet: the field is dropped by servers without the feature.
      if (!has(rolling, 'maxUnavailable') || at.context.minor < 37) return;
      if (
        checkIntOrPercent(rolling, 'maxUnavailable', place) &&
        intOrPercent(rolling, 'maxUnavailable', 1) === 0
      )
        place.at('maxUnavailable').invalid(rolling.maxUnavailable, 'more than 0');
      checkAtMostAll(rolling, 'maxUnavailable', place);
    });
  else at.within('type').unsupported(type, ['RollingUpdate', 'OnDelete']);
}

/** What may differ in a StatefulSet; the server refuses everything else at `spec`. */
const STATEFUL_MUTABLE = new Set([
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
]);

export function updateStatefulSet(old: Mapping, object: Mapping, root: Field): void {
  const before = mapping(old, 'spec') ?? EMPTY;
  const spec = mapping(object, 'spec') ?? EMPTY;
  const at = root.under(IMMUTABLE_FIELD).at('spec');
  for (const key of new Set([...Object.keys(before), ...Object.keys(spec)])) {
    if (STATEFUL_MUTABLE.has(key) || sameValue(before[key], spec[key])) continue;
    if (
      key === 'podManagementPolicy' &&
      sameValue(before[key] || 'OrderedReady', spec[key] || 'OrderedReady')
    )
      continue;
    at.within(key).refuse(`${key} changed, expected it as it was: the StatefulSet would have to be replaced`);
  }
}
