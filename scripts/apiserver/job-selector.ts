import type { Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { REFUSED_LABEL } from './labels.ts';
import { EMPTY, has, mapping, textOf } from './read.ts';
import { checkSelector, isEmptySelector, REFUSED_SELECTOR, selectorMatches } from './selector.ts';
import { LABEL_VALUE } from './syntax.ts';
import { checkTemplateLabels } from './workload.ts';

const UID_LABELS = ['batch.kubernetes.io/controller-uid', 'controller-uid'];
const NAME_LABELS = ['batch.kubernetes.io/job-name', 'job-name'];
/** In place of what only the server knows. */
export const UNKNOWN = '\u0000';

/** With `manualSelector: true`: as of any workload. */
export function checkManualSelector(spec: Mapping, at: Field): void {
  const selector = mapping(spec, 'selector');
  if (selector === undefined) {
    if (has(spec, 'selector')) return;
    at.under(REFUSED_SELECTOR).at('selector').required('a selector, as manualSelector is true');
  }
  const before = at.count;
  checkSelector(spec, 'selector', at);
  if (selector !== undefined && at.count !== before) return;
  const template = mapping(spec, 'template');
  if (template !== undefined && !(selector !== undefined && isEmptySelector(selector)))
    checkTemplateLabels(selector ?? EMPTY, template, at.at('template'));
}

/** The server writes selector and labels itself; what is written must agree, and cannot know the uid. */
export function checkGeneratedSelector(spec: Mapping, parent: Field, name: string): void {
  const at = parent.under(REFUSED_SELECTOR);
  const template = mapping(spec, 'template') ?? EMPTY;
  const labels = mapping(mapping(template, 'metadata') ?? EMPTY, 'labels') ?? EMPTY;
  const place = at.at('template').at('metadata').at('labels');
  for (const label of UID_LABELS)
    if (has(labels, label)) place.at(label).invalid(textOf(labels[label]), 'none: the server writes it');
  for (const label of NAME_LABELS)
    if (has(labels, label) && textOf(labels[label]) !== name)
      place.at(label).invalid(textOf(labels[label]), 'none: the server writes it');
  if (name !== UNKNOWN && !LABEL_VALUE.test(name) && !NAME_LABELS.every((label) => has(labels, label)))
    at.under(REFUSED_LABEL)
      .at('template')
      .alias('labels', undefined)
      .refuse(`the label job-name of the pods would be "${name}", expected ${LABEL_VALUE.expected}`);
  const selector = mapping(spec, 'selector');
  if (selector === undefined) return;
  const before = at.count;
  checkSelector(spec, 'selector', at);
  if (at.count !== before) return;
  const written = Object.fromEntries([
    ...UID_LABELS.map((label) => [label, UNKNOWN]),
    ...NAME_LABELS.map((label) => [label, name]),
  ]);
  if (!selectorMatches(selector, written))
    at.at('selector').refuse(
      'selector is written, expected none unless manualSelector is true: the server makes one',
    );
}
