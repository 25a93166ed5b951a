import type { Mapping } from '../core/value.ts';
import { checkDaemonSet } from './daemon-set.ts';
import type { Field } from './field.ts';
import { IMMUTABLE_FIELD, unchanged } from './immutable.ts';
import { checkAtMostAll, checkIntOrPercent, intOrPercent } from './int-or-percent.ts';
import type { ServerKind } from './kind.ts';
import { numberAnnotation } from './number-annotation.ts';
import { POD_RULES } from './pod-rules.ts';
import { checkPodTemplate } from './pod-template.ts';
import { EMPTY, has, integer, mapping, textOf } from './read.ts';
import { checkReplicationController } from './replication-controller.ts';
import { REFUSED_SELECTOR } from './selector.ts';
import { checkStatefulSet, updateStatefulSet } from './stateful-set.ts';
import { DNS_LABEL, DNS_SUBDOMAIN } from './syntax.ts';
import {
  checkCounts,
  checkReplicatedTemplate,
  checkWorkloadSelector,
  REFUSED_WORKLOAD,
  typeOf,
} from './workload.ts';

function checkDeployment(object: Mapping, root: Field): void {
  const spec = mapping(object, 'spec') ?? EMPTY;
  const at = root.under(REFUSED_WORKLOAD).at('spec');
  checkCounts(spec, at, 'replicas', 'minReadySeconds', 'revisionHistoryLimit', 'progressDeadlineSeconds');
  checkRollback(object, root.under(REFUSED_WORKLOAD));
  const selector = checkWorkloadSelector(spec, at);
  if (selector !== undefined) checkReplicatedTemplate(spec, selector, at);
  checkStrategy(mapping(spec, 'strategy') ?? EMPTY, at.at('strategy'));
  const deadline = integer(spec, 'progressDeadlineSeconds') ?? 600;
  const ready = integer(spec, 'minReadySeconds') ?? 0;
  if (deadline <= ready)
    at.at('progressDeadlineSeconds').invalid(deadline, `more than minReadySeconds, ${ready}`);
}

const ROLLBACK = 'deprecated.deployment.rollback.to';

/** Empty, the annotation is as good as absent. */
function checkRollback(object: Mapping, root: Field): void {
  const metadata = mapping(object, 'metadata') ?? EMPTY;
  if ((textOf((mapping(metadata, 'annotations') ?? EMPTY)[ROLLBACK]) ?? '') === '') return;
  const revision = numberAnnotation(object, ROLLBACK, root) ?? 0;
  if (revision < 0)
    root.at('spec').at('rollback').at('version').invalid(revision, `0 or more, in "${ROLLBACK}"`);
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
