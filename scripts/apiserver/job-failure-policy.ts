import type { Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { needOneOf } from './fields.ts';
import { EMPTY, each, has, itemOf, list, mapping, text } from './read.ts';
import { QUALIFIED_NAME } from './syntax.ts';

const ACTIONS = ['Count', 'FailIndex', 'FailJob', 'Ignore'];
const STATUSES = ['False', 'True', 'Unknown'];

/** What a Job does when a pod of it fails. */
export function checkFailurePolicy(policy: Mapping, spec: Mapping, at: Field): void {
  const rules = list(policy, 'rules');
  if (rules.length > 20) at.at('rules').tooLong(rules.length, 20, 'rules');
  const containers = containersOf(spec);
  each(policy, 'rules', at, (rule, place) => {
    if (needOneOf(rule, 'action', ACTIONS, place))
      if (text(rule, 'action') === 'FailIndex' && !has(spec, 'backoffLimitPerIndex'))
        place.at('action').invalid('FailIndex', 'another action, as there is no backoffLimitPerIndex');
    const codes = mapping(rule, 'onExitCodes');
    if (codes !== undefined) checkExitCodes(codes, place.at('onExitCodes'), containers);
    const conditions = list(rule, 'onPodConditions');
    if (conditions.length > 20) place.at('onPodConditions').tooLong(conditions.length, 20, 'conditions');
    each(rule, 'onPodConditions', place, checkCondition);
    const both = has(rule, 'onExitCodes') && conditions.length > 0;
    if (both) place.refuse('the rule has onExitCodes and onPodConditions, expected one of them');
    else if (!has(rule, 'onExitCodes') && conditions.length === 0)
      place.refuse('the rule has neither onExitCodes nor onPodConditions, expected one of them');
  });
}

function containersOf(spec: Mapping): readonly string[] {
  const pod = mapping(mapping(spec, 'template') ?? EMPTY, 'spec') ?? EMPTY;
  return ['containers', 'initContainers'].flatMap((key) =>
    list(pod, key).map((item) => text(itemOf(item) ?? EMPTY, 'name') ?? ''),
  );
}

function checkExitCodes(codes: Mapping, at: Field, containers: readonly string[]): void {
  needOneOf(codes, 'operator', ['In', 'NotIn'], at);
  const container = text(codes, 'containerName');
  if (container !== undefined && !containers.includes(container))
    at.at('containerName').invalid(container, 'a container or init container of the template');
  const values = list(codes, 'values');
  const here = at.at('values');
  if (values.length === 0) here.invalid(undefined, 'at least one exit code');
  if (values.length > 255) here.tooLong(values.length, 255, 'values');
  const seen = new Set<unknown>();
  let previous = Number.NEGATIVE_INFINITY;
  let ordered = true;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (typeof value !== 'number') continue;
    if (text(codes, 'operator') === 'In' && value === 0)
      here.at(i).invalid(0, 'another than 0, the code of success');
    if (seen.has(value)) here.at(i).duplicate(value);
    seen.add(value);
    if (value < previous) ordered = false;
    previous = value;
  }
  if (!ordered) here.refuse('the values are not in order, expected them ascending');
}

function checkCondition(condition: Mapping, at: Field): void {
  const type = condition.type ?? '';
  if (typeof type === 'string' && !QUALIFIED_NAME.test(type))
    at.at('type').invalid(type, QUALIFIED_NAME.expected);
  const status = condition.status ?? '';
  if (typeof status === 'string' && status !== '' && !STATUSES.includes(status))
    at.at('status').unsupported(status, STATUSES);
}
