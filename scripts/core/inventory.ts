import type { Cluster } from './cluster.ts';
import { groupOf, type Resource } from './resource.ts';
import { type Pod, podOf } from './workload.ts';

/** A workload with the pod that it makes. */
export interface Workload {
  readonly resource: Resource;
  readonly namespace: string;
  readonly pod: Pod;
}

/** Everything in one cluster, ready to be looked up. */
export interface Inventory {
  readonly cluster: Cluster;
  readonly resources: readonly Resource[];
  /**
   * `part` where the objects are only some of what the cluster runs (plain files): then what is absent here may
   * stand elsewhere.
   */
  readonly extent: 'whole' | 'part';
  /** The namespace that the object ends up in; empty for one of the whole cluster. */
  namespaceOf(resource: Resource): string;
  /** Objects of a kind, whatever its version, by API group (`apps`, `` for the core). */
  ofKind(group: string, kind: string): readonly Resource[];
  /** The object, whatever its version. */
  find(group: string, kind: string, namespace: string, name: string): Resource | undefined;
  readonly workloads: readonly Workload[];
  workloadsIn(namespace: string): readonly Workload[];
}

/** What is known of one cluster before its objects are looked at. */
export interface ClusterContents {
  readonly cluster: Cluster;
  readonly resources: readonly Resource[];
  readonly extent?: 'whole' | 'part';
  /** Where an object that names no namespace ends up: an Application's destination. `default` unless given. */
  readonly defaultNamespaceOf?: (resource: Resource) => string | undefined;
}

export function inventoryOf(contents: ClusterContents): Inventory {
  const { cluster, resources, defaultNamespaceOf } = contents;
  const byKind = new Map<string, Resource[]>();
  const byName = new Map<string, Resource>();
  const workloads: Workload[] = [];
  const byNamespace = new Map<string, Workload[]>();
  const namespaceOf = (resource: Resource): string =>
    resource.id.namespace ??
    (CLUSTER_SCOPED.has(resource.id.kind) ? '' : (defaultNamespaceOf?.(resource) ?? 'default'));

  for (const resource of resources) {
    const { apiVersion, kind, name } = resource.id;
    const key = `${groupOf(apiVersion)}/${kind}`;
    const namespace = namespaceOf(resource);
    push(byKind, key, resource);
    byName.set(`${key}/${namespace}/${name}`, resource);
    const pod = podOf(resource);
    if (pod === undefined) continue;
    const workload = { resource, namespace, pod };
    workloads.push(workload);
    push(byNamespace, namespace, workload);
  }
  return {
    cluster,
    resources,
    extent: contents.extent ?? 'whole',
    namespaceOf,
    ofKind: (group, kind) => byKind.get(`${group}/${kind}`) ?? [],
    find: (group, kind, namespace, name) => byName.get(`${group}/${kind}/${namespace}/${name}`),
    workloads,
    workloadsIn: (namespace) => byNamespace.get(namespace) ?? [],
  };
}

function push<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}

/** Kinds of the whole cluster that rules look up by name (`kubectl api-resources --namespaced=false`). */
export const CLUSTER_SCOPED: ReadonlySet<string> = new Set([
  'APIService',
  'CSIDriver',
  'CSINode',
  'ClusterIssuer',
  'ClusterRole',
  'ClusterRoleBinding',
  'ClusterSecretStore',
  'CustomResourceDefinition',
  'GatewayClass',
  'IngressClass',
  'MutatingAdmissionPolicy',
  'MutatingAdmissionPolicyBinding',
  'MutatingWebhookConfiguration',
  'Namespace',
  'Node',
  'PersistentVolume',
  'PriorityClass',
  'RuntimeClass',
  'StorageClass',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
  'VolumeAttachment',
]);
