import { isMapping, type Mapping, type Value } from '../core/value.ts';
import type { Field } from './field.ts';
import type { ServerKind } from './kind.ts';
import { amountOf, type Quantity } from './quantity.ts';
import { each, mapping, textOf } from './read.ts';
import { checkContainerResourceName, checkResourceName, isOvercommitted } from './resource-names.ts';
import { serverRule } from './rule.ts';
import { DNS_SUBDOMAIN, QUALIFIED_NAME } from './syntax.ts';

export const REFUSED_LIMIT_RANGE = serverRule({
  id: 'refused-limit-range',
  title: 'LimitRange that the API server refuses',
  why: 'Bounds and defaults that contradict each other cannot be met by any object.',
  fix: 'For each resource keep min ≤ defaultRequest ≤ default ≤ max; a limit of type Pod has no defaults, one of type PersistentVolumeClaim bounds storage.',
  covers: [
    'types of limits are known and stand once each',
    'names of resources',
    'min ≤ default request ≤ default ≤ max for each resource, with defaults as the server fills them in',
    'ratios of at least 1 that the bounds allow',
  ],
});

const TYPES = ['Pod', 'Container', 'PersistentVolumeClaim'];

function checkLimitRange(object: Mapping, root: Field): void {
  const at = root.under(REFUSED_LIMIT_RANGE).at('spec');
  const spec = mapping(object, 'spec');
  if (spec === undefined) return;
  const seen = new Set<string>();
  each(spec, 'limits', at, (limit, place) => {
    const type = textOf(limit.type ?? null);
    if (type === undefined) return;
    if (!QUALIFIED_NAME.test(type)) place.at('type').invalid(type, `one of ${TYPES.join(', ')}`);
    else if (!type.includes('/') && !TYPES.includes(type))
      place.at('type').invalid(type, `one of ${TYPES.join(', ')}, or a type with a domain before it`);
    if (seen.has(type)) place.at('type').duplicate(type);
    seen.add(type);
    checkLimit(limit, type, place);
  });
}

type Amounts = ReadonlyMap<string, Quantity>;

function checkLimit(limit: Mapping, type: string, at: Field): void {
  const max = amountsOf(limit, 'max', type, at);
  const min = amountsOf(limit, 'min', type, at);
  const withDefaults = type !== 'Pod';
  for (const key of ['default', 'defaultRequest'])
    if (!withDefaults && Object.keys(mapping(limit, key) ?? {}).length > 0)
      at.at(key).forbidden('with type Pod');
  const ratios = amountsOf(limit, 'maxLimitRequestRatio', type, at);
  const written = withDefaults ? amountsOf(limit, 'default', type, at) : new Map<string, Quantity>();
  const requested = withDefaults ? amountsOf(limit, 'defaultRequest', type, at) : new Map<string, Quantity>();
  // A Container limit without defaults takes them from its bounds before it is judged.
  const fills = type === 'Container';
  const defaults: Amounts = fills ? new Map([...max, ...written]) : written;
  const requests: Amounts = fills ? new Map([...min, ...defaults, ...requested]) : requested;
  if (type === 'PersistentVolumeClaim' && !min.has('storage') && !max.has('storage'))
    at.at('limits').refuse(
      'limit of type PersistentVolumeClaim bounds no storage, expected min.storage or max.storage',
    );
  const names = new Set([
    ...max.keys(),
    ...min.keys(),
    ...defaults.keys(),
    ...requests.keys(),
    ...ratios.keys(),
  ]);
  for (const name of names) {
    const order = (low: Amounts, lowName: string, high: Amounts, highName: string, field: string): void => {
      const a = low.get(name);
      const b = high.get(name);
      if (a !== undefined && b !== undefined && a > b)
        at.at(field)
          .at(name)
          .refuse(`${lowName} of ${name} is above its ${highName}, expected it at most as large`);
    };
    order(min, 'min', max, 'max', 'min');
    order(min, 'min', requests, 'default request', 'defaultRequest');
    order(requests, 'default request', max, 'max', 'defaultRequest');
    order(requests, 'default request', defaults, 'default limit', 'defaultRequest');
    order(min, 'min', defaults, 'default limit', 'default');
    order(defaults, 'default limit', max, 'max', 'default');
    checkRatio(
      ratios.get(name),
      min.get(name),
      max.get(name),
      at.at('maxLimitRequestRatio').at(name),
      limit,
      name,
    );
    const a = defaults.get(name);
    const b = requests.get(name);
    if (!isOvercommitted(name) && a !== undefined && b !== undefined && a !== b)
      at.at('defaultRequest')
        .at(name)
        .refuse(`default request of ${name} differs from its default limit, expected both equal`);
  }
}

const ONE = 1_000_000_000n;

function checkRatio(
  ratio: Quantity | undefined,
  min: Quantity | undefined,
  max: Quantity | undefined,
  at: Field,
  limit: Mapping,
  name: string,
): void {
  if (ratio === undefined) return;
  const written: Value | undefined = mapping(limit, 'maxLimitRequestRatio')?.[name];
  if (ratio < ONE) at.invalid(written, '1 or more');
  else if (min !== undefined && max !== undefined && exceeds(ratio * min, max * ONE, min))
    at.invalid(written, 'at most max divided by min');
}

/** Whether the ratio is above max divided by min, which may be negative. */
function exceeds(product: Quantity, most: Quantity, min: Quantity): boolean {
  return min > 0n ? product > most : min < 0n && product < most;
}

function amountsOf(limit: Mapping, key: string, type: string, at: Field): Map<string, Quantity> {
  const amounts = new Map<string, Quantity>();
  const part = limit[key];
  if (!isMapping(part)) return amounts;
  for (const name of Object.keys(part)) {
    const place = at.at(key).at(name);
    if (type === 'Pod' || type === 'Container') checkContainerResourceName(name, place);
    else checkResourceName(name, place);
    const amount = amountOf(part, name);
    if (amount !== undefined) amounts.set(name, amount);
  }
  return amounts;
}

export const LIMIT_RANGE_KINDS: readonly ServerKind[] = [
  {
    group: '',
    kind: 'LimitRange',
    namespaced: true,
    name: DNS_SUBDOMAIN,
    check: checkLimitRange,
    rules: [REFUSED_LIMIT_RANGE],
  },
];
