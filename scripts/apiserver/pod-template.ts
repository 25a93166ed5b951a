import { isMapping, type Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { checkAnnotations, checkLabels } from './labels.ts';
import { checkPodSpec, checkTemplateSpec } from './pod.ts';
import { checkPodAnnotations } from './pod-annotations.ts';
import { EMPTY, has, inside, mapping } from './read.ts';

/**
 * A pod template.
 * @param volumes what a StatefulSet's claim templates bring; without any the result is kept with the template
 */
export function checkPodTemplate(
  template: Mapping,
  at: Field,
  volumes?: ReadonlyMap<string, Mapping> | undefined,
): void {
  const spec = mapping(template, 'spec') ?? EMPTY;
  // The server leaves `metadata` out of its answers.
  const metadata = at.within('metadata');
  inside(template, 'metadata', at, (content) => {
    checkLabels(content, 'labels', metadata);
    checkAnnotations(content, 'annotations', metadata);
    const annotations = content.annotations;
    if (isMapping(annotations)) checkPodAnnotations(annotations, spec, metadata.at('annotations'));
  });
  if (has(template, 'spec') && spec === EMPTY) return;
  if (volumes === undefined) checkTemplateSpec(spec, at.at('spec'));
  else checkPodSpec(spec, at.at('spec'), { volumes, stateful: true });
}
