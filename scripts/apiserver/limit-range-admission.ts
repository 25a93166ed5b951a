import type { Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { type Quantity, quantityOf } from './quantity.ts';
import { EMPTY, each, itemOf, list, mapping, text } from './read.ts';

/** What a container asks for once the LimitRanges of its namespace have filled in what it leaves open. */
export interface Filled {
  readonly requests: ReadonlyMap<string, Quantity>;
  readonly limits: ReadonlyMap<string, Quantity>;
}

export function filledBy(limits: readonly Mapping[], container: Mapping): Filled {
  const resources = mapping(container, 'resources') ?? EMPTY;
  const own = { requests: quantitiesOf(resources, 'requests'), limits: quantitiesOf(resources, 'limits') };
  const filled = { requests: new Map(own.requests), limits: new Map(own.limits) };
  // The server sets requests from limits before any plugin looks.
  for (const [name, quantity] of own.limits)
    if (!filled.requests.has(name)) filled.requests.set(name, quantity);
  for (const entry of limits) {
    if (text(entry, 'type') !== 'Container') continue;
    for (const [name, quantity] of quantitiesOf(entry, 'default'))
      if (!filled.limits.has(name)) filled.limits.set(name, quantity);
    // An entry without defaultRequest takes its default, and without that its max.
    for (const key of ['defaultRequest', 'default', 'max'])
      for (const [name, quantity] of quantitiesOf(entry, key))
        if (!filled.requests.has(name)) filled.requests.set(name, quantity);
    for (const [name, quantity] of quantitiesOf(entry, 'max'))
      if (!filled.limits.has(name)) filled.limits.set(name, quantity);
  }
  return filled;
}

function quantitiesOf(owner: Mapping, key: string): ReadonlyMap<string, Quantity> {
  const quantities = new Map<string, Quantity>();
  const values = mapping(owner, key) ?? EMPTY;
  for (const name of Object.keys(values)) {
    const quantity = quantityOf(values[name]);
    if (quantity !== undefined) quantities.set(name, quantity);
  }
  return quantities;
}

/** Each container, and the pod as a whole, against the bounds of the namespace. */
export function checkPodLimits(spec: Mapping, limits: readonly Mapping[], at: Field): void {
  for (const entry of limits) {
    const type = text(entry, 'type');
    if (type === 'Container')
      for (const key of ['containers', 'initContainers'])
        each(spec, key, at, (container, place) =>
          checkBounds(entry, filledBy(limits, container), place.at('resources'), 'a container'),
        );
    else if (type === 'Pod') checkBounds(entry, sumOf(spec, limits), at.at('containers'), 'a pod');
  }
}

function sumOf(spec: Mapping, limits: readonly Mapping[]): Filled {
  const sum = { requests: new Map<string, Quantity>(), limits: new Map<string, Quantity>() };
  for (const item of list(spec, 'containers')) {
    const filled = filledBy(limits, itemOf(item) ?? EMPTY);
    for (const key of ['requests', 'limits'] as const)
      for (const [name, quantity] of filled[key]) sum[key].set(name, (sum[key].get(name) ?? 0n) + quantity);
  }
  return sum;
}

function checkBounds(entry: Mapping, filled: Filled, at: Field, what: string): void {
  const written = (key: string, name: string): string => String((mapping(entry, key) ?? EMPTY)[name]);
  for (const [name, least] of quantitiesOf(entry, 'min')) {
    const request = filled.requests.get(name);
    if (request === undefined || request < least)
      at.at('requests')
        .at(name)
        .refuse(
          `${name} requested is ${request === undefined ? 'absent' : 'too little'}, expected at least ${written('min', name)} for ${what} in this namespace`,
        );
  }
  for (const [name, most] of quantitiesOf(entry, 'max')) {
    const limit = filled.limits.get(name);
    if (limit === undefined || limit > most)
      at.at('limits')
        .at(name)
        .refuse(
          `the limit of ${name} is ${limit === undefined ? 'absent' : 'too high'}, expected at most ${written('max', name)} for ${what} in this namespace`,
        );
  }
  for (const [name, ratio] of quantitiesOf(entry, 'maxLimitRequestRatio')) {
    const request = filled.requests.get(name);
    const limit = filled.limits.get(name);
    if (request === undefined || limit === undefined || request === 0n) continue;
    if (limit * 1_000_000_000n > ratio * request)
      at.at('limits')
        .at(name)
        .refuse(
          `the limit of ${name} is too far above the request, expected at most ${written('maxLimitRequestRatio', name)} times as much in this namespace`,
        );
  }
}

/** A claim against the bounds of the namespace; `at` is its specification. */
export function checkClaimLimits(spec: Mapping, limits: readonly Mapping[], at: Field): void {
  const requests = mapping(mapping(spec, 'resources') ?? EMPTY, 'requests') ?? EMPTY;
  const size = quantityOf(requests.storage);
  if (size === undefined) return;
  const place = at.at('resources').at('requests').at('storage');
  for (const entry of limits) {
    if (text(entry, 'type') !== 'PersistentVolumeClaim') continue;
    const least = quantityOf((mapping(entry, 'min') ?? EMPTY).storage);
    const most = quantityOf((mapping(entry, 'max') ?? EMPTY).storage);
    if (least !== undefined && size < least)
      place.invalid(
        requests.storage,
        `at least ${String((mapping(entry, 'min') ?? EMPTY).storage)} in this namespace`,
      );
    if (most !== undefined && size > most)
      place.invalid(
        requests.storage,
        `at most ${String((mapping(entry, 'max') ?? EMPTY).storage)} in this namespace`,
      );
  }
}
