import { byKind } from './by-kind.ts';
import { mapping, mappings, text } from './fields.ts';
import type { Path } from './path.ts';
import type { Resource } from './resource.ts';
import { isMapping, type Mapping } from './value.ts';

/** The pod that an object makes: a Pod itself, or the template of a workload. */
export interface Pod {
  readonly spec: Mapping;
  /** Of the spec, from the object's root. */
  readonly path: Path;
  readonly labels: Mapping;
  readonly annotations: Mapping;
  /** Of the template's metadata, from the object's root. */
  readonly metadataPath: Path;
}

/** A sidecar is an init container with `restartPolicy: Always`. */
export type ContainerRole = 'container' | 'init' | 'sidecar' | 'ephemeral';

export interface Container {
  readonly name: string;
  readonly value: Mapping;
  readonly role: ContainerRole;
  /** From the pod's spec: `['containers', 0]`. */
  readonly at: Path;
}

/**
 * Where each kind keeps its pod template, by kind, then by API group. A custom kind joins by a line here, and every
 * pod rule holds for it.
 */
const templateOf = byKind<Path>({
  Pod: { '': [] },
  PodTemplate: { '': ['template'] },
  ReplicationController: { '': ['spec', 'template'] },
  Deployment: { apps: ['spec', 'template'], extensions: ['spec', 'template'] },
  ReplicaSet: { apps: ['spec', 'template'], extensions: ['spec', 'template'] },
  DaemonSet: {
    apps: ['spec', 'template'],
    extensions: ['spec', 'template'],
    'apps.kruise.io': ['spec', 'template'],
  },
  StatefulSet: { apps: ['spec', 'template'], 'apps.kruise.io': ['spec', 'template'] },
  Job: { batch: ['spec', 'template'] },
  CronJob: { batch: ['spec', 'jobTemplate', 'spec', 'template'] },
  Rollout: { 'argoproj.io': ['spec', 'template'] },
  CloneSet: { 'apps.kruise.io': ['spec', 'template'] },
  BroadcastJob: { 'apps.kruise.io': ['spec', 'template'] },
  DeploymentConfig: { 'apps.openshift.io': ['spec', 'template'] },
  ScaledJob: { 'keda.sh': ['spec', 'jobTargetRef', 'template'] },
  Service: { 'serving.knative.dev': ['spec', 'template'] },
  Configuration: { 'serving.knative.dev': ['spec', 'template'] },
  GameServer: { 'agones.dev': ['spec', 'template'] },
  Fleet: { 'agones.dev': ['spec', 'template', 'spec', 'template'] },
  LeaderWorkerSet: { 'leaderworkerset.x-k8s.io': ['spec', 'leaderWorkerTemplate', 'workerTemplate'] },
});

const pods = new WeakMap<Mapping, Pod | null>();

/** The pod of any kind that has a pod template; undefined for the others. */
export function podOf(resource: Resource): Pod | undefined {
  const path = templateOf(resource.id.kind, resource.id.apiVersion);
  if (path === undefined) return undefined;
  let pod = pods.get(resource.manifest);
  if (pod === undefined) {
    pod = readPod(resource.manifest, path) ?? null;
    pods.set(resource.manifest, pod);
  }
  return pod ?? undefined;
}

function readPod(manifest: Mapping, path: Path): Pod | undefined {
  let template = manifest;
  for (const step of path) template = mapping(template[step]);
  if (!isMapping(template.spec)) return undefined;
  const metadata = mapping(template.metadata);
  return {
    spec: template.spec,
    path: [...path, 'spec'],
    labels: mapping(metadata.labels),
    annotations: mapping(metadata.annotations),
    metadataPath: [...path, 'metadata'],
  };
}

const lists = ['initContainers', 'containers', 'ephemeralContainers'] as const;
const containers = new WeakMap<Mapping, readonly Container[]>();

/** Every container of a pod's spec, of all roles, in the order in which they start. */
export function containersOf(spec: Mapping): readonly Container[] {
  let found = containers.get(spec);
  if (found === undefined) {
    const all: Container[] = [];
    for (const list of lists) {
      for (const [index, value] of mappings(spec[list])) {
        all.push({ name: text(value.name) ?? '', value, role: roleIn(list, value), at: [list, index] });
      }
    }
    found = all;
    containers.set(spec, found);
  }
  return found;
}

function roleIn(list: (typeof lists)[number], container: Mapping): ContainerRole {
  if (list === 'containers') return 'container';
  if (list === 'ephemeralContainers') return 'ephemeral';
  return container.restartPolicy === 'Always' ? 'sidecar' : 'init';
}

/** Runs for the pod's whole life: neither an init container nor one put in by hand. */
export function isLongRunning(container: Container): boolean {
  return container.role === 'container' || container.role === 'sidecar';
}

const ROLE_TITLES: Readonly<Record<ContainerRole, string>> = {
  container: 'Container',
  init: 'Init container',
  sidecar: 'Sidecar',
  ephemeral: 'Ephemeral container',
};

/** How a message names it: `Container "web"`. */
export function titleOf(container: Container): string {
  return `${ROLE_TITLES[container.role]} "${container.name}"`;
}

/** Its pods end by themselves, and nothing waits for them to be ready. */
export function runsToCompletion(resource: Resource): boolean {
  const { kind } = resource.id;
  return kind === 'Job' || kind === 'CronJob' || kind === 'ScaledJob' || kind === 'BroadcastJob';
}
