import type { Mapping } from '../core/value.ts';
import { type Field, show } from './field.ts';
import { atLeast } from './fields.ts';
import { checkPodTemplate } from './pod-template.ts';
import { EMPTY, has, mapping, text, textOf } from './read.ts';
import { serverRule } from './rule.ts';
import { checkSelector, isEmptySelector, REFUSED_SELECTOR, selectorMatches } from './selector.ts';

export const REFUSED_WORKLOAD = serverRule({
  id: 'refused-workload',
  title: 'Workload that the API server refuses',
  why: 'A controller that could not make a single pod, or whose strategy contradicts itself, is refused.',
  fix: 'Correct the field to what is expected for the kind.',
  covers: [
    'replicas, deadlines and limits are not negative, and `progressDeadlineSeconds` is above `minReadySeconds`',
    'strategies of updates, with what each takes, and never both 0 or (DaemonSet) both above it',
    'the restart policy is Always, and pods have no deadline',
    "a StatefulSet's management and retention policies, ordinals, service name and claim templates",
  ],
});

/** The selector of a workload; undefined where it is so wrong that the server looks no further. */
export function checkWorkloadSelector(spec: Mapping, parent: Field): Mapping | undefined {
  const at = parent.under(REFUSED_SELECTOR);
  const selector = mapping(spec, 'selector');
  if (selector === undefined) {
    if (!has(spec, 'selector'))
      at.at('selector').required('a selector that the labels of the template match');
    return has(spec, 'selector') ? undefined : EMPTY;
  }
  const before = at.count;
  checkSelector(spec, 'selector', at);
  if (isEmptySelector(selector))
    at.at('selector').refuse('selector is empty, expected at least one label of the template');
  if (at.count === before) return selector;
  if (isEmptySelector(selector)) return selector;
  at.at('selector').refuse('selector is invalid, expected one that can be evaluated');
  return undefined;
}

/** The labels of the template must match: otherwise the pods made would not be the workload's own. */
export function checkTemplateLabels(selector: Mapping, template: Mapping, at: Field): void {
  const labels = mapping(template, 'metadata')?.labels;
  if (selector !== EMPTY && (isEmptySelector(selector) || selectorMatches(selector, labels))) return;
  const metadata = mapping(template, 'metadata');
  if (
    metadata === undefined
      ? has(template, 'metadata')
      : has(metadata, 'labels') && mapping(metadata, 'labels') === undefined
  )
    return;
  at.under(REFUSED_SELECTOR)
    .at('metadata')
    .at('labels')
    .refuse(mismatchOf(selector, mapping(metadata ?? EMPTY, 'labels') ?? EMPTY));
}

/** The first label that differs, or that there is an expression that does not hold. */
export function mismatchOf(selector: Mapping, labels: Mapping): string {
  const wanted = mapping(selector, 'matchLabels') ?? EMPTY;
  for (const name of Object.keys(wanted)) {
    if (textOf(labels[name]) !== textOf(wanted[name]) || !Object.hasOwn(labels, name))
      return `label "${name}" of the template is ${show(labels[name])}, expected ${show(wanted[name])} as the selector asks`;
  }
  return 'the labels of the template do not match the selector, expected all that it asks for';
}

/** The template of a workload whose pods always restart. */
export function checkReplicatedTemplate(
  spec: Mapping,
  selector: Mapping,
  parent: Field,
  volumes?: ReadonlyMap<string, Mapping> | undefined,
): void {
  const template = mapping(spec, 'template') ?? EMPTY;
  if (template === EMPTY && has(spec, 'template')) return;
  const at = parent.under(REFUSED_WORKLOAD).at('template');
  checkTemplateLabels(selector, template, at);
  checkPodTemplate(template, at, volumes);
  checkAlwaysRestarts(template, at);
}

export function checkAlwaysRestarts(template: Mapping, at: Field): void {
  const pod = mapping(template, 'spec') ?? EMPTY;
  const policy = pod.restartPolicy;
  if (typeof policy === 'string' && policy !== '' && policy !== 'Always')
    at.at('spec').at('restartPolicy').unsupported(policy, ['Always']);
  if (has(pod, 'activeDeadlineSeconds'))
    at.at('spec').at('activeDeadlineSeconds').forbidden('in a workload that always restarts');
}

export function checkCounts(spec: Mapping, at: Field, ...keys: readonly string[]): void {
  for (const key of keys) atLeast(spec, key, 0, at);
}

/** The type of a strategy, its default where it is absent or empty. */
export function typeOf(strategy: Mapping | undefined, fallback: string): string {
  return (strategy === undefined ? undefined : text(strategy, 'type')) || fallback;
}
