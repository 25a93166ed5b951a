import { isEmpty, items, mapping, mappings, text } from './fields.ts';
import type { Mapping, Value } from './value.ts';

/** A plain map of labels, as in a Service: every one of them is on the object. An empty one selects nothing here. */
export function hasLabels(wanted: Mapping, labels: Mapping): boolean {
  let any = false;
  for (const key in wanted) {
    if (labels[key] !== wanted[key]) return false;
    any = true;
  }
  return any;
}

/**
 * A label selector (`matchLabels`, `matchExpressions`), as in apimachinery's LabelSelectorAsSelector: an empty one
 * selects everything, an absent one nothing.
 */
export function selects(selector: Value | undefined, labels: Mapping): boolean {
  if (selector === undefined || selector === null) return false;
  const { matchLabels, matchExpressions } = mapping(selector);
  const wanted = mapping(matchLabels);
  if (!isEmpty(wanted) && !hasLabels(wanted, labels)) return false;
  for (const [, expression] of mappings(matchExpressions)) {
    if (!meets(expression, labels)) return false;
  }
  return true;
}

/** Selects every object there is. */
export function selectsAll(selector: Value | undefined): boolean {
  const { matchLabels, matchExpressions } = mapping(selector);
  return selector !== undefined && isEmpty(mapping(matchLabels)) && items(matchExpressions).length === 0;
}

function meets({ key, operator, values }: Mapping, labels: Mapping): boolean {
  const value = labels[text(key) ?? ''];
  switch (operator) {
    case 'In':
      return value !== undefined && items(values).includes(value);
    case 'NotIn':
      return value === undefined || !items(values).includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}

/** How a message shows it: `app=web,tier in (a,b)`. */
export function describeLabels(labels: Mapping): string {
  return Object.keys(labels)
    .sort()
    .map((key) => `${key}=${String(labels[key])}`)
    .join(',');
}

/** The same of a whole selector. */
export function describeSelector(selector: Value | undefined): string {
  const { matchLabels, matchExpressions } = mapping(selector);
  const parts = isEmpty(mapping(matchLabels)) ? [] : [describeLabels(mapping(matchLabels))];
  for (const [, { key, operator, values }] of mappings(matchExpressions)) {
    const list = items(values).length === 0 ? '' : ` (${items(values).join(',')})`;
    parts.push(`${String(key)} ${String(operator)}${list}`);
  }
  return parts.join(',');
}
