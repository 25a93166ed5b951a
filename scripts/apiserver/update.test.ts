import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { toPointer } from '../core/path.ts';
import type { Mapping } from '../core/value.ts';
import { serverOf } from './context.ts';
import { checkUpdate } from './update.ts';

const DEPLOYMENT = `
apiVersion: apps/v1
kind: Deployment
spec: { replicas: 1, selector: { matchLabels: { app: a } } }`;
const STATEFUL_SET = `
apiVersion: apps/v1
kind: StatefulSet
spec: { serviceName: db, replicas: 1, selector: { matchLabels: { app: a } } }`;
const SERVICE = `
apiVersion: v1
kind: Service
spec: { clusterIP: 10.0.0.1 }`;
const JOB = `
apiVersion: batch/v1
kind: Job
spec: { template: { spec: { restartPolicy: Never, containers: [{ name: a, image: a }] } } }`;
const CONFIG_MAP = `
apiVersion: v1
kind: ConfigMap
immutable: true
data: { a: b }`;
const POD = `
apiVersion: v1
kind: Pod
spec: { containers: [{ name: a, image: a:1 }] }`;

const BINDING = `
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
roleRef: { kind: Role, name: a }
subjects: []`;
const CLAIM = `
apiVersion: v1
kind: PersistentVolumeClaim
spec: { accessModes: [ReadWriteOnce], storageClassName: fast, resources: { requests: { storage: 2Gi } } }`;
const STORAGE_CLASS = `
apiVersion: storage.k8s.io/v1
kind: StorageClass
provisioner: a.b
parameters: { type: gp3 }`;
const PRIORITY_CLASS = `
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
value: 1`;
const DEFINITION = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
spec: { group: example.com, scope: Namespaced, names: { kind: A, plural: as } }`;

/** The object before, what of its text is replaced by what, and the fields that may not change so. */
const CASES: readonly (readonly [string, string, string, readonly string[]])[] = [
  [DEPLOYMENT, 'replicas: 1', 'replicas: 2', []],
  [DEPLOYMENT, 'app: a', 'app: b', ['/spec/selector']],
  [STATEFUL_SET, 'replicas: 1', 'replicas: 3, podManagementPolicy: OrderedReady', []],
  [STATEFUL_SET, 'serviceName: db', 'serviceName: other', ['/spec']],
  [SERVICE, '10.0.0.1', '10.0.0.2', ['/spec/clusterIP']],
  [SERVICE, 'clusterIP: 10.0.0.1', 'type: NodePort', []],
  [JOB, 'image: a', 'image: b', ['/spec/template']],
  [JOB, 'spec: {', 'spec: { parallelism: 2,', []],
  [CONFIG_MAP, 'a: b', 'a: c', ['/data']],
  [CONFIG_MAP, 'immutable: true', 'immutable: false', ['/immutable']],
  [BINDING, 'name: a', 'name: b', ['/roleRef']],
  [BINDING, 'name: a', 'name: a, apiGroup: rbac.authorization.k8s.io', []],
  [CLAIM, '2Gi', '3Gi', []],
  [CLAIM, '2Gi', '1Gi', ['/spec/resources/requests/storage']],
  [CLAIM, 'fast', 'slow', ['/spec/storageClassName']],
  [CLAIM, 'accessModes', 'volumeMode: Filesystem, accessModes', []],
  [STORAGE_CLASS, 'gp3', 'io2', ['/parameters']],
  [STORAGE_CLASS, 'provisioner: a.b', 'provisioner: a.b\nreclaimPolicy: Delete', []],
  [STORAGE_CLASS, 'provisioner: a.b', 'provisioner: a.b\nreclaimPolicy: Retain', ['/reclaimPolicy']],
  [PRIORITY_CLASS, 'value: 1', 'value: 2', ['/value']],
  [DEFINITION, 'Namespaced', 'Cluster', ['/spec/scope']],
  [DEFINITION, 'kind: A', 'kind: B', ['/spec/names/kind']],
  [POD, 'a:1', 'a:2', []],
  [POD, 'containers', 'hostNetwork: true, containers', ['/spec']],
];

for (const [old, from, to, fields] of CASES) {
  test(`${/kind: (\w+)/.exec(old)![1]}: ${from} → ${to}`, () => {
    const before = parse(old) as Mapping;
    const after = parse(old.replace(from, to)) as Mapping;
    const found = checkUpdate(before, after, serverOf('1.36'));
    assert.equal(
      found.map(({ at }) => toPointer(at)),
      fields,
    );
  });
}

test.run();
