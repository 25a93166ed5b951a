/** Addresses and their ranges, which CEL reads as well. */
export * from '../core/address.ts';
