import type { Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { IMMUTABLE_FIELD, unchanged } from './immutable.ts';
import type { ServerKind } from './kind.ts';
import { isWhole, quantityOf } from './quantity.ts';
import { inside, itemOf, list, mapping, textOf } from './read.ts';
import { checkQuotaResourceName, isIntegerResource, isQuotaResource } from './resource-names.ts';
import { serverRule } from './rule.ts';
import { DNS_SUBDOMAIN } from './syntax.ts';

export const REFUSED_QUOTA = serverRule({
  id: 'refused-quota',
  title: 'ResourceQuota that the API server refuses',
  why: 'A quota on a resource that nothing counts, or within a scope that the resource does not know, would never hold.',
  fix: 'Use the names of quota resources (`requests.cpu`, `pods`, `count/deployments.apps`), whole numbers for counts, and scopes that suit every resource of the quota.',
  covers: [
    'names and amounts in `hard`',
    'scopes are known, suit each resource of `hard`, and do not contradict each other',
    'operators and values of `scopeSelector`',
  ],
});

const POD_SCOPES = [
  'Terminating',
  'NotTerminating',
  'BestEffort',
  'NotBestEffort',
  'CrossNamespacePodAffinity',
];
const SCOPES = [...POD_SCOPES, 'PriorityClass', 'VolumeAttributesClass'];
const OPPOSITES = [
  ['BestEffort', 'NotBestEffort'],
  ['Terminating', 'NotTerminating'],
] as const;
const OF_PODS = ['pods', 'cpu', 'memory', 'requests.cpu', 'requests.memory', 'limits.cpu', 'limits.memory'];
const OF_CLAIMS = ['persistentvolumeclaims', 'requests.storage'];

function suits(scope: string, resource: string): boolean {
  if (scope === 'BestEffort') return resource === 'pods';
  if (scope === 'VolumeAttributesClass') return OF_CLAIMS.includes(resource);
  return !SCOPES.includes(scope) || OF_PODS.includes(resource);
}

function checkQuota(object: Mapping, root: Field): void {
  const at = root.under(REFUSED_QUOTA).at('spec');
  const spec = mapping(object, 'spec');
  if (spec === undefined) return;
  const hard = mapping(spec, 'hard') ?? {};
  for (const name of Object.keys(hard)) {
    const place = at.at('hard').at(name);
    if (checkQuotaResourceName(name, place)) checkAmount(hard, name, place);
    else if ((quantityOf(hard[name]) ?? 0n) < 0n) place.invalid(hard[name], '0 or more');
  }
  const limited = Object.keys(hard).filter(isQuotaResource);
  checkScopes(spec, limited, at.at('scopes'));
  inside(spec, 'scopeSelector', at, (selector, place) =>
    checkScopeSelector(selector, limited, place.at('matchExpressions')),
  );
}

function checkAmount(hard: Mapping, name: string, at: Field): void {
  const amount = quantityOf(hard[name]);
  if (amount === undefined) return;
  if (amount < 0n) at.invalid(hard[name], '0 or more');
  else if (isIntegerResource(name) && !isWhole(amount)) at.invalid(hard[name], 'a whole number');
}

function checkScopes(spec: Mapping, limited: readonly string[], at: Field): void {
  const scopes = list(spec, 'scopes').map((scope) => textOf(scope) ?? '');
  scopes.forEach((scope, index) => {
    checkScope(scope, limited, at.within(index), at.within(index));
  });
  checkOpposites(scopes, at);
}

function checkScope(scope: string, limited: readonly string[], named: Field, at: Field): void {
  if (!SCOPES.includes(scope)) named.refuse(`scope is "${scope}", expected one of ${SCOPES.join(', ')}`);
  for (const resource of limited)
    if (!suits(scope, resource))
      at.refuse(`scope ${scope} does not suit "${resource}" in hard, expected a quota of its own for it`);
}

function checkOpposites(scopes: readonly string[], at: Field): void {
  for (const [one, other] of OPPOSITES)
    if (scopes.includes(one) && scopes.includes(other))
      at.refuse(`scopes are ${one} and ${other}, expected at most one of them`);
}

function checkScopeSelector(selector: Mapping, limited: readonly string[], at: Field): void {
  const scopes: string[] = [];
  list(selector, 'matchExpressions').forEach((item, index) => {
    const requirement = itemOf(item);
    if (requirement === undefined) return;
    // The server reports these at the list and its members, without the index.
    const place = at.within(index);
    const scope = textOf(requirement.scopeName ?? null);
    if (scope !== undefined) checkScope(scope, limited, place.at('scopeName'), place);
    scopes.push(scope ?? '');
    checkOperator(requirement, scope ?? '', place);
  });
  checkOpposites(scopes, at);
}

function checkOperator(item: Mapping, scope: string, at: Field): void {
  const operator = item.operator ?? '';
  if (POD_SCOPES.includes(scope) && operator !== 'Exists')
    at.at('operator').unsupported(operator, ['Exists']);
  const values = list(item, 'values').length;
  if (operator === 'In' || operator === 'NotIn') {
    if (values === 0) at.at('values').required(`at least one value with operator ${operator}`);
  } else if (operator === 'Exists' || operator === 'DoesNotExist') {
    if (values > 0) at.at('values').forbidden(`with operator ${operator}`);
  } else at.at('operator').unsupported(operator, ['In', 'NotIn', 'Exists', 'DoesNotExist']);
}

export const QUOTA_KINDS: readonly ServerKind[] = [
  {
    group: '',
    kind: 'ResourceQuota',
    namespaced: true,
    name: DNS_SUBDOMAIN,
    check: checkQuota,
    checkUpdate(old, object, root) {
      unchanged(
        mapping(old, 'spec') ?? {},
        mapping(object, 'spec') ?? {},
        'scopes',
        root.under(IMMUTABLE_FIELD).at('spec'),
      );
    },
    rules: [REFUSED_QUOTA, IMMUTABLE_FIELD],
  },
];
