import type { Inventory } from '../core/inventory.ts';
import { groupOf, type Resource, versionOf } from '../core/resource.ts';
import { isMapping, type Mapping } from '../core/value.ts';
import { EMPTY, has, list, mapping, textOf } from './read.ts';
import { selectorMatches } from './selector.ts';

/** The object of a request, as rules of policies match it. */
export interface MatchedObject {
  readonly resource: Resource;
  /** Empty for an object of the whole cluster. */
  readonly namespace: string;
  /** `deployments` */
  readonly plural: string;
}

/** Whether creating the object is what `matchConstraints` or `matchResources` speak of. */
export function matchesResources(match: Mapping, object: MatchedObject, inventory: Inventory): boolean {
  const rules = list(match, 'resourceRules');
  if (rules.length > 0 && !rules.some((rule) => isMapping(rule) && matchesRule(rule, object))) return false;
  if (list(match, 'excludeResourceRules').some((rule) => isMapping(rule) && matchesRule(rule, object)))
    return false;
  const selector = mapping(match, 'objectSelector');
  if (selector !== undefined && !selectorMatches(selector, labelsOf(object.resource.manifest))) return false;
  const namespaces = mapping(match, 'namespaceSelector');
  return namespaces === undefined || matchesNamespace(namespaces, object, inventory);
}

function matchesRule(rule: Mapping, { resource, namespace, plural }: MatchedObject): boolean {
  const { apiVersion, name } = resource.id;
  const holds = (key: string, value: string): boolean =>
    list(rule, key).some((item) => item === '*' || item === value);
  const scope = textOf(rule.scope) ?? '*';
  const names = list(rule, 'resourceNames');
  return (
    holds('operations', 'CREATE') &&
    holds('apiGroups', groupOf(apiVersion)) &&
    holds('apiVersions', versionOf(apiVersion)) &&
    list(rule, 'resources').some((item) => matchesPlural(textOf(item) ?? '', plural)) &&
    (scope === '*' || (scope === 'Namespaced') === (namespace !== '')) &&
    (names.length === 0 || names.includes(name))
  );
}

/** `pods/*` speaks of the pods themselves, too. */
function matchesPlural(rule: string, plural: string): boolean {
  const [resource, subresource = ''] = rule.split('/', 2);
  return (resource === '*' || resource === plural) && (subresource === '' || subresource === '*');
}

/** A Namespace is matched by its own labels, other objects of the cluster by every selector. */
function matchesNamespace(
  selector: Mapping,
  { resource, namespace }: MatchedObject,
  inventory: Inventory,
): boolean {
  const { kind, name, apiVersion } = resource.id;
  if (kind === 'Namespace' && apiVersion === 'v1')
    return selectorMatches(selector, named(resource.manifest, name));
  if (namespace === '') return true;
  const declared = inventory.find('', 'Namespace', '', namespace);
  return selectorMatches(selector, named(declared?.manifest ?? EMPTY, namespace));
}

/** Every Namespace carries its name as a label. */
function named(namespace: Mapping, name: string): Mapping {
  return { ...labelsOf(namespace), 'kubernetes.io/metadata.name': name };
}

function labelsOf(manifest: Mapping): Mapping {
  return mapping(mapping(manifest, 'metadata') ?? EMPTY, 'labels') ?? EMPTY;
}

/** Names of resources by kind: of the definitions at hand, and else as English and Kubernetes make them. */
export function pluralsOf(inventory: Inventory): (resource: Resource) => string {
  const known = new Map<string, string>();
  for (const { manifest } of inventory.ofKind('apiextensions.k8s.io', 'CustomResourceDefinition')) {
    const spec = mapping(manifest, 'spec') ?? EMPTY;
    const names = mapping(spec, 'names') ?? EMPTY;
    if (has(names, 'plural'))
      known.set(`${textOf(spec.group)}/${textOf(names.kind)}`, textOf(names.plural) ?? '');
  }
  return ({ id: { apiVersion, kind } }) => known.get(`${groupOf(apiVersion)}/${kind}`) ?? pluralOf(kind);
}

function pluralOf(kind: string): string {
  const name = kind.toLowerCase();
  if (name === 'endpoints') return name;
  if (/(?:s|x|z|ch|sh)$/.test(name)) return `${name}es`;
  return /[^aeiou]y$/.test(name) ? `${name.slice(0, -1)}ies` : `${name}s`;
}
