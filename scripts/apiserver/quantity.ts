/** Exact quantities, which CEL reads as well. */
export * from '../core/exact-quantity.ts';
