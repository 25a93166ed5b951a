import type { Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { syntaxOf } from './fields.ts';
import { isWhole, type Quantity, quantityOf, toMilli } from './quantity.ts';
import { each, mapping, text } from './read.ts';
import { checkContainerResourceName, isIntegerResource, isOvercommitted } from './resource-names.ts';
import { serverRule } from './rule.ts';
import { Seen } from './seen.ts';
import { DNS_LABEL } from './syntax.ts';

export const REFUSED_RESOURCES = serverRule({
  id: 'refused-resources',
  title: 'Resources that the API server refuses',
  why: 'What a container asks for must be a resource that the scheduler can count, and no more than what it is limited to.',
  fix: 'Use cpu, memory, ephemeral-storage, hugepages-<size> or an extended resource with its domain, with requests no larger than limits.',
  covers: [
    'names of resources in requests, limits and overhead',
    'quantities are not negative, and whole for resources that are counted',
    'requests do not exceed limits; huge pages and extended resources have a limit equal to the request',
    'huge pages come with cpu or memory, in multiples of the page',
    'claims name a claim of the pod, each once',
    'resources of the pod as a whole: which ones, and none below the sum of its containers',
  ],
});

/**
 * `resources` of a container, or of a whole pod (whose names are checked by the caller).
 * @param claims names of `resourceClaims` of the pod
 */
export function checkResources(
  resources: Mapping,
  parent: Field,
  claims: ReadonlySet<string>,
  checkName: (name: string, at: Field) => boolean = checkContainerResourceName,
): void {
  const at = parent.under(REFUSED_RESOURCES);
  const own = checkName === checkContainerResourceName && resources.claims === undefined;
  if (own && seen.has(resources, at)) return;
  const before = at.count;
  const limits = mapping(resources, 'limits');
  const requests = mapping(resources, 'requests');
  let hugePages = false;
  let compute = false;
  for (const [part, key] of [
    [limits, 'limits'],
    [requests, 'requests'],
  ] as const) {
    if (part === undefined) continue;
    for (const name of Object.keys(part)) {
      checkQuantity(name, part, at, key, checkName);
      if (name.startsWith('hugepages-')) hugePages = true;
      if (name === 'cpu' || name === 'memory') compute = true;
    }
  }
  if (requests !== undefined)
    for (const name of Object.keys(requests)) compareToLimit(name, requests, limits, at);
  if (hugePages && !compute) at.refuse('huge pages are asked for alone, expected cpu or memory with them');
  checkClaims(resources, at, claims);
  if (own) seen.passed(resources, at, before);
}

const seen = new Seen();

/** A resource list that only has limits, as `overhead` does. */
export function checkLimits(list: Mapping, at: Field): void {
  const here = at.under(REFUSED_RESOURCES).alias('limits', undefined);
  for (const name of Object.keys(list)) {
    checkContainerResourceName(name, here.at(name));
    checkValue(name, list, here.at(name));
  }
}

function checkQuantity(
  name: string,
  part: Mapping,
  at: Field,
  key: string,
  checkName: (name: string, at: Field) => boolean,
): void {
  // Names that are always right need no place.
  if (name !== 'cpu' && name !== 'memory') checkName(name, at.at(key).at(name));
  const quantity = quantityOf(part[name]);
  if (quantity !== undefined && quantity >= 0n && (name === 'cpu' || name === 'memory')) return;
  checkValue(name, part, at.at(key).at(name));
}

function checkValue(name: string, part: Mapping, at: Field): void {
  const quantity = quantityOf(part[name]);
  if (quantity === undefined) return;
  if (quantity < 0n) at.invalid(part[name], '0 or more');
  else if (isIntegerResource(name) && !isWhole(quantity)) at.invalid(part[name], 'a whole number');
  else if (name.startsWith('hugepages-')) {
    const page = quantityOf(name.slice('hugepages-'.length));
    if (page === undefined || page <= 0n || quantity % page !== 0n)
      at.invalid(part[name], 'a multiple of the size of the page');
  }
}

function compareToLimit(name: string, requests: Mapping, limits: Mapping | undefined, at: Field): void {
  const request = requests[name] === null ? 0n : quantityOf(requests[name]);
  if (request === undefined) return;
  const written = limits?.[name];
  // A null quantity decodes to 0.
  const limit = written === null ? 0n : quantityOf(written);
  const overcommitted = isOvercommitted(name);
  if (written === undefined) {
    if (!overcommitted)
      at.alias('limits', 'requests')
        .within(name)
        .required(`a limit of ${name}, as it cannot be overcommitted`);
  } else if (limit !== undefined) {
    const difference = compare(request, limit);
    if (!overcommitted && difference !== 0)
      at.at('requests')
        .within(name)
        .invalid(requests[name], `the same as the limit of ${String(written)}`);
    else if (difference > 0)
      at.at('requests')
        .within(name)
        .invalid(requests[name], `no more than the limit of ${String(written)}`);
  }
}

/** As the server stores them: rounded up to thousandths. */
function compare(a: Quantity, b: Quantity): number {
  const left = toMilli(a);
  const right = toMilli(b);
  return left < right ? -1 : left > right ? 1 : 0;
}

function checkClaims(resources: Mapping, at: Field, claims: ReadonlySet<string>): void {
  const seen = new Set<string>();
  each(resources, 'claims', at, (claim, place) => {
    const name = text(claim, 'name') ?? '';
    const request = text(claim, 'request') ?? '';
    if (name === '') {
      place.required('the name of a claim of the pod');
      return;
    }
    const whole = request === '' ? name : `${name}/${request}`;
    if (seen.has(name)) place.duplicate(name);
    else {
      syntaxOf(claim, 'request', DNS_LABEL, place);
      // A claim as a whole overlaps with each of its requests.
      const overlaps = request === '' && [...seen].some((other) => other.startsWith(`${name}/`));
      if (seen.has(whole) || overlaps) place.duplicate(whole);
    }
    seen.add(whole);
    if (!claims.has(name)) place.notFound(name, 'one of the resourceClaims of the pod');
  });
}
