/** The fields that Kustomize's transformers write when no `configurations` say more; its built-in defaults, kept with their quirks. */
import type { FieldSpec } from './field-spec.ts';

export interface NameReference {
  /** The kind of object whose name is referred to. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** The fields that hold such a name. */
  readonly referrers: readonly FieldSpec[];
}

/** A kind as `Kind`, `Kind.group` or `Kind.group/version`; `Kind./v1` names a version of any group. */
function fields(kind: string, paths: readonly string[], create = false): FieldSpec[] {
  const dot = kind.indexOf('.');
  const [name, rest] = dot < 0 ? [kind, ''] : [kind.slice(0, dot), kind.slice(dot + 1)];
  const slash = rest.lastIndexOf('/');
  const [group, version] = slash < 0 ? [rest, ''] : [rest.slice(0, slash), rest.slice(slash + 1)];
  return paths.map((path) => ({ group, version, kind: name, path, create }));
}

const prefixed = (prefix: string, paths: readonly string[]) => paths.map((path) => `${prefix}/${path}`);
const created = (kind: string, ...paths: string[]) => fields(kind, paths, true);
const present = (kind: string, ...paths: string[]) => fields(kind, paths);

const TEMPLATE = 'spec/template/spec';
const CRON_TEMPLATE = 'spec/jobTemplate/spec/template/spec';
/** Where each kind keeps its pod's spec. */
const POD_SPECS: Readonly<Record<string, string>> = {
  Pod: 'spec',
  'Pod./v1': 'spec',
  PodTemplate: 'template/spec',
  CronJob: CRON_TEMPLATE,
};
const inPods = (kinds: readonly string[], paths: readonly string[]) =>
  kinds.flatMap((kind) => fields(kind, prefixed(POD_SPECS[kind] ?? TEMPLATE, paths)));

const templateMetadata = (
  field: string,
  statefulSet: string,
  claimTemplates: readonly string[],
): FieldSpec[] => [
  ...created('ReplicationController./v1', `spec/template/metadata/${field}`),
  ...['Deployment', 'ReplicaSet', 'DaemonSet', statefulSet].flatMap((kind) =>
    created(kind, `spec/template/metadata/${field}`),
  ),
  ...claimTemplates.flatMap((path) => created(statefulSet, path)),
  ...created('Job.batch', `spec/template/metadata/${field}`),
  ...created(
    'CronJob.batch',
    `spec/jobTemplate/metadata/${field}`,
    `${CRON_TEMPLATE.slice(0, -5)}/metadata/${field}`,
  ),
];

const AFFINITY = ['podAffinity', 'podAntiAffinity'].flatMap((side) => [
  `affinity/${side}/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels`,
  `affinity/${side}/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels`,
]);
const POD_SELECTORS = prefixed(TEMPLATE, [
  ...AFFINITY,
  'topologySpreadConstraints/labelSelector/matchLabels',
]);

export const templateLabels: readonly FieldSpec[] = [
  ...created('', 'metadata/labels'),
  ...templateMetadata('labels', 'StatefulSet.apps', ['spec/volumeClaimTemplates[]/metadata/labels']),
];

export const commonLabels: readonly FieldSpec[] = [
  ...created('Service./v1', 'spec/selector'),
  ...created('ReplicationController./v1', 'spec/selector'),
  ...created('Deployment', 'spec/selector/matchLabels'),
  ...present('Deployment.apps', ...POD_SELECTORS),
  ...created('ReplicaSet', 'spec/selector/matchLabels'),
  ...created('DaemonSet', 'spec/selector/matchLabels'),
  ...created('StatefulSet.apps', 'spec/selector/matchLabels'),
  ...present('StatefulSet.apps', ...POD_SELECTORS),
  ...present('Job.batch', 'spec/selector/matchLabels'),
  ...present('CronJob.batch', 'spec/jobTemplate/spec/selector/matchLabels'),
  ...present('PodDisruptionBudget.policy', 'spec/selector/matchLabels'),
  ...present(
    'NetworkPolicy.networking.k8s.io',
    'spec/podSelector/matchLabels',
    'spec/ingress/from/podSelector/matchLabels',
    'spec/egress/to/podSelector/matchLabels',
  ),
  ...templateLabels,
];

export const commonAnnotations: readonly FieldSpec[] = [
  ...created('', 'metadata/annotations'),
  ...templateMetadata('annotations', 'StatefulSet', []),
];

export const names: readonly FieldSpec[] = present('', 'metadata/name');

export const namespaces: readonly FieldSpec[] = [
  ...created('Namespace', 'metadata/name'),
  ...created('APIService.apiregistration.k8s.io', 'spec/service/namespace'),
  ...present(
    'CustomResourceDefinition.apiextensions.k8s.io',
    'spec/conversion/webhook/clientConfig/service/namespace',
  ),
];

const IMAGES = ['containers[]/image', 'initContainers[]/image', 'volumes[]/image/reference'];
export const images: readonly FieldSpec[] = created(
  '',
  ...prefixed('spec', IMAGES),
  ...prefixed(TEMPLATE, IMAGES),
);

export const replicas: readonly FieldSpec[] = [
  'Deployment',
  'ReplicationController',
  'ReplicaSet',
  'StatefulSet',
].flatMap((kind) => created(kind, 'spec/replicas'));

const CONTAINER_TEXTS = ['args', 'command', 'env/value', 'volumeMounts/mountPath'];
const POD_TEXTS = ['containers', 'initContainers'].flatMap((list) => prefixed(list, CONTAINER_TEXTS));
export const varReferences: readonly FieldSpec[] = [
  ...inPods(['CronJob'], POD_TEXTS),
  ...present('CronJob', 'spec/jobTemplate/spec/template/volumes/nfs/server'),
  ...['DaemonSet', 'Deployment', 'Job', 'Pod', 'ReplicaSet'].flatMap((kind) =>
    inPods([kind], [...POD_TEXTS, 'volumes/nfs/server']),
  ),
  ...present('Deployment', 'spec/template/metadata/annotations'),
  ...present('Ingress', 'spec/rules/host', 'spec/tls/hosts', 'spec/tls/secretName'),
  ...present('Service', 'spec/ports/port', 'spec/ports/targetPort'),
  ...inPods(['StatefulSet'], POD_TEXTS),
  ...present('StatefulSet', 'spec/volumeClaimTemplates/spec/nfs/server'),
  ...present('PersistentVolume', 'spec/nfs/server'),
  ...present('', 'metadata/labels', 'metadata/annotations'),
];

function reference(target: string, ...referrers: readonly (readonly FieldSpec[])[]): NameReference {
  const [{ group, version, kind }] = fields(target, ['']) as [FieldSpec];
  return { group, version, kind, referrers: referrers.flat() };
}

const PODS = [
  'Pod./v1',
  'PodTemplate',
  'Deployment',
  'ReplicaSet',
  'DaemonSet',
  'StatefulSet',
  'Job',
  'CronJob',
];
const ACCOUNT_PODS = [
  'Pod',
  'StatefulSet',
  'Deployment',
  'ReplicationController',
  'CronJob',
  'Job',
  'DaemonSet',
];
const ROLES = ['Role', 'ClusterRole'];
const RULE_NAMES = ROLES.flatMap((kind) => present(kind, 'rules/resourceNames'));

const referencesOf = (kind: string, volume: string) => [
  volume,
  ...['containers', 'initContainers'].flatMap((list) => [
    `${list}/env/valueFrom/${kind}KeyRef/name`,
    `${list}/envFrom/${kind}Ref/name`,
  ]),
  `volumes/projected/sources/${kind}/name`,
];

const SCALED = present('HorizontalPodAutoscaler', 'spec/scaleTargetRef/name');

export const nameReferences: readonly NameReference[] = [
  ...['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'].map((kind) =>
    reference(kind, SCALED),
  ),
  reference(
    'ConfigMap./v1',
    inPods(PODS, referencesOf('configMap', 'volumes/configMap/name')),
    present('Node', 'spec/configSource/configMap'),
    RULE_NAMES,
    present('Ingress', 'metadata/annotations/nginx.ingress.kubernetes.io\\/fastcgi-params-configmap'),
  ),
  reference(
    'Secret./v1',
    inPods(PODS, [...referencesOf('secret', 'volumes/secret/secretName'), 'imagePullSecrets/name']),
    present(
      'Ingress',
      'spec/tls/secretName',
      'metadata/annotations/ingress.kubernetes.io\\/auth-secret',
      'metadata/annotations/nginx.ingress.kubernetes.io\\/auth-secret',
      'metadata/annotations/nginx.ingress.kubernetes.io\\/auth-tls-secret',
    ),
    present('ServiceAccount', 'imagePullSecrets/name'),
    present(
      'StorageClass',
      'parameters/secretName',
      'parameters/adminSecretName',
      'parameters/userSecretName',
      'parameters/secretRef',
    ),
    RULE_NAMES,
    present('Service.serving.knative.dev/v1', `${TEMPLATE}/containers/env/valueFrom/secretKeyRef/name`),
    present('PersistentVolume', 'spec/azureFile/secretName'),
  ),
  reference(
    'Service./v1',
    present('StatefulSet.apps', 'spec/serviceName'),
    present(
      'Ingress',
      'spec/rules/http/paths/backend/serviceName',
      'spec/backend/serviceName',
      'spec/rules/http/paths/backend/service/name',
      'spec/defaultBackend/service/name',
    ),
    present('APIService.apiregistration.k8s.io', 'spec/service/name'),
    ...['Validating', 'Mutating'].map((side) =>
      present(`${side}WebhookConfiguration.admissionregistration.k8s.io`, 'webhooks/clientConfig/service'),
    ),
  ),
  reference(
    'Role.rbac.authorization.k8s.io',
    present('RoleBinding.rbac.authorization.k8s.io', 'roleRef/name'),
  ),
  reference(
    'ClusterRole.rbac.authorization.k8s.io',
    ...ROLES.map((kind) => present(`${kind}Binding.rbac.authorization.k8s.io`, 'roleRef/name')),
  ),
  reference(
    'ServiceAccount./v1',
    ...ROLES.map((kind) => present(`${kind}Binding.rbac.authorization.k8s.io`, 'subjects')),
    inPods(ACCOUNT_PODS, ['serviceAccountName']),
  ),
  reference('PersistentVolumeClaim./v1', inPods(ACCOUNT_PODS, ['volumes/persistentVolumeClaim/claimName'])),
  reference(
    'PersistentVolume./v1',
    present('PersistentVolumeClaim', 'spec/volumeName'),
    present('ClusterRole', 'rules/resourceNames'),
  ),
  reference(
    'StorageClass.storage.k8s.io/v1',
    present('PersistentVolume', 'spec/storageClassName'),
    present('PersistentVolumeClaim', 'spec/storageClassName'),
    present('StatefulSet', 'spec/volumeClaimTemplates/spec/storageClassName'),
  ),
  reference('PriorityClass.scheduling.k8s.io/v1', inPods(ACCOUNT_PODS, ['priorityClassName'])),
  // The group holds the version too, so that no IngressClass matches: a slip of Kustomize that its output shows.
  reference('IngressClass.networking.k8s.io/v1/v1', present('Ingress', 'spec/ingressClassName')),
  reference(
    'ValidatingAdmissionPolicy.admissionregistration.k8s.io',
    present('ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io', 'spec/policyName'),
  ),
];
