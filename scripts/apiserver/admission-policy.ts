import { isMapping, type Mapping } from '../core/value.ts';
import { checkExpression, checkMatchConditions, checkVariables, type Variables } from './expressions.ts';
import type { Field } from './field.ts';
import { needItems, needOneOf, needText, unique, writtenOneOf } from './fields.ts';
import type { ServerKind } from './kind.ts';
import { checkMatchResources } from './match-rules.ts';
import { EMPTY, each, has, list, mapping, text, textOf } from './read.ts';
import { serverRule } from './rule.ts';
import { DNS_1035_LABEL, DNS_SUBDOMAIN, QUALIFIED_NAME } from './syntax.ts';

export const REFUSED_ADMISSION_POLICY = serverRule({
  id: 'refused-admission-policy',
  title: 'Admission policy that the API server refuses',
  why: 'A policy decides over every request that it matches, so the server stores it only when it says what it matches and each of its expressions compiles.',
  fix: 'Give it match constraints with rules, at least one validation or mutation, and expressions that use the variables and functions of the server one minor version older.',
  covers: [
    '`failurePolicy`, `paramKind`, `matchConstraints`, `reinvocationPolicy`',
    'validations, audit annotations and mutations: at least one, complete, with messages in one line',
    'expressions of conditions, variables, validations, messages and annotations compile, to the type that is wanted',
  ],
});

function checkPolicy(object: Mapping, root: Field): void {
  const at = root.under(REFUSED_ADMISSION_POLICY).at('spec');
  const spec = mapping(object, 'spec') ?? EMPTY;
  writtenOneOf(spec, 'failurePolicy', ['Fail', 'Ignore'], at);
  const params = has(spec, 'paramKind');
  if (params) checkParamKind(mapping(spec, 'paramKind') ?? EMPTY, at.at('paramKind'));
  const mutating = object.kind === 'MutatingAdmissionPolicy';
  const match = mapping(spec, 'matchConstraints');
  if (match !== undefined)
    checkMatchResources(match, at.at('matchConstraints'), { needsRules: true, mutating });
  else if (!has(spec, 'matchConstraints')) at.at('matchConstraints').required('what the policy matches');
  checkMatchConditions(spec, at, 'policy', params);
  const variables = checkVariables(spec, at, params);
  if (mutating) checkMutations(spec, at, variables);
  else checkValidations(object, spec, at, variables);
}

function checkParamKind(kind: Mapping, at: Field): void {
  if (needText(kind, 'apiVersion', 'a group and version', at)) {
    const version = text(kind, 'apiVersion') ?? 'v1';
    const parts = version.split('/');
    const group = parts.length > 1 ? parts[0]! : '';
    if (parts.length > 2)
      at.at('apiVersion').invalid(version, 'a group and version, such as "rules.example.com/v1"');
    else if ((group !== '' && !DNS_SUBDOMAIN.test(group)) || !DNS_1035_LABEL.test(parts.at(-1)!))
      at.at('apiVersion').invalid(version, 'a group and version, such as "rules.example.com/v1"');
  }
  if (needText(kind, 'kind', 'a kind', at)) {
    const name = text(kind, 'kind') ?? 'a';
    if (!DNS_1035_LABEL.test(name.toLowerCase()))
      at.at('kind').invalid(name, 'a kind: letters, digits and "-"');
  }
}

function checkValidations(object: Mapping, spec: Mapping, at: Field, variables: Variables): void {
  if (list(spec, 'validations').length === 0 && list(spec, 'auditAnnotations').length === 0) {
    for (const key of ['validations', 'auditAnnotations'])
      at.at(key).required('at least one validation or audit annotation');
    return;
  }
  each(spec, 'validations', at, (validation, place) => checkValidation(validation, place, variables));
  const count = list(spec, 'auditAnnotations').length;
  if (count > 20) at.at('auditAnnotations').tooLong(count, 20, 'items');
  const policy = text(mapping(object, 'metadata') ?? EMPTY, 'name') ?? '';
  each(spec, 'auditAnnotations', at, (annotation, place) =>
    checkAnnotation(annotation, place, policy, variables),
  );
  unique(
    list(spec, 'auditAnnotations').map((item) =>
      isMapping(item) ? (textOf(item.key ?? null) ?? '') : undefined,
    ),
    (index) => at.at('auditAnnotations').at(index).at('key'),
  );
}

const REASONS = ['Forbidden', 'Invalid', 'RequestEntityTooLarge'];

function checkValidation(validation: Mapping, at: Field, variables: Variables): void {
  const expression = (text(validation, 'expression') ?? '').trim();
  checkExpression(validation, 'expression', at, variables, ['bool']);
  const message = text(validation, 'message') ?? '';
  if (message !== '' && message.trim() === '') at.at('message').invalid(message, 'a text that is not blank');
  else if (/[\n\r]/.test(message.trim())) at.at('message').invalid(message, 'a text without line breaks');
  else if (/[\n\r]/.test(expression) && message.trim() === '')
    at.at('message').required('a message, since the expression has line breaks');
  const own = text(validation, 'messageExpression') ?? '';
  if (own !== '') {
    if (own.trim() === '') at.at('messageExpression').invalid(own, 'an expression that is not blank');
    else checkExpression(validation, 'messageExpression', at, variables, ['string']);
  }
  writtenOneOf(validation, 'reason', REASONS, at);
}

const LONGEST_VALUE = 5 * 1024;

function checkAnnotation(annotation: Mapping, at: Field, policy: string, variables: Variables): void {
  const key = textOf(annotation.key ?? null);
  if (key === '') at.at('key').required('a key');
  else if (key !== undefined && !QUALIFIED_NAME.test(policy === '' ? key : `${policy}/${key}`))
    at.at('key').refuse(
      `key is "${key}", expected "<name of the policy>/<key>" to be ${QUALIFIED_NAME.expected}`,
    );
  const value = (text(annotation, 'valueExpression') ?? '').trim();
  if (Buffer.byteLength(value) > LONGEST_VALUE)
    at.at('valueExpression').tooLong(Buffer.byteLength(value), LONGEST_VALUE, 'bytes');
  else checkExpression(annotation, 'valueExpression', at, variables, ['string', 'null']);
}

function checkMutations(spec: Mapping, at: Field, variables: Variables): void {
  needItems(spec, 'mutations', 'at least one mutation', at);
  each(spec, 'mutations', at, (mutation, place) => {
    const type = mutation.patchType ?? '';
    if (typeof type !== 'string') return;
    const known: Readonly<Record<string, string>> = {
      ApplyConfiguration: 'applyConfiguration',
      JSONPatch: 'jsonPatch',
    };
    if (!needOneOf(mutation, 'patchType', Object.keys(known), place)) return;
    for (const [name, key] of Object.entries(known))
      if (name !== type) {
        if (has(mutation, key)) place.at(key).forbidden(`with patchType ${type}`);
      } else if (!has(mutation, key)) place.at(key).required(`the mutation, with patchType ${type}`);
      else checkExpression(mapping(mutation, key) ?? EMPTY, 'expression', place.at(key), variables, [name]);
  });
  needOneOf(spec, 'reinvocationPolicy', ['Never', 'IfNeeded'], at);
}

export const ADMISSION_POLICY_KINDS: readonly ServerKind[] = [
  'ValidatingAdmissionPolicy',
  'MutatingAdmissionPolicy',
].map((kind) => ({
  group: 'admissionregistration.k8s.io',
  kind,
  namespaced: false,
  name: DNS_SUBDOMAIN,
  check: checkPolicy,
  rules: [REFUSED_ADMISSION_POLICY],
}));
