import type { Mapping } from '../core/value.ts';
import { checkClaimSpec } from './claim.ts';
import type { Field } from './field.ts';
import { EMPTY, each, itemOf, list, mapping, text } from './read.ts';

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

/** Since 1.34 the claims themselves are checked with the StatefulSet. */
export function checkClaimTemplates(spec: Mapping, parent: Field): void {
  each(spec, 'volumeClaimTemplates', parent, (template, at) => {
    checkClaimSpec(mapping(template, 'spec') ?? EMPTY, at.at('spec'));
  });
}
