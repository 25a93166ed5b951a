import type { Mapping } from '../core/value.ts';
import { checkClaimSpec } from './claim.ts';
import type { Field } from './field.ts';
import { needSyntax } from './fields.ts';
import { EMPTY, each, itemOf, list, mapping, text } from './read.ts';
import { DNS_LABEL } from './syntax.ts';
import { REFUSED_VOLUME } from './volumes.ts';

/** The volumes that a StatefulSet's claim templates bring to its pods; empty where it has none. */
export function claimVolumes(spec: Mapping): ReadonlyMap<string, Mapping> {
  const templates = list(spec, 'volumeClaimTemplates');
  const volumes = new Map<string, Mapping>();
  for (const item of templates) {
    const name = text(mapping(itemOf(item) ?? EMPTY, 'metadata') ?? EMPTY, 'name') ?? '';
    volumes.set(name, { name, persistentVolumeClaim: { claimName: name } });
  }
  return volumes;
}

/** The claims themselves, which the server checks with the StatefulSet since 1.34. */
export function checkClaimTemplates(spec: Mapping, parent: Field): void {
  each(spec, 'volumeClaimTemplates', parent, (template, at, index) => {
    // Each claim becomes a volume of the pods, where the server names it.
    const volume = parent
      .under(REFUSED_VOLUME)
      .alias('template', 'volumeClaimTemplates')
      .alias('spec', index)
      .alias('volumes', 'metadata')
      .alias(index, undefined);
    needSyntax(mapping(template, 'metadata') ?? EMPTY, 'name', DNS_LABEL, volume);
    checkClaimSpec(mapping(template, 'spec') ?? EMPTY, at.at('spec'));
  });
}
