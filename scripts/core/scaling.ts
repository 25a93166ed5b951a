import { mapping, number, text } from './fields.ts';
import type { Inventory, Workload } from './inventory.ts';
import { memoisedIn } from './memoised.ts';
import type { Path } from './path.ts';
import { groupOf, type Resource } from './resource.ts';

/** What sets the number of replicas of a workload. */
export interface Autoscaler {
  readonly resource: Resource;
  readonly namespace: string;
  readonly target: { readonly group: string; readonly kind: string; readonly name: string };
  readonly targetPath: Path;
  readonly minimum: number;
  readonly minimumPath: Path;
  readonly maximum: number | undefined;
}

/** Every HorizontalPodAutoscaler, and KEDA's ScaledObject, which makes one. */
export const autoscalersIn = memoisedIn((inventory: Inventory): readonly Autoscaler[] => [
  ...inventory.ofKind('autoscaling', 'HorizontalPodAutoscaler').map((each) => readHpa(inventory, each)),
  ...inventory.ofKind('keda.sh', 'ScaledObject').map((each) => readScaledObject(inventory, each)),
]);

/** The autoscaler of a workload, if it has one. */
export function autoscalerOf(inventory: Inventory, workload: Workload): Autoscaler | undefined {
  const { apiVersion, kind, name } = workload.resource.id;
  return autoscalersIn(inventory).find(
    ({ namespace, target }) =>
      namespace === workload.namespace &&
      target.name === name &&
      target.kind === kind &&
      // One that names no apiVersion means a built-in kind.
      (target.group === '' || target.group === groupOf(apiVersion)),
  );
}

/** Whether its target is not there, in a namespace that does run something. */
export function aimsAtNothing(inventory: Inventory, { namespace, target }: Autoscaler): boolean {
  return (
    inventory.extent === 'whole' &&
    inventory.workloadsIn(namespace).length > 0 &&
    inventory.find(target.group, target.kind, namespace, target.name) === undefined
  );
}

/** As written; undefined where the manifest leaves it out. */
export function replicasOf(resource: Resource): number | undefined {
  return number(mapping(resource.manifest.spec).replicas);
}

const COUNTED = [
  'Deployment',
  'StatefulSet',
  'ReplicaSet',
  'ReplicationController',
  'Rollout',
  'DeploymentConfig',
];

/** How many pods a workload has: one unless it says otherwise; undefined where something else decides. */
export function countOf(inventory: Inventory, workload: Workload): number | undefined {
  const { resource } = workload;
  if (!COUNTED.includes(resource.id.kind) || autoscalerOf(inventory, workload) !== undefined)
    return undefined;
  return replicasOf(resource) ?? 1;
}

/** Whether it has several pods: by its own number, or by an autoscaler that may add some. */
export function hasSeveral(inventory: Inventory, workload: Workload): boolean {
  const { resource } = workload;
  if (!COUNTED.includes(resource.id.kind)) return false;
  return (replicasOf(resource) ?? 1) >= 2 || autoscalerOf(inventory, workload) !== undefined;
}

function readHpa(inventory: Inventory, resource: Resource): Autoscaler {
  const spec = mapping(resource.manifest.spec);
  const ref = mapping(spec.scaleTargetRef);
  return {
    resource,
    namespace: inventory.namespaceOf(resource),
    target: {
      group: groupOf(text(ref.apiVersion) ?? ''),
      kind: text(ref.kind) ?? '',
      name: text(ref.name) ?? '',
    },
    targetPath: ['spec', 'scaleTargetRef'],
    minimum: number(spec.minReplicas) ?? 1,
    minimumPath: ['spec', 'minReplicas'],
    maximum: number(spec.maxReplicas),
  };
}

/** https://keda.sh/docs/latest/reference/scaledobject-spec/: the target is a Deployment unless it says otherwise. */
function readScaledObject(inventory: Inventory, resource: Resource): Autoscaler {
  const spec = mapping(resource.manifest.spec);
  const ref = mapping(spec.scaleTargetRef);
  return {
    resource,
    namespace: inventory.namespaceOf(resource),
    target: {
      group: groupOf(text(ref.apiVersion) ?? 'apps/v1'),
      kind: text(ref.kind) ?? 'Deployment',
      name: text(ref.name) ?? '',
    },
    targetPath: ['spec', 'scaleTargetRef'],
    minimum: number(spec.minReplicaCount) ?? 0,
    minimumPath: ['spec', 'minReplicaCount'],
    maximum: number(spec.maxReplicaCount) ?? 100,
  };
}
