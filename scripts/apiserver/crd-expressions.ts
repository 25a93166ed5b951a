import { type Compiled, compile } from '../cel/compile.ts';
import type { SchemaTypes } from '../cel/schema-types.ts';
import type { Mapping } from '../core/value.ts';
import { exceedsBudget } from './crd-cost.ts';
import { partAt, stepsOf } from './crd-version.ts';
import type { Field } from './field.ts';
import { writtenOneOf } from './fields.ts';
import { each, flag, has, list, text, textOf } from './read.ts';

/** Where in a schema rules stand, and what is known around them. */
export interface RulePlace {
  readonly types: () => SchemaTypes;
  readonly root: Mapping;
  /** From the root down. */
  readonly steps: readonly SchemaStep[];
  /** Whether the value before the change can be found: not within a list without keys. */
  readonly correlatable: boolean;
}

export type SchemaStep =
  | { readonly field: string; readonly of: Mapping }
  | { readonly items: Mapping }
  | { readonly values: Mapping };

const REASONS = ['FieldValueRequired', 'FieldValueForbidden', 'FieldValueInvalid', 'FieldValueDuplicate'];
const RULES = 'x-kubernetes-validations';

/** `x-kubernetes-validations` of one part of a schema. */
export function checkRules(schema: Mapping, at: Field, resource: boolean, place: RulePlace): void {
  if (list(schema, RULES).length === 0) return;
  if ((schema.type ?? '') === '' && flag(schema, 'x-kubernetes-int-or-string') !== true)
    at.at(RULES).refuse('rules stand where no type is said, expected a type for the value that they see');
  each(schema, RULES, at, (rule, where) => {
    checkTexts(rule, where);
    writtenOneOf(rule, 'reason', REASONS, where);
    checkFieldPath(rule, schema, where);
    const source = (text(rule, 'rule') ?? '').trim();
    if (source !== '') checkExpressions(rule, source, schema, resource, where, place);
  });
}

function checkTexts(rule: Mapping, at: Field): void {
  const source = textOf(rule.rule ?? null);
  if (source !== undefined && source.trim() === '') at.at('rule').required('an expression');
  const message = text(rule, 'message') ?? '';
  if (message !== '' && message.trim() === '') at.at('message').invalid(message, 'a text that is not blank');
  else if (/[\n\r]/.test(message.trim())) at.at('message').invalid(message, 'a text without line breaks');
  else if (message === '' && /[\n\r]/.test((source ?? '').trim()))
    at.at('message').required('a message, since the rule has line breaks');
  const own = text(rule, 'messageExpression') ?? '';
  if (own !== '' && own.trim() === '') at.at('messageExpression').required('an expression that is not blank');
}

function checkFieldPath(rule: Mapping, schema: Mapping, at: Field): void {
  const path = text(rule, 'fieldPath') ?? '';
  if (path === '') return;
  const steps = stepsOf(path);
  if (steps === undefined || partAt(schema, steps) === undefined)
    at.at('fieldPath').invalid(
      path,
      'the path of a field of this part, such as ".spec.color", without items of lists',
    );
}

function checkExpressions(
  rule: Mapping,
  source: string,
  schema: Mapping,
  resource: boolean,
  at: Field,
  place: RulePlace,
): void {
  const optional = flag(rule, 'optionalOldSelf') === true;
  const scope = place.types().scopeOf(schema, resource, optional ? 'optional' : 'plain');
  if (scope === undefined) return;
  const compiled = compile(source, scope.environment, scope.names);
  checkCompiled(compiled, 'bool', 'rule', at);
  if (compiled.is === 'program') {
    const usesOld = /\boldSelf\b/.test(source);
    if (usesOld && !place.correlatable)
      at.at('rule').refuse(
        'rule uses oldSelf within a list without keys, expected a part that can be found again after a change',
      );
    if (has(rule, 'optionalOldSelf') && !usesOld)
      at.at('optionalOldSelf').refuse('optionalOldSelf is set, expected a rule that uses oldSelf');
    if (exceedsBudget(compiled.run.ast, scope.self, schema, place.steps)) tooDear('rule', at);
  }
  const message = (text(rule, 'messageExpression') ?? '').trim();
  if (message === '') return;
  const said = compile(message, scope.environment, scope.names);
  checkCompiled(said, 'string', 'messageExpression', at);
  if (said.is === 'program' && exceedsBudget(said.run.ast, scope.self, schema, []))
    tooDear('messageExpression', at);
}

function tooDear(key: string, at: Field): void {
  at.at(key).refuse(
    `${key} may cost more than the server allows, expected maxItems, maxProperties and maxLength in what it walks over`,
  );
}

function checkCompiled(compiled: Compiled, type: string, key: string, at: Field): void {
  if (compiled.is === 'problem') at.at(key).refuse(`${key} does not compile: ${compiled.message}`);
  else if (
    compiled.is === 'program' &&
    compiled.type !== type &&
    !(compiled.type.startsWith('dyn') && type === 'string')
  )
    at.at(key).refuse(`${key} gives ${compiled.type}, expected ${type}`);
}
