import { items, mapping, mappings, text } from './fields.ts';
import type { Inventory } from './inventory.ts';
import type { PlacedViolation } from './policy.ts';
import type { Resource } from './resource.ts';
import { selects } from './selector.ts';
import type { Mapping } from './value.ts';

export const BINDINGS = ['RoleBinding', 'ClusterRoleBinding'] as const;
export const ROLES = ['Role', 'ClusterRole'] as const;
const GROUP = 'rbac.authorization.k8s.io';

/** What a rule must grant to count: one of each, `*` standing for all of them. */
export interface Grant {
  readonly groups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** The rules of a role, each with its index. */
export function rulesOf(role: Resource): readonly (readonly [number, Mapping])[] {
  return mappings(role.manifest.rules);
}

export function grants(rule: Mapping, { groups, resources, verbs }: Grant): boolean {
  return holds(rule.apiGroups, groups) && holds(rule.resources, resources) && holds(rule.verbs, verbs);
}

function holds(value: Mapping[string] | undefined, wanted: readonly string[]): boolean {
  return items(value).some((item) => item === '*' || wanted.includes(String(item)));
}

/** The role that a binding binds, where it is in git. */
export function roleOf(inventory: Inventory, binding: Resource): Resource | undefined {
  const { kind, name } = mapping(binding.manifest.roleRef);
  const namespace = kind === 'Role' ? inventory.namespaceOf(binding) : '';
  return inventory.find(GROUP, text(kind) ?? '', namespace, text(name) ?? '');
}

export function bindingsIn(inventory: Inventory): readonly Resource[] {
  return BINDINGS.flatMap((kind) => inventory.ofKind(GROUP, kind));
}

/** Made by Kubernetes itself or by its provider, and put back by it. */
export function isDefault({ id }: Resource): boolean {
  return id.name.startsWith('system:') || id.name === 'gce:podsecuritypolicy:calico-sa';
}

/** The bindings that pass a grant on to somebody. */
export function* bindingsThatGrant(
  inventory: Inventory,
  grant: Grant,
): Generator<readonly [Resource, Resource]> {
  for (const binding of bindingsIn(inventory)) {
    if (isDefault(binding)) continue;
    const role = roleOf(inventory, binding);
    if (role !== undefined && effectiveRules(inventory, role).some((rule) => grants(rule, grant))) {
      yield [binding, role];
    }
  }
}

/** A role's own rules, and those of the roles that it aggregates. */
export function effectiveRules(inventory: Inventory, role: Resource): readonly Mapping[] {
  const own = rulesOf(role).map(([, rule]) => rule);
  const selectors = mappings(mapping(role.manifest.aggregationRule).clusterRoleSelectors);
  if (selectors.length === 0) return own;
  const aggregated = inventory.ofKind(GROUP, 'ClusterRole').filter(({ manifest }) => {
    const labels = mapping(mapping(manifest.metadata).labels);
    return selectors.some(([, selector]) => selects(selector, labels));
  });
  return [...own, ...aggregated.flatMap((each) => rulesOf(each).map(([, rule]) => rule))];
}

/** How a message names the subjects: `ServiceAccount "web"`. */
export function subjectsOf(binding: Resource): string {
  const subjects = mappings(binding.manifest.subjects).map(
    ([, { kind, name }]) => `${String(kind)} "${String(name)}"`,
  );
  return subjects.length === 0 ? 'nobody' : subjects.join(', ');
}

export const EXEC: Grant = {
  groups: [''],
  resources: ['pods/exec', 'pods/attach'],
  verbs: ['get', 'create'],
};

/** The bindings to a role of that kind by which somebody may run commands in pods. */
export function* bindingsOfExec(
  inventory: Inventory,
  kind: (typeof ROLES)[number],
): Generator<PlacedViolation> {
  for (const [binding, role] of bindingsThatGrant(inventory, EXEC)) {
    if (role.id.kind !== kind || binding.id.name === 'cluster-admin') continue;
    yield {
      resource: binding,
      at: ['roleRef', 'name'],
      message: `${binding.id.kind} "${binding.id.name}" lets ${subjectsOf(binding)} run commands in pods, by ${kind} "${role.id.name}"`,
    };
  }
}

/** The bindings to a role of that kind that allows every verb on every resource. */
export function* bindingsOfEverything(
  inventory: Inventory,
  kind: (typeof ROLES)[number],
): Generator<PlacedViolation> {
  for (const binding of bindingsIn(inventory)) {
    if (isDefault(binding) || binding.id.name === 'cluster-admin') continue;
    const role = roleOf(inventory, binding);
    if (role?.id.kind !== kind || !rulesOf(role).some(([, rule]) => allowsAll(rule))) continue;
    yield {
      resource: binding,
      at: ['roleRef', 'name'],
      message: `${binding.id.kind} "${binding.id.name}" grants ${subjectsOf(binding)} everything, by ${kind} "${role.id.name}"`,
    };
  }
}

const USUAL_VERBS = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'];

function allowsAll({ apiGroups, resources, verbs }: Mapping): boolean {
  const every = items(verbs).includes('*') || USUAL_VERBS.every((verb) => items(verbs).includes(verb));
  return every && items(apiGroups).includes('*') && items(resources).includes('*');
}
