import type { Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { checkAtMostAll, checkIntOrPercent, intOrPercent } from './int-or-percent.ts';
import { numberAnnotation } from './number-annotation.ts';
import { checkPodTemplate } from './pod-template.ts';
import { EMPTY, has, mapping } from './read.ts';
import { checkSelector, isEmptySelector, REFUSED_SELECTOR } from './selector.ts';
import {
  checkAlwaysRestarts,
  checkCounts,
  checkTemplateLabels,
  REFUSED_WORKLOAD,
  typeOf,
} from './workload.ts';

export function checkDaemonSet(object: Mapping, root: Field): void {
  const spec = mapping(object, 'spec') ?? EMPTY;
  const at = root.under(REFUSED_WORKLOAD).at('spec');
  numberAnnotation(object, 'deprecated.daemonset.template.generation', root.under(REFUSED_WORKLOAD));
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
