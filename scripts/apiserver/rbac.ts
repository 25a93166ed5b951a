import type { Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { needItems, needText } from './fields.ts';
import { IMMUTABLE_FIELD, unchanged } from './immutable.ts';
import type { ServerKind } from './kind.ts';
import { each, inside, list, mapping, text } from './read.ts';
import { serverRule } from './rule.ts';
import { checkSelectors } from './selector.ts';
import { DNS_SUBDOMAIN, PATH_SEGMENT } from './syntax.ts';

export const REFUSED_RBAC = serverRule({
  id: 'refused-rbac',
  title: 'Role or binding that the API server refuses',
  why: 'A rule that names no verb or no resource grants nothing, and a binding whose role or subject is incomplete binds nobody.',
  fix: 'Name verbs, API groups (`""` is the core group) and resources in each rule, and the kind and name of the role and of each subject.',
  covers: [
    'rules have verbs, and API groups with resources or else non-resource URLs',
    'non-resource URLs stand only in a ClusterRole',
    'the kind, API group and name of `roleRef` and of each subject',
    '`aggregationRule` has selectors',
  ],
});

const GROUP = 'rbac.authorization.k8s.io';

function checkRole(object: Mapping, root: Field): void {
  const at = root.under(REFUSED_RBAC);
  const namespaced = object.kind === 'Role';
  each(object, 'rules', at, (rule, place) => checkRule(rule, place, namespaced));
  if (namespaced) return;
  inside(object, 'aggregationRule', at, (aggregation, place) => {
    if (needItems(aggregation, 'clusterRoleSelectors', 'at least one selector', place))
      checkSelectors(aggregation, 'clusterRoleSelectors', place);
  });
}

function checkRule(rule: Mapping, at: Field, namespaced: boolean): void {
  needItems(rule, 'verbs', 'at least one verb', at);
  if (list(rule, 'nonResourceURLs').length > 0) {
    const place = at.at('nonResourceURLs');
    if (namespaced) place.forbidden('in a Role, which knows only objects of its namespace');
    if (['apiGroups', 'resources', 'resourceNames'].some((key) => list(rule, key).length > 0))
      place.forbidden('beside apiGroups, resources or resourceNames');
    return;
  }
  needItems(rule, 'apiGroups', 'at least one API group ("" is the core group)', at);
  needItems(rule, 'resources', 'at least one resource', at);
}

function checkBinding(object: Mapping, root: Field): void {
  const at = root.under(REFUSED_RBAC);
  const namespaced = object.kind === 'RoleBinding';
  const role = mapping(object, 'roleRef') ?? {};
  const place = at.at('roleRef');
  const group = text(role, 'apiGroup') ?? '';
  if (group !== '' && group !== GROUP) place.at('apiGroup').unsupported(group, [GROUP]);
  const kinds = namespaced ? ['Role', 'ClusterRole'] : ['ClusterRole'];
  const kind = role.kind ?? '';
  if (typeof kind === 'string' && !kinds.includes(kind)) place.at('kind').unsupported(kind, kinds);
  if (needText(role, 'name', 'the name of the role', place)) {
    const name = text(role, 'name');
    if (name !== undefined && !PATH_SEGMENT.test(name)) place.at('name').invalid(name, PATH_SEGMENT.expected);
  }
  each(object, 'subjects', at, (subject, one) => checkSubject(subject, one, namespaced));
}

function checkSubject(subject: Mapping, at: Field, namespaced: boolean): void {
  const named = needText(subject, 'name', 'the name of the subject', at);
  const group = text(subject, 'apiGroup') ?? '';
  const kind = subject.kind ?? '';
  if (typeof kind !== 'string') return;
  if (kind === 'ServiceAccount') {
    const name = text(subject, 'name');
    if (named && name !== undefined && !DNS_SUBDOMAIN.test(name))
      at.at('name').invalid(name, DNS_SUBDOMAIN.expected);
    if (group !== '') at.at('apiGroup').unsupported(group, ['""']);
    if (!namespaced) needText(subject, 'namespace', 'the namespace of the ServiceAccount', at);
  } else if (kind === 'User' || kind === 'Group') {
    if (group !== '' && group !== GROUP) at.at('apiGroup').unsupported(group, [GROUP]);
  } else at.at('kind').unsupported(kind, ['ServiceAccount', 'User', 'Group']);
}

function checkBindingUpdate(old: Mapping, object: Mapping, root: Field): void {
  const withGroup = (binding: Mapping): Mapping => ({
    roleRef: {
      ...mapping(binding, 'roleRef'),
      apiGroup: text(mapping(binding, 'roleRef') ?? {}, 'apiGroup') || GROUP,
    },
  });
  unchanged(withGroup(old), withGroup(object), 'roleRef', root.under(IMMUTABLE_FIELD));
}

export const RBAC_KINDS: readonly ServerKind[] = [
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
].map((kind) => ({
  group: GROUP,
  kind,
  namespaced: !kind.startsWith('Cluster'),
  name: undefined,
  check: kind.endsWith('Binding') ? checkBinding : checkRole,
  ...(kind.endsWith('Binding') && { checkUpdate: checkBindingUpdate }),
  rules: kind.endsWith('Binding') ? [REFUSED_RBAC, IMMUTABLE_FIELD] : [REFUSED_RBAC],
}));
