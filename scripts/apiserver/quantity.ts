import { type Quantity, quantityOf } from '../core/exact-quantity.ts';
import type { Mapping } from '../core/value.ts';

/** Exact quantities, which CEL reads as well. */
export * from '../core/exact-quantity.ts';

/** An amount of a resource list, in which null decodes to 0. */
export function amountOf(amounts: Mapping, name: string): Quantity | undefined {
  const written = amounts[name];
  return written === null ? 0n : quantityOf(written);
}
