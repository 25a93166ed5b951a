import { groupOf } from '../core/resource.ts';
import { isMapping, type Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { needSyntax, needText, within, writtenOneOf } from './fields.ts';
import type { ServerKind } from './kind.ts';
import { quantityOf } from './quantity.ts';
import { each, has, inside, integer, list, mapping, text } from './read.ts';
import { checkContainerResourceName } from './resource-names.ts';
import { serverRule } from './rule.ts';
import { DNS_LABEL, DNS_SUBDOMAIN, PATH_SEGMENT } from './syntax.ts';

export const REFUSED_AUTOSCALER = serverRule({
  id: 'refused-autoscaler',
  title: 'HorizontalPodAutoscaler that the API server refuses',
  why: 'An autoscaler whose bounds, metrics or behaviour contradict each other cannot decide on a number of replicas, so the API server does not store it.',
  fix: 'Give it a target with its API group, bounds with `minReplicas` at most `maxReplicas`, and for each metric the one source that its type names.',
  covers: [
    'bounds of replicas, and `minReplicas` at most `maxReplicas`; no scaling to zero before 1.37',
    '`scaleTargetRef` has kind, name and an API group',
    'each metric carries exactly the source that its `type` names, with a complete target',
    'policies, windows and tolerance of `behavior`',
  ],
});

function checkAutoscaler(object: Mapping, root: Field): void {
  const spec = mapping(object, 'spec') ?? {};
  const at = root.under(REFUSED_AUTOSCALER).at('spec');
  const least = integer(spec, 'minReplicas') ?? 1;
  const toZero = at.context.minor >= 37;
  if (least < (toZero ? 0 : 1)) at.at('minReplicas').invalid(least, `${toZero ? 0 : 1} or more`);
  else if (least === 0 && !list(spec, 'metrics').some(isOutside))
    at.at('metrics').refuse('minReplicas is 0, expected an Object or External metric to scale up by');
  const most = integer(spec, 'maxReplicas');
  if (most === undefined ? !has(spec, 'maxReplicas') : most < 1) at.at('maxReplicas').required('1 or more');
  else if (most !== undefined && most < least)
    at.at('maxReplicas').invalid(most, `at least minReplicas, which is ${least}`);
  const target = mapping(spec, 'scaleTargetRef') ?? {};
  checkTarget(target, at.at('scaleTargetRef'), true);
  const cpu = integer(spec, 'targetCPUUtilizationPercentage');
  // The server judges autoscaling/v1 after converting it, and names the field of v2.
  if (cpu !== undefined && cpu < 1)
    ['metrics', 0, 'resource', 'target']
      .reduce<Field>((place, step) => place.alias(step, undefined), at)
      .alias('averageUtilization', 'targetCPUUtilizationPercentage')
      .invalid(cpu, '1 or more');
  each(spec, 'metrics', at, checkMetric);
  inside(spec, 'behavior', at, (behavior, place) => {
    inside(behavior, 'scaleUp', place, checkScaling);
    inside(behavior, 'scaleDown', place, checkScaling);
  });
}

function isOutside(metric: unknown): boolean {
  return isMapping(metric) && (metric.type === 'Object' || metric.type === 'External');
}

function checkTarget(target: Mapping, at: Field, needsGroup: boolean): void {
  for (const key of ['kind', 'name'])
    if (needText(target, key, `the ${key} of the object`, at)) {
      const value = text(target, key);
      if (value !== undefined && !PATH_SEGMENT.test(value)) at.at(key).invalid(value, PATH_SEGMENT.expected);
    }
  const version = target.apiVersion ?? '';
  if (typeof version !== 'string') return;
  if (version.split('/').length > 2)
    at.at('apiVersion').invalid(version, 'a group and version, such as "apps/v1"');
  else if (needsGroup && groupOf(version) === '' && target.kind !== 'ReplicationController')
    at.at('apiVersion').refuse(
      `${at.at('apiVersion').label} is "${version}", expected one with an API group, such as "apps/v1"`,
    );
}

interface Source {
  readonly field: string;
  readonly check: (source: Mapping, at: Field) => void;
}

const SOURCES: Readonly<Record<string, Source>> = {
  Object: { field: 'object', check: checkObjectSource },
  External: { field: 'external', check: checkExternalSource },
  Pods: { field: 'pods', check: checkPodsSource },
  Resource: { field: 'resource', check: checkResourceSource },
  ContainerResource: { field: 'containerResource', check: checkContainerSource },
};
const TYPES = Object.keys(SOURCES);

function checkMetric(metric: Mapping, at: Field): void {
  const type = metric.type ?? '';
  if (typeof type !== 'string') return;
  const expected = Object.hasOwn(SOURCES, type) ? SOURCES[type] : undefined;
  if (type === '') at.at('type').required(`one of ${TYPES.join(', ')}`);
  else if (expected === undefined) at.at('type').unsupported(type, TYPES);
  let checked = false;
  for (const name of TYPES) {
    const source = SOURCES[name]!;
    const value = metric[source.field];
    if (value === undefined || value === null) continue;
    if (!checked && isMapping(value)) source.check(value, at.at(source.field));
    checked = true;
    if (expected !== undefined && source !== expected) at.at(source.field).forbidden(`with type ${type}`);
  }
  if (expected !== undefined && !has(metric, expected.field))
    at.at(expected.field).required(`the source that type ${type} names`);
}

function checkObjectSource(source: Mapping, at: Field): void {
  checkTarget(mapping(source, 'describedObject') ?? {}, at.at('describedObject'), false);
  checkMetricName(source, at);
  const target = checkMetricTarget(source, at);
  if (!has(target, 'value') && !has(target, 'averageValue'))
    at.at('target').at('averageValue').required('a value, or an average value');
}

function checkExternalSource(source: Mapping, at: Field): void {
  checkMetricName(source, at);
  const target = checkMetricTarget(source, at);
  if (!has(target, 'value') && !has(target, 'averageValue'))
    at.at('target').at('averageValue').required('a value, or an average value');
  else if (has(target, 'value') && has(target, 'averageValue'))
    at.at('target').at('value').forbidden('beside averageValue');
}

function checkPodsSource(source: Mapping, at: Field): void {
  checkMetricName(source, at);
  if (!has(checkMetricTarget(source, at), 'averageValue'))
    at.at('target').at('averageValue').required('an average value above 0');
}

function checkResourceSource(source: Mapping, at: Field): void {
  needText(source, 'name', 'the name of a resource', at);
  checkUsage(source, at);
}

function checkContainerSource(source: Mapping, at: Field): void {
  if (needText(source, 'name', 'the name of a resource', at)) {
    const name = text(source, 'name');
    if (name !== undefined) checkContainerResourceName(name, at.at('name'));
  }
  needSyntax(source, 'container', DNS_LABEL, at);
  checkUsage(source, at);
}

function checkUsage(source: Mapping, at: Field): void {
  const target = checkMetricTarget(source, at);
  const both = has(target, 'averageUtilization') && has(target, 'averageValue');
  if (both) at.at('target').at('averageValue').forbidden('beside averageUtilization');
  else if (!has(target, 'averageUtilization') && !has(target, 'averageValue'))
    at.at('target').at('averageUtilization').required('an average utilization, or an average value');
}

function checkMetricName(source: Mapping, at: Field): void {
  const metric = mapping(source, 'metric') ?? {};
  const place = at.at('metric');
  if (!needText(metric, 'name', 'the name of the metric', place)) return;
  const name = text(metric, 'name');
  if (name !== undefined && !PATH_SEGMENT.test(name)) place.at('name').invalid(name, PATH_SEGMENT.expected);
}

const TARGETS = ['Utilization', 'Value', 'AverageValue'];

function checkMetricTarget(source: Mapping, at: Field): Mapping {
  const target = mapping(source, 'target') ?? {};
  const place = at.at('target');
  const type = target.type ?? '';
  if (type === '') place.at('type').required(`one of ${TARGETS.join(', ')}`);
  else if (typeof type === 'string' && !TARGETS.includes(type)) place.at('type').unsupported(type, TARGETS);
  for (const key of ['value', 'averageValue']) {
    const amount = quantityOf(target[key]);
    if (amount !== undefined && amount <= 0n) place.at(key).invalid(target[key], 'more than 0');
  }
  const percent = integer(target, 'averageUtilization');
  if (percent !== undefined && percent < 1) place.at('averageUtilization').invalid(percent, '1 or more');
  return target;
}

function checkScaling(rules: Mapping, at: Field): void {
  within(rules, 'stabilizationWindowSeconds', 0, 3600, at);
  writtenOneOf(rules, 'selectPolicy', ['Max', 'Min', 'Disabled'], at);
  if (has(rules, 'policies') && list(rules, 'policies').length === 0 && Array.isArray(rules.policies))
    at.at('policies').required('at least one policy, or no list at all');
  each(rules, 'policies', at, (policy, place) => {
    const type = policy.type ?? '';
    if (typeof type === 'string' && type !== 'Pods' && type !== 'Percent')
      place.at('type').unsupported(type, ['Pods', 'Percent']);
    const value = policy.value ?? 0;
    if (typeof value === 'number' && value <= 0) place.at('value').invalid(value, 'more than 0');
    const period = policy.periodSeconds ?? 0;
    if (typeof period === 'number' && (period <= 0 || period > 1800))
      place.at('periodSeconds').invalid(period, '1 to 1800');
  });
  const tolerance = quantityOf(rules.tolerance);
  // The gate HPAConfigurableTolerance is on since 1.35; before, the field is dropped.
  if (tolerance !== undefined && tolerance < 0n && at.context.minor >= 35)
    at.at('tolerance').invalid(rules.tolerance, '0 or more');
}

export const AUTOSCALING_KINDS: readonly ServerKind[] = [
  {
    group: 'autoscaling',
    kind: 'HorizontalPodAutoscaler',
    namespaced: true,
    name: DNS_SUBDOMAIN,
    check: checkAutoscaler,
    rules: [REFUSED_AUTOSCALER],
  },
];
