import { isMapping, isSequence, type Mapping, type Value } from '../core/value.ts';
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
    for (const key of Object.keys(metadata))
      if (key !== 'labels' && key !== 'annotations' && isSet(metadata[key]))
        place.at(key).forbidden('in the template of an ephemeral claim: the server names it');
  });
  checkClaimSpec(mapping(template, 'spec') ?? EMPTY, here.at('spec'));
}

/** Go's empty values are as good as absent. */
function isSet(value: Value | undefined): boolean {
  if (value === undefined || value === null || value === '' || value === 0) return false;
  if (isSequence(value)) return value.length > 0;
  return !(isMapping(value) && Object.keys(value).length === 0);
}
