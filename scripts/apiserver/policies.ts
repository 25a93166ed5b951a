import { evaluate } from '../cel/compile.ts';
import { toCel } from '../cel/convert.ts';
import type { RuleViolation, Severity } from '../core/finding.ts';
import { CLUSTER_SCOPED, type Inventory } from '../core/inventory.ts';
import { groupOf } from '../core/resource.ts';
import type { Mapping } from '../core/value.ts';
import type { AdmissionViolation } from './admission.ts';
import { serverOf } from './context.ts';
import { type MatchedObject, matchesResources, pluralsOf } from './policy-match.ts';
import { paramsOf } from './policy-params.ts';
import { type PolicyProgram, policyProgram, type RequestVariables, withVariables } from './policy-program.ts';
import { requestOf } from './policy-request.ts';
import { EMPTY, list, mapping, text } from './read.ts';
import { serverRule } from './rule.ts';

export const REFUSED_BY_ADMISSION_POLICY = serverRule({
  id: 'refused-by-admission-policy',
  title: 'Object that an admission policy of its cluster refuses',
  why: 'A ValidatingAdmissionPolicy with a binding holds every object that it matches to its expressions when it is applied.',
  fix: 'Change the object so that the expression holds, or the policy, if it asks for too much.',
  covers: [
    'ValidatingAdmissionPolicies and their bindings that are rendered for the cluster, evaluated for its objects as they are created; `Deny` is an error, `Warn` a warning',
    'parameters from objects of the same cluster; the authorizer and the user who applies are not known, and what asks for them is counted as not evaluated',
  ],
});

const GROUP = 'admissionregistration.k8s.io';

export interface PolicyResult {
  readonly found: readonly AdmissionViolation[];
  /** Policies that ask for what only a server knows, one line each. */
  readonly notEvaluated: readonly string[];
}

interface Bound {
  readonly program: PolicyProgram;
  readonly binding: Mapping;
  readonly severity: Severity;
}

const NOTHING: PolicyResult = Object.freeze({ found: [], notEvaluated: [] });

/** What the policies of a cluster refuse of its own objects. */
export function checkPolicies(inventory: Inventory): PolicyResult {
  const { minor } = serverOf(inventory.cluster.kubernetesVersion);
  const bound = boundPolicies(inventory, minor);
  if (bound.length === 0) return NOTHING;
  const found: AdmissionViolation[] = [];
  const unknown = new Map<string, Set<string>>();
  const pluralOf = pluralsOf(inventory);
  for (const resource of inventory.resources) {
    // Policies do not judge what they are made of.
    if (groupOf(resource.id.apiVersion) === GROUP && !resource.id.kind.endsWith('WebhookConfiguration'))
      continue;
    const namespace = CLUSTER_SCOPED.has(resource.id.kind) ? '' : inventory.namespaceOf(resource);
    const object: MatchedObject = { resource, namespace, plural: pluralOf(resource) };
    const said = new Set<string>();
    for (const { program, binding, severity } of bound) {
      if (!matchesResources(program.match, object, inventory)) continue;
      if (!matchesResources(mapping(binding, 'matchResources') ?? EMPTY, object, inventory)) continue;
      for (const problem of judge(program, binding, object, inventory)) {
        if (problem.unknown !== undefined) remember(unknown, program.name, problem.unknown);
        else if (!said.has(problem.message)) {
          said.add(problem.message);
          found.push({ resource, violation: violationOf(problem.message, severity) });
        }
      }
    }
  }
  const notEvaluated = Array.from(
    unknown,
    ([name, asked]) => `ValidatingAdmissionPolicy "${name}", which asks for ${[...asked].sort().join(', ')}`,
  );
  return { found, notEvaluated: notEvaluated.sort() };
}

function remember(unknown: Map<string, Set<string>>, name: string, what: string): void {
  const asked = unknown.get(name);
  if (asked === undefined) unknown.set(name, new Set([what]));
  else asked.add(what);
}

function violationOf(message: string, severity: Severity): RuleViolation {
  return { rule: REFUSED_BY_ADMISSION_POLICY, at: [], message, severity };
}

function boundPolicies(inventory: Inventory, minor: number): readonly Bound[] {
  const bindings = inventory.ofKind(GROUP, 'ValidatingAdmissionPolicyBinding');
  if (bindings.length === 0) return [];
  return bindings.flatMap(({ manifest }) => {
    const binding = mapping(manifest, 'spec') ?? EMPTY;
    const policy = inventory.find(GROUP, 'ValidatingAdmissionPolicy', '', text(binding, 'policyName') ?? '');
    const actions = list(binding, 'validationActions');
    const severity: Severity | undefined = actions.includes('Deny')
      ? 'error'
      : actions.includes('Warn')
        ? 'warning'
        : undefined;
    if (policy === undefined || severity === undefined) return [];
    return [{ program: policyProgram(policy.manifest, minor), binding, severity }];
  });
}

type Problem = { readonly message: string; readonly unknown?: undefined } | { readonly unknown: string };

function* judge(
  program: PolicyProgram,
  binding: Mapping,
  object: MatchedObject,
  inventory: Inventory,
): Generator<Problem> {
  const request = requestOf(object, inventory);
  const params = paramsOf(program, binding, object, inventory);
  if (params === 'missing') {
    yield { message: `the policy "${program.name}" has no parameters for it, and its binding then refuses` };
    return;
  }
  for (const param of params) {
    const variables = withVariables(program, {
      ...request,
      params: param === undefined ? null : toCel(param),
    });
    const applies = conditionsHold(program, variables);
    if (applies === true) yield* validate(program, variables);
    else if (applies !== false) yield applies;
  }
}

/** Every condition holds; a problem where one could not be evaluated. */
function conditionsHold(program: PolicyProgram, variables: RequestVariables): boolean | Problem {
  let problem: Problem | undefined;
  for (const condition of program.conditions) {
    const outcome = evaluate(condition, variables);
    if (outcome.is === 'not-evaluated') problem ??= { unknown: outcome.what };
    else if (outcome.is === 'error') {
      if (!program.fails) return false;
      problem ??= {
        message: `a condition of the policy "${program.name}" cannot be evaluated: ${outcome.message}`,
      };
    } else if (outcome.value !== true) return false;
  }
  return problem ?? true;
}

function* validate(program: PolicyProgram, variables: RequestVariables): Generator<Problem> {
  for (const validation of program.validations) {
    const outcome = evaluate(validation.compiled, variables);
    if (outcome.is === 'not-evaluated') yield { unknown: outcome.what };
    else if (outcome.is === 'error') {
      if (program.fails)
        yield {
          message: `the policy "${program.name}" cannot evaluate "${validation.expression}": ${outcome.message}`,
        };
    } else if (outcome.value !== true) {
      const own =
        validation.messageExpression === undefined
          ? undefined
          : evaluate(validation.messageExpression, variables);
      const said =
        own?.is === 'value' && typeof own.value === 'string' && own.value.trim() !== ''
          ? own.value.trim()
          : validation.message;
      const message = said === '' ? `expected "${validation.expression}" to hold` : said.replace(/\.$/, '');
      yield { message: `the policy "${program.name}" refuses it: ${message}` };
    }
  }
}
