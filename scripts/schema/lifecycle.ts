/** When an API of Kubernetes went, or goes, and what takes its place. */
export interface Lifecycle {
  readonly deprecated: string;
  /** The minor version that no longer serves it; undefined where none is set. */
  readonly removed: string | undefined;
  /** The API to use instead, and the minor version that brought it; undefined where there is none. */
  readonly replacement: string | undefined;
  readonly since: string | undefined;
}

/** kinds, apiVersion, deprecated, removed, replacement, since. After Kubernetes' deprecated API migration guide. */
type Row = readonly [string, string, string, string | undefined, string | undefined, string | undefined];

const ROWS: readonly Row[] = [
  ['Deployment DaemonSet ReplicaSet', 'extensions/v1beta1', '1.9', '1.16', 'apps/v1', '1.9'],
  ['NetworkPolicy', 'extensions/v1beta1', '1.9', '1.16', 'networking.k8s.io/v1', '1.8'],
  ['PodSecurityPolicy', 'extensions/v1beta1', '1.11', '1.16', undefined, undefined],
  ['Ingress', 'extensions/v1beta1', '1.14', '1.22', 'networking.k8s.io/v1', '1.19'],
  ['Deployment StatefulSet ControllerRevision', 'apps/v1beta1', '1.9', '1.16', 'apps/v1', '1.9'],
  [
    'Deployment StatefulSet DaemonSet ReplicaSet ControllerRevision',
    'apps/v1beta2',
    '1.9',
    '1.16',
    'apps/v1',
    '1.9',
  ],
  [
    'MutatingWebhookConfiguration ValidatingWebhookConfiguration',
    'admissionregistration.k8s.io/v1beta1',
    '1.16',
    '1.22',
    'admissionregistration.k8s.io/v1',
    '1.16',
  ],
  [
    'ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding',
    'admissionregistration.k8s.io/v1beta1',
    '1.31',
    '1.34',
    'admissionregistration.k8s.io/v1',
    '1.30',
  ],
  [
    'CustomResourceDefinition',
    'apiextensions.k8s.io/v1beta1',
    '1.16',
    '1.22',
    'apiextensions.k8s.io/v1',
    '1.16',
  ],
  ['APIService', 'apiregistration.k8s.io/v1beta1', '1.19', '1.22', 'apiregistration.k8s.io/v1', '1.10'],
  ['TokenReview', 'authentication.k8s.io/v1beta1', '1.19', '1.22', 'authentication.k8s.io/v1', '1.6'],
  [
    'LocalSubjectAccessReview SelfSubjectAccessReview SubjectAccessReview SelfSubjectRulesReview',
    'authorization.k8s.io/v1beta1',
    '1.19',
    '1.22',
    'authorization.k8s.io/v1',
    '1.6',
  ],
  [
    'CertificateSigningRequest',
    'certificates.k8s.io/v1beta1',
    '1.19',
    '1.22',
    'certificates.k8s.io/v1',
    '1.19',
  ],
  ['Lease', 'coordination.k8s.io/v1beta1', '1.19', '1.22', 'coordination.k8s.io/v1', '1.14'],
  ['Ingress IngressClass', 'networking.k8s.io/v1beta1', '1.19', '1.22', 'networking.k8s.io/v1', '1.19'],
  [
    'ClusterRole ClusterRoleBinding Role RoleBinding',
    'rbac.authorization.k8s.io/v1beta1',
    '1.17',
    '1.22',
    'rbac.authorization.k8s.io/v1',
    '1.8',
  ],
  [
    'ClusterRole ClusterRoleBinding Role RoleBinding',
    'rbac.authorization.k8s.io/v1alpha1',
    '1.17',
    '1.22',
    'rbac.authorization.k8s.io/v1',
    '1.8',
  ],
  ['PriorityClass', 'scheduling.k8s.io/v1beta1', '1.14', '1.22', 'scheduling.k8s.io/v1', '1.14'],
  [
    'CSIDriver CSINode StorageClass VolumeAttachment',
    'storage.k8s.io/v1beta1',
    '1.19',
    '1.22',
    'storage.k8s.io/v1',
    '1.19',
  ],
  ['CronJob', 'batch/v1beta1', '1.21', '1.25', 'batch/v1', '1.21'],
  ['CronJob', 'batch/v2alpha1', '1.20', '1.21', 'batch/v1', '1.21'],
  ['EndpointSlice', 'discovery.k8s.io/v1beta1', '1.21', '1.25', 'discovery.k8s.io/v1', '1.21'],
  ['Event', 'events.k8s.io/v1beta1', '1.22', '1.25', 'events.k8s.io/v1', '1.19'],
  ['HorizontalPodAutoscaler', 'autoscaling/v2beta1', '1.22', '1.25', 'autoscaling/v2', '1.23'],
  ['HorizontalPodAutoscaler', 'autoscaling/v2beta2', '1.23', '1.26', 'autoscaling/v2', '1.23'],
  ['PodDisruptionBudget', 'policy/v1beta1', '1.21', '1.25', 'policy/v1', '1.21'],
  ['PodSecurityPolicy', 'policy/v1beta1', '1.21', '1.25', undefined, undefined],
  ['RuntimeClass', 'node.k8s.io/v1beta1', '1.22', '1.25', 'node.k8s.io/v1', '1.20'],
  [
    'FlowSchema PriorityLevelConfiguration',
    'flowcontrol.apiserver.k8s.io/v1beta1',
    '1.23',
    '1.26',
    'flowcontrol.apiserver.k8s.io/v1',
    '1.29',
  ],
  [
    'FlowSchema PriorityLevelConfiguration',
    'flowcontrol.apiserver.k8s.io/v1beta2',
    '1.26',
    '1.29',
    'flowcontrol.apiserver.k8s.io/v1',
    '1.29',
  ],
  [
    'FlowSchema PriorityLevelConfiguration',
    'flowcontrol.apiserver.k8s.io/v1beta3',
    '1.29',
    '1.32',
    'flowcontrol.apiserver.k8s.io/v1',
    '1.29',
  ],
  ['CSIStorageCapacity', 'storage.k8s.io/v1beta1', '1.24', '1.27', 'storage.k8s.io/v1', '1.24'],
  ['Endpoints', 'v1', '1.33', undefined, 'discovery.k8s.io/v1 EndpointSlice', '1.21'],
  ['ComponentStatus', 'v1', '1.19', undefined, undefined, undefined],
];

const byKey = new Map<string, Lifecycle>();
for (const [kinds, apiVersion, deprecated, removed, replacement, since] of ROWS)
  for (const kind of kinds.split(' '))
    byKey.set(`${apiVersion} ${kind}`, { deprecated, removed, replacement, since });

/** @param key `extensions/v1beta1 Ingress` */
export function lifecycleOf(key: string): Lifecycle | undefined {
  return byKey.get(key);
}

/** `1.36` → 36; every minor version of interest is of version 1. */
export function minorNumber(version: string): number {
  return Number(version.slice(version.indexOf('.') + 1));
}
