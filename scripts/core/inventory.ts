import type { Cluster } from './cluster.ts';
import { push } from './entry.ts';
import type { Memoed } from './memoised.ts';
import { groupOf, type Resource } from './resource.ts';
import { type Pod, podOf } from './workload.ts';

/** A workload with the pod that it makes. */
export interface Workload {
  readonly resource: Resource;
  readonly namespace: string;
  readonly pod: Pod;
}

/** Everything in one cluster, ready to be looked up. */
export interface Inventory extends Memoed {
  readonly cluster: Cluster;
  readonly resources: readonly Resource[];
  /** Those that declare what one before them declared. */
  readonly repeated: readonly Resource[];
  /**
   * `part` where the objects are only some of what the cluster runs (plain files): then what is absent here may
   * stand elsewhere.
   */
  readonly extent: 'whole' | 'part';
  /** The namespace that the object ends up in; empty for one of the whole cluster. */
  namespaceOf(resource: Resource): string;
  /** Objects of a kind, whatever its version, by API group (`apps`, `` for the core). */
  ofKind(group: string, kind: string): readonly Resource[];
  /** The object, whatever its version; the last of several. */
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

/** Objects of a kind. */
interface OfKind {
  readonly group: string;
  readonly resources: Resource[];
  /** By name, then by namespace: no key has to be put together. */
  readonly byName: Map<string, Map<string, Resource>>;
}

export function inventoryOf(contents: ClusterContents): Inventory {
  const { cluster, resources, defaultNamespaceOf } = contents;
  const kinds = new Map<string, OfKind[]>();
  const repeated: Resource[] = [];
  const workloads: Workload[] = [];
  const byNamespace = new Map<string, Workload[]>();
  const namespaceOf = (resource: Resource): string =>
    resource.id.namespace ??
    (CLUSTER_SCOPED.has(resource.id.kind) ? '' : (defaultNamespaceOf?.(resource) ?? 'default'));

  const kindOf = (group: string, kind: string): OfKind | undefined =>
    kinds.get(kind)?.find((each) => each.group === group);

  for (const resource of resources) {
    const { apiVersion, kind, name } = resource.id;
    const namespace = namespaceOf(resource);
    const group = groupOf(apiVersion);
    let ofKind = kindOf(group, kind);
    if (ofKind === undefined) {
      ofKind = { group, resources: [], byName: new Map() };
      push(kinds, kind, ofKind);
    }
    ofKind.resources.push(resource);
    const sameName = ofKind.byName.get(name);
    if (sameName === undefined) ofKind.byName.set(name, new Map([[namespace, resource]]));
    else {
      if (name !== '' && sameName.has(namespace)) repeated.push(resource);
      sameName.set(namespace, resource);
    }
    const pod = podOf(resource);
    if (pod === undefined) continue;
    const workload = { resource, namespace, pod };
    workloads.push(workload);
    push(byNamespace, namespace, workload);
  }
  return {
    cluster,
    resources,
    repeated,
    extent: contents.extent ?? 'whole',
    namespaceOf,
    ofKind: (group, kind) => kindOf(group, kind)?.resources ?? [],
    find: (group, kind, namespace, name) => kindOf(group, kind)?.byName.get(name)?.get(namespace),
    workloads,
    workloadsIn: (namespace) => byNamespace.get(namespace) ?? [],
    memo: new Map(),
  };
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
