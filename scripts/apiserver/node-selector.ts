import type { Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { needItems } from './fields.ts';
import { each, eachText, list, text } from './read.ts';
import { serverRule } from './rule.ts';
import { DNS_SUBDOMAIN, LABEL_VALUE, QUALIFIED_NAME } from './syntax.ts';

export const REFUSED_NODE_SELECTOR = serverRule({
  id: 'refused-node-selector',
  title: 'Node selector that the API server refuses',
  why: 'A term that no node can satisfy by its own grammar is refused.',
  fix: 'Use In and NotIn with values, Exists and DoesNotExist without, Gt and Lt with one; `matchFields` knows only `metadata.name`.',
  covers: ['terms, keys, operators and values of node affinity, in pods and PersistentVolumes'],
});

const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'];

/** `nodeSelectorTerms` of a required node selector. */
export function checkNodeSelectorTerms(selector: Mapping, parent: Field): void {
  const at = parent.under(REFUSED_NODE_SELECTOR);
  if (needItems(selector, 'nodeSelectorTerms', 'at least one term', at))
    each(selector, 'nodeSelectorTerms', at, (term, place) => checkNodeSelectorTerm(term, place, true));
}

/** `required`: preferred terms leave the values of labels unchecked. */
export function checkNodeSelectorTerm(term: Mapping, parent: Field, required: boolean): void {
  const at = parent.under(REFUSED_NODE_SELECTOR);
  each(term, 'matchExpressions', at, (requirement, place) => checkRequirement(requirement, place, required));
  each(term, 'matchFields', at, checkFieldRequirement);
}

function checkRequirement(requirement: Mapping, at: Field, required: boolean): void {
  const operator = requirement.operator ?? '';
  const count = list(requirement, 'values').length;
  if (operator === 'In' || operator === 'NotIn') {
    if (count === 0) at.at('values').required(`at least one value with operator ${operator}`);
  } else if (operator === 'Exists' || operator === 'DoesNotExist') {
    if (count > 0) at.at('values').forbidden(`with operator ${operator}`);
  } else if (operator === 'Gt' || operator === 'Lt') {
    if (count !== 1) at.at('values').required(`exactly one value with operator ${operator}`);
  } else if (typeof operator === 'string') at.at('operator').unsupported(operator, OPERATORS);
  const key = text(requirement, 'key') ?? '';
  if (!QUALIFIED_NAME.test(key)) at.at('key').invalid(key, QUALIFIED_NAME.expected);
  if (required)
    eachText(requirement, 'values', at, (value, place) => {
      if (!LABEL_VALUE.test(value)) place.invalid(value, LABEL_VALUE.expected);
    });
}

function checkFieldRequirement(requirement: Mapping, at: Field): void {
  const operator = requirement.operator ?? '';
  if (operator === 'In' || operator === 'NotIn') {
    if (list(requirement, 'values').length !== 1)
      at.at('values').required(`exactly one value with operator ${operator}`);
  } else if (typeof operator === 'string') at.at('operator').unsupported(operator, ['In', 'NotIn']);
  const key = requirement.key ?? '';
  if (key !== 'metadata.name') {
    if (typeof key === 'string') at.at('key').unsupported(key, ['metadata.name']);
    return;
  }
  eachText(requirement, 'values', at, (value, place) => {
    if (!DNS_SUBDOMAIN.test(value)) place.invalid(value, DNS_SUBDOMAIN.expected);
  });
}
