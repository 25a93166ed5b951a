import { type AdmissionScope, admissionEnvironment } from '../cel/admission.ts';
import { type Compiled, compile } from '../cel/compile.ts';
import { isMapping, type Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { needText, unique } from './fields.ts';
import { each, list, text, textOf } from './read.ts';
import { QUALIFIED_NAME } from './syntax.ts';

/** The environment in which the expressions of a policy compile, once its variables are known. */
export type Variables = AdmissionScope;

const MOST_CONDITIONS = 64;

/** `matchConditions` of a webhook or a policy. */
export function checkMatchConditions(
  map: Mapping,
  at: Field,
  _of: 'webhook' | 'policy',
  params = false,
): void {
  const conditions = list(map, 'matchConditions');
  if (conditions.length === 0) return;
  if (conditions.length > MOST_CONDITIONS)
    at.at('matchConditions').tooLong(conditions.length, MOST_CONDITIONS, 'items');
  const scope: AdmissionScope = { minor: at.context.minor, params, conditions: true };
  each(map, 'matchConditions', at, (condition, place) => {
    checkExpression(condition, 'expression', place, scope, ['bool']);
    if (!needText(condition, 'name', 'a name', place)) return;
    const name = text(condition, 'name');
    if (name !== undefined && !QUALIFIED_NAME.test(name))
      place.at('name').invalid(name, QUALIFIED_NAME.expected);
  });
  unique(
    conditions.map((item) => (isMapping(item) ? textOf(item.name) || undefined : undefined)),
    (index) => at.at('matchConditions').at(index).at('name'),
  );
}

const RESERVED = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(
    ' ',
  ),
);

/** `variables` of a policy: each sees those before it. */
export function checkVariables(spec: Mapping, at: Field, params: boolean): Variables {
  const types: Record<string, string> = {};
  const scopeOf = (): AdmissionScope => ({
    minor: at.context.minor,
    params,
    conditions: false,
    ...(list(spec, 'variables').length > 0 && { variables: { ...types } }),
  });
  each(spec, 'variables', at, (variable, place) => {
    const compiled = checkExpression(variable, 'expression', place, scopeOf(), undefined);
    const name = text(variable, 'name') ?? '';
    if (!needText(variable, 'name', 'a name', place)) return;
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || RESERVED.has(name))
      place.at('name').invalid(name, 'an identifier of CEL: letters, digits and "_", none of its own words');
    else types[name] = compiled?.is === 'program' ? compiled.type : 'dyn';
  });
  return scopeOf();
}

/**
 * An expression is there and compiles, to one of `types` where some are wanted. What this CEL cannot say passes: the
 * server decides.
 */
export function checkExpression(
  map: Mapping,
  key: string,
  at: Field,
  scope: AdmissionScope,
  types: readonly string[] | undefined,
): Compiled | undefined {
  const source = map[key] ?? '';
  if (typeof source !== 'string') return undefined;
  if (source.trim() === '') {
    at.at(key).required('an expression');
    return undefined;
  }
  const compiled = compile(source, admissionEnvironment(scope));
  if (compiled.is === 'problem')
    at.at(key).refuse(`${at.at(key).label} does not compile: ${compiled.message}`);
  else if (compiled.is === 'program' && types !== undefined && !fits(compiled.type, types, source))
    at.at(key).refuse(`${at.at(key).label} gives ${compiled.type}, expected ${types.join(' or ')}`);
  return compiled;
}

const SCALARS = new Set(['bool', 'int', 'uint', 'double', 'string', 'bytes', 'null']);

function fits(type: string, types: readonly string[], source: string): boolean {
  // Patches are made of messages, whose types are not known here; an optional's type is not followed to its end.
  if (types.includes('ApplyConfiguration')) return !/^(?:list|map)</.test(type) && !SCALARS.has(type);
  if (types.includes('JSONPatch')) return !type.startsWith('map<') && !SCALARS.has(type);
  return types.includes(type) || (type.startsWith('dyn') && /\?|optional/.test(source));
}
