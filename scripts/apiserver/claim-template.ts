import type { Mapping } from '../core/value.ts';
import { checkClaimSpec } from './claim.ts';
import type { Field } from './field.ts';
import { checkAnnotations, checkLabels } from './labels.ts';
import { EMPTY, inside, mapping } from './read.ts';

/** The template of a claim in an ephemeral volume: labels, annotations and a claim's own specification. */
export function checkClaimTemplate(source: Mapping, at: Field): void {
  const template = mapping(source, 'volumeClaimTemplate');
  if (template === undefined) {
    at.at('volumeClaimTemplate').required('the template of a PersistentVolumeClaim');
    return;
  }
  const here = at.at('volumeClaimTemplate');
  inside(template, 'metadata', here, (metadata, place) => {
    checkLabels(metadata, 'labels', place);
    checkAnnotations(metadata, 'annotations', place);
  });
  checkClaimSpec(mapping(template, 'spec') ?? EMPTY, here.at('spec'));
}
