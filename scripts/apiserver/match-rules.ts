import type { Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { needItems, unique, writtenOneOf } from './fields.ts';
import { each, eachText, has, list, textOf } from './read.ts';
import { checkSelector } from './selector.ts';
import { PATH_SEGMENT } from './syntax.ts';

/** What webhooks and admission policies match: operations, groups, versions and resources. */
const OPERATIONS = ['*', 'CONNECT', 'CREATE', 'DELETE', 'UPDATE'];

/** `matchConstraints` of a policy or `matchResources` of a binding. */
export function checkMatchResources(
  match: Mapping,
  at: Field,
  options: { readonly needsRules: boolean; readonly mutating: boolean },
): void {
  checkSelector(match, 'namespaceSelector', at);
  checkSelector(match, 'objectSelector', at);
  if (options.needsRules) needItems(match, 'resourceRules', 'at least one rule', at);
  for (const key of ['resourceRules', 'excludeResourceRules'])
    each(match, key, at, (rule, place) => {
      checkMatchRule(rule, place);
      checkResourceNames(rule, place);
      // A mutating policy cannot change what is deleted; the server names the list without the index.
      if (options.mutating && key === 'resourceRules')
        eachText(rule, 'operations', place, (operation) => {
          if (operation === 'DELETE')
            at.at(key)
              .alias('operations', undefined)
              .unsupported(operation, ['*', 'CONNECT', 'CREATE', 'UPDATE']);
        });
    });
  writtenOneOf(match, 'matchPolicy', ['Exact', 'Equivalent'], at);
}

function checkResourceNames(rule: Mapping, at: Field): void {
  if (!has(rule, 'resourceNames')) return;
  eachText(rule, 'resourceNames', at, (name, place) => {
    if (!PATH_SEGMENT.test(name)) place.invalid(name, PATH_SEGMENT.expected);
  });
  unique(list(rule, 'resourceNames').map(textOf), (index) => at.at('resourceNames').at(index));
}

/** One rule of a webhook or of a policy. */
export function checkMatchRule(rule: Mapping, at: Field): void {
  if (needItems(rule, 'operations', 'at least one operation', at)) {
    checkWildcard(rule, 'operations', 'operations', at);
    eachText(rule, 'operations', at, (operation, place) => {
      if (!OPERATIONS.includes(operation)) place.unsupported(operation, OPERATIONS);
    });
  }
  if (needItems(rule, 'apiGroups', 'at least one API group ("" is the core group)', at))
    checkWildcard(rule, 'apiGroups', 'API groups', at);
  if (needItems(rule, 'apiVersions', 'at least one version', at)) {
    checkWildcard(rule, 'apiVersions', 'versions', at);
    eachText(rule, 'apiVersions', at, (version, place) => {
      if (version === '') place.required('a version');
    });
  }
  if (needItems(rule, 'resources', 'at least one resource', at)) checkResources(rule, at.at('resources'));
  writtenOneOf(rule, 'scope', ['*', 'Cluster', 'Namespaced'], at);
}

function checkWildcard(rule: Mapping, key: string, what: string, at: Field): void {
  const items = list(rule, key);
  if (items.length > 1 && items.includes('*'))
    at.at(key).refuse(`${key} hold "*" beside other ${what}, expected "*" alone`);
}

function checkResources(rule: Mapping, at: Field): void {
  const resources = list(rule, 'resources').map((item) => textOf(item) ?? '?');
  const wholeResources = new Set<string>();
  const wholeSubresources = new Set<string>();
  let plain = false;
  resources.forEach((name, index) => {
    const slash = name.indexOf('/');
    if (name === '') at.at(index).required('a resource');
    else if (slash < 0) plain = name !== '*';
    else {
      const resource = name.slice(0, slash);
      const subresource = name.slice(slash + 1);
      if (wholeResources.has(resource))
        at.at(index).refuse(`"${name}" stands beside "${resource}/*", expected one of them`);
      if (wholeSubresources.has(subresource))
        at.at(index).refuse(`"${name}" stands beside "*/${subresource}", expected one of them`);
      if (subresource === '*') wholeResources.add(resource);
      if (resource === '*') wholeSubresources.add(subresource);
    }
  });
  if (resources.length > 1 && resources.includes('*/*'))
    at.refuse('resources hold "*/*" beside others, expected it alone');
  if (plain && resources.includes('*'))
    at.refuse('resources hold "*" beside a resource without subresource, expected one of them');
}
