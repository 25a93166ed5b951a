import type { Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { EMPTY, mapping, textOf } from './read.ts';

/**
 * An annotation that the server reads as a field while it decodes (Go's ParseInt), of kinds that once had that field.
 * @returns the number; undefined where there is none, or no number
 */
export function numberAnnotation(object: Mapping, name: string, root: Field): number | undefined {
  const annotations = mapping(mapping(object, 'metadata') ?? EMPTY, 'annotations') ?? EMPTY;
  const written = Object.hasOwn(annotations, name) ? textOf(annotations[name]) : undefined;
  if (written === undefined) return undefined;
  if (/^[+-]?\d+$/.test(written) && BigInt.asIntN(64, BigInt(written)) === BigInt(written))
    return Number(written);
  root.at('metadata').at('annotations').at(name).invalid(written, 'a whole number');
  return undefined;
}
