import { isMapping, type Mapping, type Value } from '../core/value.ts';

type Fields = Readonly<Record<string, Value>>;

/** What the server writes into objects that leave it out, as far as expressions are likely to read it. */
const OBJECTS: Readonly<Record<string, Fields>> = {
  Deployment: {
    replicas: 1,
    revisionHistoryLimit: 10,
    progressDeadlineSeconds: 600,
    strategy: { type: 'RollingUpdate' },
  },
  StatefulSet: {
    replicas: 1,
    revisionHistoryLimit: 10,
    podManagementPolicy: 'OrderedReady',
    updateStrategy: { type: 'RollingUpdate' },
  },
  DaemonSet: { revisionHistoryLimit: 10, updateStrategy: { type: 'RollingUpdate' } },
  ReplicaSet: { replicas: 1 },
  ReplicationController: { replicas: 1 },
  Job: { backoffLimit: 6, suspend: false, completionMode: 'NonIndexed' },
  CronJob: {
    concurrencyPolicy: 'Allow',
    suspend: false,
    successfulJobsHistoryLimit: 3,
    failedJobsHistoryLimit: 1,
  },
  Service: { type: 'ClusterIP', sessionAffinity: 'None', internalTrafficPolicy: 'Cluster' },
  HorizontalPodAutoscaler: { minReplicas: 1 },
  PersistentVolumeClaim: { volumeMode: 'Filesystem' },
};
const POD: Fields = {
  restartPolicy: 'Always',
  dnsPolicy: 'ClusterFirst',
  schedulerName: 'default-scheduler',
  terminationGracePeriodSeconds: 30,
  securityContext: {},
};
const CONTAINER: Fields = {
  resources: {},
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
};

/** The object as policies see it when it is created: with defaults, in its namespace, without status. */
export function defaulted(manifest: Mapping, namespace: string): Mapping {
  const { status: _, ...object } = manifest;
  const { kind, metadata, spec } = object;
  const named = namespace === '' || !isMapping(metadata) ? {} : { metadata: { ...metadata, namespace } };
  const standard = typeof kind === 'string' && Object.hasOwn(OBJECTS, kind) ? OBJECTS[kind] : undefined;
  if (!isMapping(spec)) return { ...object, ...named };
  let full: Mapping = { ...standard, ...spec };
  if (kind === 'Pod') full = { serviceAccountName: 'default', ...pod(full) };
  else if (kind === 'Service')
    full = { ...full, ...each(full, 'ports', (port) => ({ protocol: 'TCP', ...port })) };
  else if (kind === 'CronJob' && isMapping(full.jobTemplate) && isMapping(full.jobTemplate.spec))
    full = {
      ...full,
      jobTemplate: { ...full.jobTemplate, spec: withTemplate({ ...OBJECTS.Job, ...full.jobTemplate.spec }) },
    };
  else full = withTemplate(full);
  return { ...object, ...named, spec: full };
}

function withTemplate(spec: Mapping): Mapping {
  const { template } = spec;
  if (!isMapping(template) || !isMapping(template.spec)) return spec;
  return { ...spec, template: { ...template, spec: pod(template.spec) } };
}

function pod(spec: Mapping): Mapping {
  return {
    ...POD,
    ...spec,
    ...each(spec, 'containers', container),
    ...each(spec, 'initContainers', container),
  };
}

function container(written: Mapping): Mapping {
  const image = typeof written.image === 'string' ? written.image : '';
  const imagePullPolicy =
    image.includes('@') || (/:[^/]+$/.test(image) && !image.endsWith(':latest')) ? 'IfNotPresent' : 'Always';
  return {
    ...CONTAINER,
    imagePullPolicy,
    ...written,
    ...each(written, 'ports', (port) => ({ protocol: 'TCP', ...port })),
  };
}

function each(map: Mapping, key: string, fill: (item: Mapping) => Mapping): Mapping {
  const items = map[key];
  if (!Array.isArray(items)) return {};
  return { [key]: items.map((item: Value) => (isMapping(item) ? fill(item) : item)) };
}
