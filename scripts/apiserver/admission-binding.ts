import type { Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { needItems, needOneOf, needSyntax, unique } from './fields.ts';
import type { ServerKind } from './kind.ts';
import { checkMatchResources } from './match-rules.ts';
import { EMPTY, eachText, has, inside, list, mapping, textOf } from './read.ts';
import { serverRule } from './rule.ts';
import { checkSelector } from './selector.ts';
import { DNS_SUBDOMAIN, PATH_SEGMENT } from './syntax.ts';

export const REFUSED_ADMISSION_BINDING = serverRule({
  id: 'refused-admission-binding',
  title: 'Binding of an admission policy that the API server refuses',
  why: 'A binding puts a policy into force, so it has to say which policy, what a failure does and where parameters come from.',
  fix: 'Name the policy, give `validationActions` (Deny or Warn, not both), and let `paramRef` have either a name or a selector, with `parameterNotFoundAction`.',
  covers: [
    '`policyName` and `validationActions`',
    '`paramRef` has a name or a selector, and `parameterNotFoundAction`',
    'rules and selectors of `matchResources`',
  ],
});

const ACTIONS = ['Deny', 'Warn', 'Audit'];

function checkBinding(object: Mapping, root: Field): void {
  const at = root.under(REFUSED_ADMISSION_BINDING).at('spec');
  const spec = mapping(object, 'spec') ?? EMPTY;
  const mutating = object.kind === 'MutatingAdmissionPolicyBinding';
  needSyntax(spec, 'policyName', DNS_SUBDOMAIN, at);
  inside(spec, 'paramRef', at, checkParamRef);
  inside(spec, 'matchResources', at, (match, place) =>
    checkMatchResources(match, place, { needsRules: false, mutating }),
  );
  if (mutating || !needItems(spec, 'validationActions', 'at least one action', at)) return;
  eachText(spec, 'validationActions', at, (action, place) => {
    if (!ACTIONS.includes(action)) place.unsupported(action, ACTIONS);
  });
  const actions = list(spec, 'validationActions').map(textOf);
  unique(actions, (index) => at.at('validationActions').at(index));
  if (actions.includes('Deny') && actions.includes('Warn'))
    at.at('validationActions').refuse('validationActions hold Deny and Warn, expected at most one of them');
}

function checkParamRef(ref: Mapping, at: Field): void {
  const name = textOf(ref.name ?? null);
  if (name !== undefined && name !== '') {
    if (!PATH_SEGMENT.test(name)) at.at('name').invalid(name, PATH_SEGMENT.expected);
    if (has(ref, 'selector'))
      for (const key of ['name', 'selector'])
        at.at(key).forbidden('beside the other: name and selector exclude each other');
  } else if (name === '' && !has(ref, 'selector'))
    at.refuse('paramRef has no name and no selector, expected one of them');
  checkSelector(ref, 'selector', at);
  needOneOf(ref, 'parameterNotFoundAction', ['Deny', 'Allow'], at);
}

export const ADMISSION_BINDING_KINDS: readonly ServerKind[] = [
  'ValidatingAdmissionPolicyBinding',
  'MutatingAdmissionPolicyBinding',
].map((kind) => ({
  group: 'admissionregistration.k8s.io',
  kind,
  namespaced: false,
  name: DNS_SUBDOMAIN,
  check: checkBinding,
  rules: [REFUSED_ADMISSION_BINDING],
}));
