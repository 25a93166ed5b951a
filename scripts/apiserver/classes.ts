import type { Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { atLeast, needSyntax, writtenOneOf } from './fields.ts';
import { IMMUTABLE_FIELD, unchanged } from './immutable.ts';
import type { ServerKind } from './kind.ts';
import { checkLabels } from './labels.ts';
import { EMPTY, flag, inside, integer, mapping, text } from './read.ts';
import { checkLimits } from './resources.ts';
import { serverRule } from './rule.ts';
import { DNS_LABEL, DNS_SUBDOMAIN } from './syntax.ts';
import { checkTolerations } from './toleration.ts';

export const REFUSED_CLASS = serverRule({
  id: 'refused-class',
  title: 'PriorityClass, RuntimeClass or Lease that the API server refuses',
  why: 'Pods take their priority and runtime from these classes, so the server keeps system priorities to itself and holds handlers to a syntax.',
  fix: 'Keep user priorities at or below 1000000000 under a name that does not begin with `system-`, name the handler as the node knows it, and give a Lease positive durations.',
  covers: [
    'names and values of PriorityClasses, `preemptionPolicy`',
    '`handler`, overhead, node selector and tolerations of RuntimeClasses',
    'duration and transitions of Leases',
  ],
});

const HIGHEST_USER_PRIORITY = 1_000_000_000;
/** Names and values as scheduling.SystemPriorityClasses holds them. */
const SYSTEM_CLASSES = new Map([
  ['system-node-critical', 2_000_001_000],
  ['system-cluster-critical', 2_000_000_000],
]);

function checkPriorityClass(object: Mapping, root: Field): void {
  const at = root.under(REFUSED_CLASS);
  const name = text(mapping(object, 'metadata') ?? {}, 'name') ?? '';
  const value = integer(object, 'value') ?? 0;
  if (name.startsWith('system-')) {
    if (SYSTEM_CLASSES.get(name) !== value || flag(object, 'globalDefault') === true)
      at.at('metadata')
        .at('name')
        .refuse(
          `name is "${name}", expected one without "system-", which is kept for Kubernetes' own classes`,
        );
  } else if (value > HIGHEST_USER_PRIORITY) at.at('value').invalid(value, `at most ${HIGHEST_USER_PRIORITY}`);
  writtenOneOf(object, 'preemptionPolicy', ['PreemptLowerPriority', 'Never'], at);
}

function checkRuntimeClass(object: Mapping, root: Field): void {
  const at = root.under(REFUSED_CLASS);
  needSyntax(object, 'handler', DNS_LABEL, at);
  inside(object, 'overhead', at, (overhead, place) => {
    checkLimits(mapping(overhead, 'podFixed') ?? EMPTY, place.within('podFixed'));
  });
  inside(object, 'scheduling', at, (scheduling, place) => {
    checkLabels(scheduling, 'nodeSelector', place);
    checkTolerations(scheduling, place, true);
  });
}

function checkLease(object: Mapping, root: Field): void {
  const at = root.under(REFUSED_CLASS).at('spec');
  const spec = mapping(object, 'spec') ?? {};
  atLeast(spec, 'leaseDurationSeconds', 1, at);
  atLeast(spec, 'leaseTransitions', 0, at);
}

export const CLASS_KINDS: readonly ServerKind[] = [
  {
    group: 'scheduling.k8s.io',
    kind: 'PriorityClass',
    namespaced: false,
    name: DNS_SUBDOMAIN,
    check: checkPriorityClass,
    checkUpdate(old, object, root) {
      unchanged(old, object, 'value', root.under(IMMUTABLE_FIELD));
      unchanged(withPolicy(old), withPolicy(object), 'preemptionPolicy', root.under(IMMUTABLE_FIELD));
    },
    rules: [REFUSED_CLASS, IMMUTABLE_FIELD],
  },
  {
    group: 'node.k8s.io',
    kind: 'RuntimeClass',
    namespaced: false,
    name: DNS_SUBDOMAIN,
    check: checkRuntimeClass,
    checkUpdate: (old, object, root) => unchanged(old, object, 'handler', root.under(IMMUTABLE_FIELD)),
    rules: [REFUSED_CLASS, IMMUTABLE_FIELD],
  },
  {
    group: 'coordination.k8s.io',
    kind: 'Lease',
    namespaced: true,
    name: DNS_SUBDOMAIN,
    check: checkLease,
    rules: [REFUSED_CLASS],
  },
];

function withPolicy(object: Mapping): Mapping {
  return { preemptionPolicy: object.preemptionPolicy ?? 'PreemptLowerPriority' };
}
