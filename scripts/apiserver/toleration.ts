import type { Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { each, has, integer, text } from './read.ts';
import { serverRule } from './rule.ts';
import { LABEL_VALUE, QUALIFIED_NAME } from './syntax.ts';

export const REFUSED_TOLERATION = serverRule({
  id: 'refused-toleration',
  title: 'Toleration that the API server refuses',
  why: 'A toleration that contradicts itself tolerates no taint.',
  fix: 'Use operator Exists without a value or Equal with one; only effect NoExecute takes `tolerationSeconds`.',
  covers: ['key, operator, value, effect and seconds of tolerations'],
});

const PARTS = ['key', 'operator', 'value', 'effect', 'tolerationSeconds'];
const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/** The field `tolerations` of `map`; `once`: each may stand only once, as in a RuntimeClass. */
export function checkTolerations(map: Mapping, parent: Field, once = false, key = 'tolerations'): void {
  if (!has(map, key)) return;
  const seen = new Set<string>();
  each(map, key, parent.under(REFUSED_TOLERATION), (toleration, at) => {
    checkToleration(toleration, at);
    if (!once) return;
    const whole = JSON.stringify(PARTS.map((key) => text(toleration, key) ?? integer(toleration, key) ?? ''));
    if (seen.has(whole)) at.refuse('toleration stands twice, expected each once');
    seen.add(whole);
  });
}

function checkToleration(toleration: Mapping, at: Field): void {
  const key = text(toleration, 'key') ?? '';
  if (key !== '' && !QUALIFIED_NAME.test(key)) at.at('key').invalid(key, QUALIFIED_NAME.expected);
  const operator = toleration.operator ?? '';
  const value = text(toleration, 'value') ?? '';
  if (key === '' && operator !== 'Exists' && typeof operator === 'string')
    at.at('operator').refuse(`operator is "${operator}" without a key, expected Exists`);
  const effect = text(toleration, 'effect') ?? '';
  if (has(toleration, 'tolerationSeconds') && effect !== 'NoExecute')
    at.at('effect').refuse(`effect is "${effect}" beside tolerationSeconds, expected NoExecute`);
  if (operator === '' || operator === 'Equal') {
    if (!LABEL_VALUE.test(value))
      at.alias('operator', 'value').refuse(`value is "${value}", expected ${LABEL_VALUE.expected}`);
  } else if (operator === 'Exists') {
    if (value !== '')
      at.alias('operator', 'value').refuse('value is set, expected none with operator Exists');
  } else if (typeof operator === 'string') at.at('operator').unsupported(operator, ['Equal', 'Exists']);
  if (effect !== '' && !EFFECTS.includes(effect)) at.at('effect').unsupported(effect, EFFECTS);
}
