/**
 * The merge lists of Kubernetes 1.21.2, the OpenAPI that Kustomize carries whatever the cluster's version is.
 * Types that merge alike share one name; lists that are replaced as a whole are left out.
 */
import type { MergeSchema, MergeSchemas } from './merge-schema.ts';

/** The type of a field, or the merge list that it holds. */
type FieldType = string | { readonly keys: readonly string[]; readonly elements?: string };

const TYPES: Readonly<Record<string, Readonly<Record<string, FieldType>>>> = {
  CSINode: { metadata: 'ObjectMeta', spec: 'CSINodeSpec' },
  CSINodeSpec: { drivers: { keys: ['name'] } },
  ComponentStatus: { conditions: { keys: ['type'] }, metadata: 'ObjectMeta' },
  Conditions: { conditions: { keys: ['type'] } },
  Container: {
    env: { keys: ['name'] },
    ports: { keys: ['containerPort', 'protocol'] },
    volumeDevices: { keys: ['devicePath'] },
    volumeMounts: { keys: ['mountPath'] },
  },
  CronJob: { metadata: 'ObjectMeta', spec: 'CronJobSpec' },
  CronJobSpec: { jobTemplate: 'JobTemplateSpec' },
  EphemeralContainer: {
    env: { keys: ['name'] },
    volumeDevices: { keys: ['devicePath'] },
    volumeMounts: { keys: ['mountPath'] },
  },
  EphemeralVolumeSource: { volumeClaimTemplate: 'Plain' },
  JobTemplateSpec: { metadata: 'ObjectMeta', spec: 'WorkloadSpec' },
  Node: { metadata: 'ObjectMeta', spec: 'NodeSpec', status: 'NodeStatus' },
  NodeSpec: { podCIDRs: { keys: [] } },
  NodeStatus: { addresses: { keys: ['type'] }, conditions: { keys: ['type'] } },
  ObjectMeta: { finalizers: { keys: [] }, ownerReferences: { keys: ['uid'] } },
  Plain: { metadata: 'ObjectMeta' },
  PlainWithConditions: { metadata: 'ObjectMeta', status: 'Conditions' },
  Pod: { metadata: 'ObjectMeta', spec: 'PodSpec', status: 'PodStatus' },
  PodSpec: {
    containers: { keys: ['name'], elements: 'Container' },
    ephemeralContainers: { keys: ['name'], elements: 'EphemeralContainer' },
    hostAliases: { keys: ['ip'] },
    imagePullSecrets: { keys: ['name'] },
    initContainers: { keys: ['name'], elements: 'Container' },
    topologySpreadConstraints: { keys: ['topologyKey', 'whenUnsatisfiable'] },
    volumes: { keys: ['name'], elements: 'Volume' },
  },
  PodStatus: { conditions: { keys: ['type'] }, podIPs: { keys: ['ip'] } },
  PodTemplate: { metadata: 'ObjectMeta', template: 'PodTemplateSpec' },
  PodTemplateSpec: { metadata: 'ObjectMeta', spec: 'PodSpec' },
  Service: { metadata: 'ObjectMeta', spec: 'ServiceSpec', status: 'Conditions' },
  ServiceAccount: { metadata: 'ObjectMeta', secrets: { keys: ['name'] } },
  ServiceSpec: { ports: { keys: ['port', 'protocol'] } },
  Volume: { ephemeral: 'EphemeralVolumeSource' },
  WebhookConfiguration: { metadata: 'ObjectMeta', webhooks: { keys: ['name'] } },
  Workload: { metadata: 'ObjectMeta', spec: 'WorkloadSpec', status: 'Conditions' },
  WorkloadSpec: { template: 'PodTemplateSpec' },
};

const KINDS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'admissionregistration.k8s.io/v1': {
    WebhookConfiguration: ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'],
  },
  'admissionregistration.k8s.io/v1beta1': {
    WebhookConfiguration: ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'],
  },
  'apiextensions.k8s.io/v1': { Plain: ['CustomResourceDefinition'] },
  'apiextensions.k8s.io/v1beta1': { Plain: ['CustomResourceDefinition'] },
  'apiregistration.k8s.io/v1': { PlainWithConditions: ['APIService'] },
  'apiregistration.k8s.io/v1beta1': { PlainWithConditions: ['APIService'] },
  'apps/v1': {
    Plain: ['ControllerRevision'],
    Workload: ['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'],
  },
  'authentication.k8s.io/v1': { Plain: ['TokenRequest', 'TokenReview'] },
  'authentication.k8s.io/v1beta1': { Plain: ['TokenReview'] },
  'authorization.k8s.io/v1': {
    Plain: [
      'LocalSubjectAccessReview',
      'SelfSubjectAccessReview',
      'SelfSubjectRulesReview',
      'SubjectAccessReview',
    ],
  },
  'authorization.k8s.io/v1beta1': {
    Plain: [
      'LocalSubjectAccessReview',
      'SelfSubjectAccessReview',
      'SelfSubjectRulesReview',
      'SubjectAccessReview',
    ],
  },
  'autoscaling/v1': { Plain: ['HorizontalPodAutoscaler', 'Scale'] },
  'autoscaling/v2beta1': { Plain: ['HorizontalPodAutoscaler'] },
  'autoscaling/v2beta2': { Plain: ['HorizontalPodAutoscaler'] },
  'batch/v1': { CronJob: ['CronJob'], Workload: ['Job'] },
  'batch/v1beta1': { CronJob: ['CronJob'] },
  'certificates.k8s.io/v1': { Plain: ['CertificateSigningRequest'] },
  'certificates.k8s.io/v1beta1': { Plain: ['CertificateSigningRequest'] },
  'coordination.k8s.io/v1': { Plain: ['Lease'] },
  'coordination.k8s.io/v1beta1': { Plain: ['Lease'] },
  'discovery.k8s.io/v1': { Plain: ['EndpointSlice'] },
  'discovery.k8s.io/v1beta1': { Plain: ['EndpointSlice'] },
  'events.k8s.io/v1': { Plain: ['Event'] },
  'events.k8s.io/v1beta1': { Plain: ['Event'] },
  'extensions/v1beta1': { Plain: ['Ingress'] },
  'flowcontrol.apiserver.k8s.io/v1beta1': { Plain: ['FlowSchema', 'PriorityLevelConfiguration'] },
  'networking.k8s.io/v1': { Plain: ['Ingress', 'IngressClass', 'NetworkPolicy'] },
  'networking.k8s.io/v1beta1': { Plain: ['Ingress', 'IngressClass'] },
  'node.k8s.io/v1': { Plain: ['RuntimeClass'] },
  'node.k8s.io/v1beta1': { Plain: ['RuntimeClass'] },
  'policy/v1': { PlainWithConditions: ['PodDisruptionBudget'] },
  'policy/v1beta1': {
    Plain: ['Eviction', 'PodSecurityPolicy'],
    PlainWithConditions: ['PodDisruptionBudget'],
  },
  'rbac.authorization.k8s.io/v1': { Plain: ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'] },
  'rbac.authorization.k8s.io/v1beta1': {
    Plain: ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'],
  },
  'scheduling.k8s.io/v1': { Plain: ['PriorityClass'] },
  'scheduling.k8s.io/v1beta1': { Plain: ['PriorityClass'] },
  'storage.k8s.io/v1': { CSINode: ['CSINode'], Plain: ['CSIDriver', 'StorageClass', 'VolumeAttachment'] },
  'storage.k8s.io/v1beta1': {
    CSINode: ['CSINode'],
    Plain: ['CSIDriver', 'CSIStorageCapacity', 'StorageClass', 'VolumeAttachment'],
  },
  v1: {
    ComponentStatus: ['ComponentStatus'],
    Node: ['Node'],
    Plain: [
      'Binding',
      'ConfigMap',
      'Endpoints',
      'Event',
      'LimitRange',
      'PersistentVolume',
      'ResourceQuota',
      'Secret',
    ],
    PlainWithConditions: ['Namespace', 'PersistentVolumeClaim'],
    Pod: ['Pod'],
    PodTemplate: ['PodTemplate'],
    Service: ['Service'],
    ServiceAccount: ['ServiceAccount'],
    Workload: ['ReplicationController'],
  },
};

const types = new Map<string, MergeSchema>();

function typeSchema(name: string): MergeSchema {
  let schema = types.get(name);
  if (schema === undefined) {
    schema = objectSchema(TYPES[name]!);
    types.set(name, schema);
  }
  return schema;
}

function objectSchema(fields: Readonly<Record<string, FieldType>>): MergeSchema {
  const lists = new Map<string, MergeSchema>();
  for (const [name, type] of Object.entries(fields)) {
    if (typeof type !== 'string') lists.set(name, listSchema(type.keys, type.elements));
  }
  return {
    mergeKeys: undefined,
    field(name) {
      const type = Object.hasOwn(fields, name) ? fields[name] : undefined;
      return typeof type === 'string' ? typeSchema(type) : lists.get(name);
    },
    elements: () => undefined,
  };
}

function listSchema(keys: readonly string[], elements: string | undefined): MergeSchema {
  return {
    mergeKeys: keys,
    field: () => undefined,
    elements: () => (elements === undefined ? undefined : typeSchema(elements)),
  };
}

const kinds = new Map(
  Object.entries(KINDS).flatMap(([apiVersion, byType]) =>
    Object.entries(byType).flatMap(([type, names]) =>
      names.map((kind) => [`${apiVersion}/${kind}`, type] as const),
    ),
  ),
);

/** Types whose OpenAPI name is another than the one that they share here. */
const ALIASES: Readonly<Record<string, string>> = {
  DeploymentSpec: 'WorkloadSpec',
  ReplicaSetSpec: 'WorkloadSpec',
  ReplicationControllerSpec: 'WorkloadSpec',
  StatefulSetSpec: 'WorkloadSpec',
  JobSpec: 'WorkloadSpec',
  DeploymentStatus: 'Conditions',
  StatefulSetStatus: 'Conditions',
};

export const builtInMergeSchemas: MergeSchemas = {
  ofKind(apiVersion, kind) {
    const type = kinds.get(`${apiVersion}/${kind}`);
    return type === undefined ? undefined : typeSchema(type);
  },
  definition(name) {
    if (!name.startsWith('io.k8s.')) return undefined;
    const [version = '', last = ''] = name.split('.').slice(-2);
    const type = ALIASES[last] ?? kinds.get(`${groupOf(name)}${version}/${last}`) ?? last;
    return Object.hasOwn(TYPES, type) ? typeSchema(type) : undefined;
  },
};

/** `io.k8s.api.apps.v1.Deployment` → `apps/`; the core group has none. */
function groupOf(name: string): string {
  const group = name.split('.').at(-3) ?? '';
  return group === 'core' ? '' : `${group}/`;
}
