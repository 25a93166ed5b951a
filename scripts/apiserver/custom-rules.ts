import { type Compiled, compile, evaluate } from '../cel/compile.ts';
import { celLibrary } from '../cel/load.ts';
import { SchemaTypes, type SelfScope } from '../cel/schema-types.ts';
import type { RuleViolation } from '../core/finding.ts';
import type { Path } from '../core/path.ts';
import { isMapping, type Mapping, type Value } from '../core/value.ts';
import type { Resolve, Shape } from '../schema/shape.ts';
import { stepsOf } from './crd-version.ts';
import { withDefaults } from './custom-defaults.ts';
import { list, text } from './read.ts';
import { serverRule } from './rule.ts';
import { Bearing, structuralOf } from './structural.ts';

export const REFUSED_BY_DEFINITION = serverRule({
  id: 'refused-by-definition',
  title: 'Custom resource that a rule of its definition refuses',
  why: 'The CustomResourceDefinition states, as an expression, what its objects have to satisfy beyond their types, and the API server holds every object to it.',
  fix: 'Change the fields that the message names so that the rule holds.',
  covers: [
    'rules of `x-kubernetes-validations`, of the definitions in `schemas/` and of those that are rendered for the cluster, with the defaults of the schema',
  ],
});

const RULES = 'x-kubernetes-validations';
const RULED = new Bearing(RULES);

interface Program {
  readonly rule: Mapping;
  readonly scope: SelfScope;
  readonly compiled: Compiled;
  readonly message: Compiled | undefined;
  /** Compares with the object as it was: holds for a new object. */
  readonly transition: boolean;
  readonly fieldPath: Path;
}

/** The rules of one version of a custom resource, compiled when an object first reaches them. */
export class CustomRules {
  readonly #schema: Mapping;
  readonly #minor: number;
  #made: SchemaTypes | undefined;
  readonly #programs = new Map<Mapping, readonly Program[]>();
  readonly #checked = new WeakMap<Mapping, readonly RuleViolation[]>();

  constructor(shape: Shape, resolve: Resolve, minor: number) {
    this.#schema = structuralOf(shape, resolve);
    this.#minor = minor;
  }

  /** Made when the first rule is met. */
  get #types(): SchemaTypes {
    this.#made ??= new SchemaTypes(this.#minor);
    return this.#made;
  }

  /** What the rules refuse of an object that its schema accepts. */
  check(manifest: Mapping): readonly RuleViolation[] {
    let found = this.#checked.get(manifest);
    if (found === undefined) {
      const violations: RuleViolation[] = [];
      // The status is wiped when an object is created.
      const { status: _, ...object } = manifest;
      this.#walk(withDefaults(object, this.#schema), this.#schema, [], violations);
      found = violations;
      this.#checked.set(manifest, found);
    }
    return found;
  }

  #walk(value: Value | undefined, schema: Mapping, at: Path, found: RuleViolation[]): void {
    if (value === undefined || value === null || !RULED.has(schema)) return;
    if (schema[RULES] !== undefined) this.#judge(value, schema, at, found);
    if (Array.isArray(value)) {
      const { items } = schema;
      if (isMapping(items) && RULED.has(items))
        for (let i = 0; i < value.length; i++) this.#walk(value[i], items, [...at, i], found);
    } else if (isMapping(value)) {
      for (const [key, part] of RULED.fields(schema))
        if (value[key] !== undefined) this.#walk(value[key], part, [...at, key], found);
      const { additionalProperties } = schema;
      if (isMapping(additionalProperties) && RULED.has(additionalProperties))
        for (const key of Object.keys(value))
          this.#walk(value[key], additionalProperties, [...at, key], found);
    }
  }

  #judge(value: Value, schema: Mapping, at: Path, found: RuleViolation[]): void {
    const programs = this.#programsOf(schema, at.length === 0);
    if (programs.length === 0) return;
    const self = this.#types.nodeOf(schema, at.length === 0)?.convert(value);
    let scope: SelfScope | undefined;
    let variables: Readonly<Record<string, unknown>> = {};
    for (const program of programs) {
      if (program.transition) continue;
      if (program.scope !== scope) {
        scope = program.scope;
        variables = { [scope.self]: self, [scope.oldSelf]: celLibrary().Optional.none() };
      }
      const outcome = evaluate(program.compiled, variables);
      if (outcome.is === 'value' && outcome.value === true) continue;
      const place = [...at, ...program.fieldPath];
      const rule = text(program.rule, 'rule') ?? '';
      if (outcome.is === 'not-evaluated')
        found.push({
          rule: REFUSED_BY_DEFINITION,
          at: place,
          message: `the rule "${rule}" was not evaluated: it needs ${outcome.what}`,
        });
      else {
        const reason = outcome.is === 'error' ? ` (${outcome.message})` : '';
        found.push({
          rule: REFUSED_BY_DEFINITION,
          at: place,
          message: `${messageOf(program, variables) ?? `the rule "${rule.trim()}" does not hold`}${reason}`,
        });
      }
    }
  }

  #programsOf(schema: Mapping, root: boolean): readonly Program[] {
    let programs = this.#programs.get(schema);
    if (programs === undefined) {
      programs = list(schema, RULES)
        .filter(isMapping)
        .flatMap((rule) => this.#programOf(rule, schema, root));
      this.#programs.set(schema, programs);
    }
    return programs;
  }

  #programOf(rule: Mapping, schema: Mapping, root: boolean): Program[] {
    const source = text(rule, 'rule') ?? '';
    const optional = rule.optionalOldSelf === true;
    const scope = this.#types.scopeOf(schema, root, optional ? 'optional' : 'plain');
    if (scope === undefined) return [];
    const { environment, names } = scope;
    const message = text(rule, 'messageExpression') ?? '';
    return [
      {
        rule,
        scope,
        compiled: compile(source, environment, names),
        message: message === '' ? undefined : compile(message, environment, names),
        transition: !optional && /\boldSelf\b/.test(source),
        fieldPath: stepsOf(text(rule, 'fieldPath') ?? '') ?? [],
      },
    ];
  }
}

function messageOf(
  { rule, message }: Program,
  variables: Readonly<Record<string, unknown>>,
): string | undefined {
  if (message !== undefined) {
    const outcome = evaluate(message, variables);
    if (outcome.is === 'value' && typeof outcome.value === 'string' && outcome.value.trim() !== '')
      return outcome.value;
  }
  const written = (text(rule, 'message') ?? '').trim();
  return written === '' ? undefined : written.replace(/\.$/, '');
}
