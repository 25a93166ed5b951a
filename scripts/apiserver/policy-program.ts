import { type AdmissionScope, admissionEnvironment, PolicyVariables } from '../cel/admission.ts';
import { type Compiled, compile, evaluate, type Outcome } from '../cel/compile.ts';
import { NotEvaluated } from '../cel/not-evaluated.ts';
import { isMapping, type Mapping } from '../core/value.ts';
import { EMPTY, has, list, mapping, text } from './read.ts';

interface Validation {
  readonly expression: string;
  readonly compiled: Compiled;
  readonly message: string;
  readonly messageExpression: Compiled | undefined;
}

/** A ValidatingAdmissionPolicy, compiled. What does not compile is reported where the policy stands, and left out. */
export interface PolicyProgram {
  readonly name: string;
  readonly match: Mapping;
  readonly paramKind: Mapping | undefined;
  /** A condition or validation that cannot be evaluated counts as refused. */
  readonly fails: boolean;
  readonly conditions: readonly Compiled[];
  readonly variables: readonly { readonly name: string; readonly compiled: Compiled }[];
  readonly validations: readonly Validation[];
}

/** The variables of one request, without `variables`. */
export type RequestVariables = Readonly<Record<string, unknown>>;

const programs = new WeakMap<Mapping, Map<number, PolicyProgram>>();

export function policyProgram(manifest: Mapping, minor: number): PolicyProgram {
  const known = programs.get(manifest) ?? new Map<number, PolicyProgram>();
  programs.set(manifest, known);
  let made = known.get(minor);
  if (made === undefined) {
    made = compilePolicy(manifest, minor);
    known.set(minor, made);
  }
  return made;
}

function compilePolicy(manifest: Mapping, minor: number): PolicyProgram {
  const spec = mapping(manifest, 'spec') ?? EMPTY;
  const params = has(spec, 'paramKind');
  const types: Record<string, string> = {};
  const scope = (conditions: boolean): AdmissionScope => ({
    minor,
    params,
    conditions,
    ...(!conditions && Object.keys(types).length > 0 && { variables: { ...types } }),
  });
  const compiledIn = (part: Mapping, key: string, conditions = false): Compiled =>
    compile(text(part, key) ?? '', admissionEnvironment(scope(conditions)));
  const compiles = (compiled: Compiled): boolean => compiled.is !== 'problem';

  const conditions = list(spec, 'matchConditions')
    .filter(isMapping)
    .map((condition) => compiledIn(condition, 'expression', true));
  const variables: { name: string; compiled: Compiled }[] = [];
  for (const variable of list(spec, 'variables')) {
    if (!isMapping(variable)) continue;
    const name = text(variable, 'name') ?? '';
    const compiled = compiledIn(variable, 'expression');
    if (!/^[A-Za-z_]\w*$/.test(name) || Object.hasOwn(types, name) || !compiles(compiled)) continue;
    variables.push({ name, compiled });
    types[name] = compiled.is === 'program' ? compiled.type : 'dyn';
  }
  const validations = list(spec, 'validations')
    .filter(isMapping)
    .map((validation) => ({
      expression: (text(validation, 'expression') ?? '').trim(),
      compiled: compiledIn(validation, 'expression'),
      message: (text(validation, 'message') ?? '').trim(),
      messageExpression: has(validation, 'messageExpression')
        ? compiledIn(validation, 'messageExpression')
        : undefined,
    }))
    .filter(({ compiled }) => compiles(compiled));
  return {
    name: text(mapping(manifest, 'metadata') ?? EMPTY, 'name') ?? '',
    match: mapping(spec, 'matchConstraints') ?? EMPTY,
    paramKind: mapping(spec, 'paramKind'),
    fails: spec.failurePolicy !== 'Ignore',
    conditions: conditions.filter(compiles),
    variables,
    validations,
  };
}

/** `variables` of one request: each is found when an expression first reads it. */
export function withVariables(program: PolicyProgram, request: RequestVariables): RequestVariables {
  const values = new PolicyVariables();
  const all = { ...request, variables: values };
  for (const { name, compiled } of program.variables) {
    let outcome: Outcome | undefined;
    Object.defineProperty(values, name, {
      enumerable: true,
      get() {
        outcome ??= evaluate(compiled, all);
        if (outcome.is === 'value') return outcome.value;
        throw outcome.is === 'not-evaluated' ? new NotEvaluated(outcome.what) : new Error(outcome.message);
      },
    });
  }
  return all;
}
