import type { Mapping } from '../core/value.ts';
import { checkClaimTemplates, claimVolumes } from './claim-templates.ts';
import type { Field } from './field.ts';
import { oneOf, syntaxOf } from './fields.ts';
import { IMMUTABLE_FIELD, sameValue, unchanged } from './immutable.ts';
import { checkAtMostAll, checkIntOrPercent, intOrPercent } from './int-or-percent.ts';
import type { ServerKind } from './kind.ts';
import { POD_RULES } from './pod-rules.ts';
import { checkPodTemplate } from './pod-template.ts';
import { EMPTY, has, inside, integer, mapping } from './read.ts';
import { checkSelector, isEmptySelector, REFUSED_SELECTOR, selectorMatches } from './selector.ts';
import { DNS_LABEL, DNS_SUBDOMAIN } from './syntax.ts';
import {
  checkAlwaysRestarts,
  checkCounts,
  checkReplicatedTemplate,
  checkTemplateLabels,
  checkWorkloadSelector,
  REFUSED_WORKLOAD,
  typeOf,
} from './workload.ts';

function checkDeployment(object: Mapping, root: Field): void {
  const spec = mapping(object, 'spec') ?? EMPTY;
  const at = root.under(REFUSED_WORKLOAD).at('spec');
  checkCounts(spec, at, 'replicas', 'minReadySeconds', 'revisionHistoryLimit', 'progressDeadlineSeconds');
  const selector = checkWorkloadSelector(spec, at);
  if (selector !== undefined) checkReplicatedTemplate(spec, selector, at);
  checkStrategy(mapping(spec, 'strategy') ?? EMPTY, at.at('strategy'));
  const deadline = integer(spec, 'progressDeadlineSeconds') ?? 600;
  const ready = integer(spec, 'minReadySeconds') ?? 0;
  if (deadline <= ready)
    at.at('progressDeadlineSeconds').invalid(deadline, `more than minReadySeconds, ${ready}`);
}

function checkStrategy(strategy: Mapping, at: Field): void {
  const type = typeOf(strategy, 'RollingUpdate');
  if (type === 'Recreate') {
    if (has(strategy, 'rollingUpdate')) at.at('rollingUpdate').forbidden('with type Recreate');
    return;
  }
  if (type !== 'RollingUpdate') {
    // The server names the strategy, not its type.
    at.within('type').unsupported(type, ['Recreate', 'RollingUpdate']);
    return;
  }
  const rolling = mapping(strategy, 'rollingUpdate') ?? EMPTY;
  const here = at.at('rollingUpdate');
  const valid = [
    checkIntOrPercent(rolling, 'maxUnavailable', here),
    checkIntOrPercent(rolling, 'maxSurge', here),
  ];
  if (
    intOrPercent(rolling, 'maxUnavailable', 25) === 0 &&
    intOrPercent(rolling, 'maxSurge', 25) === 0 &&
    valid[0]
  )
    here.at('maxUnavailable').invalid(rolling.maxUnavailable, 'more than 0, as maxSurge is 0');
  checkAtMostAll(rolling, 'maxUnavailable', here);
}

function checkReplicaSet(object: Mapping, root: Field): void {
  const spec = mapping(object, 'spec') ?? EMPTY;
  const at = root.under(REFUSED_WORKLOAD).at('spec');
  checkCounts(spec, at, 'replicas', 'minReadySeconds');
  const selector = checkWorkloadSelector(spec, at);
  if (selector !== undefined) checkReplicatedTemplate(spec, selector, at);
}

function checkStatefulSet(object: Mapping, root: Field): void {
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
  // Since 1.34 the pods are checked here; before, a StatefulSet was taken whose pods then failed.
  const whole = at.context.minor >= 34;
  if (selector !== undefined) checkReplicatedTemplate(spec, selector, at, claimVolumes(spec));
  if (whole) checkClaimTemplates(spec, at);
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

function checkDaemonSet(object: Mapping, root: Field): void {
  const spec = mapping(object, 'spec') ?? EMPTY;
  const at = root.under(REFUSED_WORKLOAD).at('spec');
  const selector = mapping(spec, 'selector');
  const template = mapping(spec, 'template') ?? EMPTY;
  const before = at.count;
  checkSelector(spec, 'selector', at);
  const place = at.under(REFUSED_SELECTOR);
  if (selector !== undefined && isEmptySelector(selector))
    place.at('selector').refuse('selector is empty, expected at least one label of the template');
  else if (at.count === before && !(has(spec, 'selector') && selector === undefined))
    checkTemplateLabels(selector ?? EMPTY, template, at.at('template'));
  if (!(has(spec, 'template') && template === EMPTY)) {
    checkPodTemplate(template, at.at('template'));
    checkAlwaysRestarts(template, at.at('template'));
  }
  checkCounts(spec, at, 'minReadySeconds', 'revisionHistoryLimit', 'templateGeneration');
  checkDaemonStrategy(mapping(spec, 'updateStrategy') ?? EMPTY, at.at('updateStrategy'));
}

function checkDaemonStrategy(strategy: Mapping, at: Field): void {
  const type = typeOf(strategy, 'RollingUpdate');
  if (type === 'OnDelete') return;
  if (type !== 'RollingUpdate') {
    at.within('type').unsupported(type, ['RollingUpdate', 'OnDelete']);
    return;
  }
  const rolling = mapping(strategy, 'rollingUpdate') ?? EMPTY;
  const here = at.at('rollingUpdate');
  for (const key of ['maxUnavailable', 'maxSurge']) {
    checkIntOrPercent(rolling, key, here);
    checkAtMostAll(rolling, key, here);
  }
  const unavailable = intOrPercent(rolling, 'maxUnavailable', 1);
  const surge = intOrPercent(rolling, 'maxSurge', 0);
  if (unavailable !== 0 && surge !== 0)
    here.at('maxSurge').invalid(rolling.maxSurge, 'none, as maxUnavailable is not 0');
  if (unavailable === 0 && surge === 0) here.at('maxUnavailable').required('more than 0, as maxSurge is 0');
}

function checkReplicationController(object: Mapping, root: Field): void {
  const spec = mapping(object, 'spec') ?? EMPTY;
  const at = root.under(REFUSED_WORKLOAD).at('spec');
  checkCounts(spec, at, 'replicas', 'minReadySeconds');
  const template = mapping(spec, 'template');
  if (template === undefined) {
    if (!has(spec, 'template')) at.at('template').required('a pod template');
    if (!has(spec, 'selector')) at.under(REFUSED_SELECTOR).at('selector').required('labels of the template');
    return;
  }
  const labels = mapping(template, 'metadata')?.labels;
  const own = mapping(spec, 'selector');
  const place = at.under(REFUSED_SELECTOR);
  // An absent selector is that of the template's labels.
  const absent = own === undefined || Object.keys(own).length === 0;
  if (absent && (labels === undefined || labels === null || Object.keys(labels).length === 0))
    place.at('selector').required('labels of the template');
  else if (!absent && !selectorMatches({ matchLabels: own }, labels))
    place
      .at('template')
      .at('metadata')
      .at('labels')
      .refuse('the labels of the template do not match the selector, expected all that it asks for');
  checkPodTemplate(template, at.at('template'));
  checkAlwaysRestarts(template, at.at('template'));
}

function checkTemplateObject(object: Mapping, root: Field): void {
  checkPodTemplate(mapping(object, 'template') ?? EMPTY, root.at('template'));
}

function selectorUnchanged(old: Mapping, object: Mapping, root: Field): void {
  unchanged(
    mapping(old, 'spec') ?? EMPTY,
    mapping(object, 'spec') ?? EMPTY,
    'selector',
    root.under(IMMUTABLE_FIELD).at('spec'),
  );
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

function updateStatefulSet(old: Mapping, object: Mapping, root: Field): void {
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

export const APPS_KINDS: readonly ServerKind[] = [
  {
    group: 'apps',
    kind: 'Deployment',
    namespaced: true,
    name: DNS_SUBDOMAIN,
    check: checkDeployment,
    checkUpdate: selectorUnchanged,
    rules: [REFUSED_WORKLOAD, REFUSED_SELECTOR, ...POD_RULES, IMMUTABLE_FIELD],
  },
  {
    group: 'apps',
    kind: 'StatefulSet',
    namespaced: true,
    name: DNS_LABEL,
    check: checkStatefulSet,
    checkUpdate: updateStatefulSet,
    rules: [REFUSED_WORKLOAD, REFUSED_SELECTOR, ...POD_RULES, IMMUTABLE_FIELD],
  },
  {
    group: 'apps',
    kind: 'DaemonSet',
    namespaced: true,
    name: DNS_SUBDOMAIN,
    check: checkDaemonSet,
    checkUpdate: selectorUnchanged,
    rules: [REFUSED_WORKLOAD, REFUSED_SELECTOR, ...POD_RULES, IMMUTABLE_FIELD],
  },
  {
    group: 'apps',
    kind: 'ReplicaSet',
    namespaced: true,
    name: DNS_SUBDOMAIN,
    check: checkReplicaSet,
    checkUpdate: selectorUnchanged,
    rules: [REFUSED_WORKLOAD, REFUSED_SELECTOR, ...POD_RULES, IMMUTABLE_FIELD],
  },
  {
    group: '',
    kind: 'ReplicationController',
    namespaced: true,
    name: DNS_SUBDOMAIN,
    check: checkReplicationController,
    rules: [REFUSED_WORKLOAD, REFUSED_SELECTOR, ...POD_RULES],
  },
  {
    group: '',
    kind: 'PodTemplate',
    namespaced: true,
    name: DNS_SUBDOMAIN,
    check: checkTemplateObject,
    rules: POD_RULES,
  },
];
