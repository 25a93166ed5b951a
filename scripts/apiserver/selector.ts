import type { Mapping, Value } from '../core/value.ts';
import { isMapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { checkLabels } from './labels.ts';
import { each, eachText, inside, list, mapping, text, textOf } from './read.ts';
import { serverRule } from './rule.ts';
import { LABEL_VALUE, QUALIFIED_NAME } from './syntax.ts';

export const REFUSED_SELECTOR = serverRule({
  id: 'refused-selector',
  title: 'Label selector that the API server refuses',
  why: 'A selector that cannot match by its own grammar, or that does not match the labels of its own pod template, is refused as a whole.',
  fix: 'Select by labels that the template carries, with operators In and NotIn with values, or Exists and DoesNotExist without.',
  covers: [
    'keys, operators and values of `matchLabels` and `matchExpressions`, wherever a selector stands',
    'the selector of a workload is there, is not empty, and matches the labels of its template',
  ],
});

const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

/** A label selector in `map[key]`, where there is one. */
export function checkSelector(map: Mapping, key: string, parent: Field): void {
  inside(map, key, parent.under(REFUSED_SELECTOR), checkParts);
}

/** The label selectors of a list. */
export function checkSelectors(map: Mapping, key: string, parent: Field): void {
  each(map, key, parent.under(REFUSED_SELECTOR), checkParts);
}

function checkParts(selector: Mapping, at: Field): void {
  checkLabels(selector, 'matchLabels', at);
  each(selector, 'matchExpressions', at, checkRequirement);
}

function checkRequirement(requirement: Mapping, at: Field): void {
  const operator = text(requirement, 'operator') ?? '';
  const values = list(requirement, 'values');
  if (operator === 'In' || operator === 'NotIn') {
    if (values.length === 0) at.at('values').required(`at least one value with operator ${operator}`);
  } else if (operator === 'Exists' || operator === 'DoesNotExist') {
    if (values.length > 0) at.at('values').forbidden(`with operator ${operator}`);
  } else at.at('operator').unsupported(operator, OPERATORS);
  const name = text(requirement, 'key') ?? '';
  if (!QUALIFIED_NAME.test(name)) at.at('key').invalid(name, QUALIFIED_NAME.expected);
  eachText(requirement, 'values', at, (value, place) => {
    if (!LABEL_VALUE.test(value)) place.invalid(value, LABEL_VALUE.expected);
  });
}

/** Whether a selector has no term at all. */
export function isEmptySelector(selector: Mapping): boolean {
  const labels = mapping(selector, 'matchLabels');
  return (
    (labels === undefined || Object.keys(labels).length === 0) &&
    list(selector, 'matchExpressions').length === 0
  );
}

/** Whether the labels satisfy the selector; a selector with mistakes of its own matches nothing. */
export function selectorMatches(selector: Mapping, labels: Value | undefined): boolean {
  const own = isMapping(labels) ? labels : undefined;
  const has = (name: string): boolean => own !== undefined && Object.hasOwn(own, name);
  const wanted = mapping(selector, 'matchLabels');
  if (wanted !== undefined) {
    for (const name of Object.keys(wanted))
      if (!has(name) || textOf(own?.[name]) !== textOf(wanted[name])) return false;
  }
  for (const item of list(selector, 'matchExpressions')) {
    if (!isMapping(item)) return false;
    const name = text(item, 'key') ?? '';
    const values = list(item, 'values');
    const value = has(name) ? textOf(own?.[name]) : undefined;
    const listed = value !== undefined && values.some((each) => textOf(each) === value);
    switch (item.operator) {
      case 'In':
        if (!listed) return false;
        break;
      case 'NotIn':
        if (listed) return false;
        break;
      case 'Exists':
        if (value === undefined) return false;
        break;
      case 'DoesNotExist':
        if (value !== undefined) return false;
        break;
      default:
        return false;
    }
  }
  return true;
}
