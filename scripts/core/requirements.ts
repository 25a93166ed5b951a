import { mapping } from './fields.ts';
import { quantity } from './quantity.ts';
import type { Container } from './workload.ts';

/** Whether a container requests or limits a resource: an amount of zero reserves nothing and bounds nothing. */
export function isSet(container: Container, field: 'requests' | 'limits', resource: string): boolean {
  const amount = mapping(mapping(container.value.resources)[field])[resource];
  return amount !== undefined && amount !== null && quantity(amount) !== 0;
}
