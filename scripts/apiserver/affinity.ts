import type { Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { needSyntax, needText, writtenOneOf } from './fields.ts';
import { checkNodeSelectorTerm, checkNodeSelectorTerms } from './node-selector.ts';
import { each, eachText, has, inside, integer, list, mapping, text, textOf } from './read.ts';
import { serverRule } from './rule.ts';
import { Seen } from './seen.ts';
import { checkSelector } from './selector.ts';
import { DNS_LABEL, QUALIFIED_NAME } from './syntax.ts';

export const REFUSED_SCHEDULING = serverRule({
  id: 'refused-scheduling',
  title: 'Affinity or topology spread that the API server refuses',
  why: 'A term without a topology or with a weight out of range tells the scheduler nothing.',
  fix: 'Give each term its topology key and a selector, weights from 1 to 100, and each constraint a topology of its own.',
  covers: [
    'weights, topology keys, namespaces and selectors of pod affinity and anti-affinity',
    '`matchLabelKeys` and `mismatchLabelKeys`: label keys, with a selector, none twice and none that the selector has',
    'skew, topology, policy and domains of spread constraints, each topology and policy once',
  ],
});

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';

/** `affinity` of a pod; `labels` are those of a bare pod, whose `matchLabelKeys` the server merges first. */
export function checkAffinity(spec: Mapping, parent: Field, labels: Mapping | undefined): void {
  inside(spec, 'affinity', parent.under(REFUSED_SCHEDULING), (affinity, at) => {
    if (labels === undefined && seenAffinity.has(affinity, at)) return;
    const before = at.count;
    inside(affinity, 'nodeAffinity', at, (node, place) => {
      inside(node, REQUIRED, place, checkNodeSelectorTerms);
      each(node, PREFERRED, place, (term, here) => {
        checkWeight(term, here);
        inside(term, 'preference', here, (preference, there) =>
          checkNodeSelectorTerm(preference, there, false),
        );
      });
    });
    for (const key of ['podAffinity', 'podAntiAffinity'])
      inside(affinity, key, at, (pod, place) => {
        each(pod, REQUIRED, place, (term, here) => checkTerm(term, here, labels));
        each(pod, PREFERRED, place, (weighted, here) => {
          checkWeight(weighted, here);
          checkTerm(mapping(weighted, 'podAffinityTerm') ?? {}, here.at('podAffinityTerm'), labels);
        });
      });
    if (labels === undefined) seenAffinity.passed(affinity, at, before);
  });
}

function checkWeight(term: Mapping, at: Field): void {
  const weight = integer(term, 'weight') ?? (has(term, 'weight') ? undefined : 0);
  if (weight !== undefined && (weight < 1 || weight > 100)) at.at('weight').invalid(weight, '1 to 100');
}

function checkTerm(term: Mapping, at: Field, labels: Mapping | undefined): void {
  checkSelector(term, 'labelSelector', at);
  checkSelector(term, 'namespaceSelector', at);
  eachText(term, 'namespaces', at, (namespace, _, index) => {
    // The server names the list in the singular, without the item.
    if (!DNS_LABEL.test(namespace))
      at.alias('namespace', 'namespaces').within(index).invalid(namespace, DNS_LABEL.expected);
  });
  checkLabelKeys(term, 'matchLabelKeys', at, labels);
  checkLabelKeys(term, 'mismatchLabelKeys', at, labels);
  const mismatched = list(term, 'mismatchLabelKeys');
  eachText(term, 'matchLabelKeys', at, (key, place) => {
    if (mismatched.includes(key)) place.invalid(key, 'a key that is not in mismatchLabelKeys, too');
  });
  needSyntax(term, 'topologyKey', QUALIFIED_NAME, at);
}

/** @param labels of a bare pod: the server adds what they say of each key to the selector */
function checkLabelKeys(owner: Mapping, key: string, at: Field, labels: Mapping | undefined): void {
  if (list(owner, key).length === 0) return;
  const selector = mapping(owner, 'labelSelector');
  if (selector === undefined) {
    at.at(key).forbidden('without labelSelector');
    return;
  }
  const selected = mapping(selector, 'matchLabels');
  const expressions = list(selector, 'matchExpressions');
  eachText(owner, key, at, (name, place, index) => {
    if (!QUALIFIED_NAME.test(name)) place.invalid(name, QUALIFIED_NAME.expected);
    const inLabels = selected !== undefined && Object.hasOwn(selected, name);
    const merged = labels !== undefined && Object.hasOwn(labels, name);
    const times = expressions.filter((item) => keyOf(item) === name).length;
    // The server names such a collision at the owner, by the number of the key.
    if (Number(inLabels) + Number(merged) + times > 1)
      at.alias(index, key).refuse(
        `${place.label} is "${name}", expected a key that the selector does not have`,
      );
  });
}

function keyOf(item: unknown): string | undefined {
  return typeof item === 'object' && item !== null && 'key' in item ? textOf(item.key as string) : undefined;
}

const seenAffinity = new Seen();
const seenSpread = new Seen();
const POLICIES = ['DoNotSchedule', 'ScheduleAnyway'];

export function checkTopologySpread(spec: Mapping, parent: Field): void {
  if (!has(spec, 'topologySpreadConstraints')) return;
  const at = parent.under(REFUSED_SCHEDULING);
  const constraints = list(spec, 'topologySpreadConstraints');
  if (constraints.length === 0 || seenSpread.has(constraints, at)) return;
  const before = at.count;
  const pairs = constraints.map(pairOf);
  each(spec, 'topologySpreadConstraints', at, (constraint, place, index) => {
    const skew = integer(constraint, 'maxSkew') ?? (has(constraint, 'maxSkew') ? undefined : 0);
    if (skew !== undefined && skew <= 0) place.at('maxSkew').invalid(skew, '1 or more');
    needText(constraint, 'topologyKey', 'a label of nodes', place);
    const when = constraint.whenUnsatisfiable ?? '';
    if (typeof when === 'string' && !POLICIES.includes(when))
      place.at('whenUnsatisfiable').unsupported(when, POLICIES);
    if (pairs.indexOf(pairs[index]!, index + 1) > index)
      place
        .alias('{topologyKey, whenUnsatisfiable}', 'topologyKey')
        .refuse('the same topologyKey and whenUnsatisfiable stand again, expected each pair once');
    const domains = integer(constraint, 'minDomains');
    if (domains !== undefined) {
      if (domains <= 0) place.at('minDomains').invalid(domains, '1 or more');
      if (when !== 'DoNotSchedule')
        place.at('minDomains').invalid(domains, 'none, unless whenUnsatisfiable is DoNotSchedule');
    }
    writtenOneOf(constraint, 'nodeAffinityPolicy', ['Honor', 'Ignore'], place);
    writtenOneOf(constraint, 'nodeTaintsPolicy', ['Honor', 'Ignore'], place);
    checkLabelKeys(constraint, 'matchLabelKeys', place, undefined);
    checkSelector(constraint, 'labelSelector', place);
  });
  seenSpread.passed(constraints, at, before);
}

function pairOf(constraint: unknown): string {
  if (typeof constraint !== 'object' || constraint === null) return '';
  const item = constraint as Mapping;
  return `${text(item, 'topologyKey') ?? ''} ${text(item, 'whenUnsatisfiable') ?? ''}`;
}
