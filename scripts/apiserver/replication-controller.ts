import type { Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { checkPodTemplate } from './pod-template.ts';
import { EMPTY, has, mapping } from './read.ts';
import { REFUSED_SELECTOR, selectorMatches } from './selector.ts';
import { checkAlwaysRestarts, checkCounts, mismatchOf, REFUSED_WORKLOAD } from './workload.ts';

/** A ReplicationController, whose selector is plain labels, and those of the template where it has none. */
export function checkReplicationController(object: Mapping, root: Field): void {
  const spec = mapping(object, 'spec') ?? EMPTY;
  const at = root.under(REFUSED_WORKLOAD).at('spec');
  checkCounts(spec, at, 'replicas', 'minReadySeconds');
  const template = mapping(spec, 'template');
  if (template === undefined) {
    if (!has(spec, 'template')) at.at('template').required('a pod template');
    if (!has(spec, 'selector')) at.under(REFUSED_SELECTOR).at('selector').required('labels of the template');
    return;
  }
  const labels = mapping(template, 'metadata')?.labels;
  const own = mapping(spec, 'selector');
  const place = at.under(REFUSED_SELECTOR);
  // An absent selector is that of the template's labels.
  const absent = own === undefined || Object.keys(own).length === 0;
  if (absent && (labels === undefined || labels === null || Object.keys(labels).length === 0))
    place.at('selector').required('labels of the template');
  else if (!absent && !selectorMatches({ matchLabels: own }, labels))
    place
      .at('template')
      .at('metadata')
      .at('labels')
      .refuse(
        mismatchOf({ matchLabels: own }, mapping(mapping(template, 'metadata') ?? EMPTY, 'labels') ?? EMPTY),
      );
  checkPodTemplate(template, at.at('template'));
  checkAlwaysRestarts(template, at.at('template'));
}
