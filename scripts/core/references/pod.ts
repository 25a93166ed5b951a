import { mapping, mappings, text } from '../fields.ts';
import type { Path } from '../path.ts';
import type { Mapping, Value } from '../value.ts';
import { containersOf } from '../workload.ts';
import type { Named } from './reference.ts';

const known = new WeakMap<Mapping, readonly Named[]>();

/** What a pod's spec names; `at` counts from that spec. */
export function namedByPod(spec: Mapping): readonly Named[] {
  let found = known.get(spec);
  if (found === undefined) {
    found = [...collect(spec)];
    known.set(spec, found);
  }
  return found;
}

function* collect(spec: Mapping): Generator<Named> {
  yield* plain('', 'ServiceAccount', spec.serviceAccountName ?? spec.serviceAccount, [
    spec.serviceAccountName === undefined ? 'serviceAccount' : 'serviceAccountName',
  ]);
  yield* plain('scheduling.k8s.io', 'PriorityClass', spec.priorityClassName, ['priorityClassName']);
  yield* plain('node.k8s.io', 'RuntimeClass', spec.runtimeClassName, ['runtimeClassName']);
  for (const [index, { name }] of mappings(spec.imagePullSecrets)) {
    yield* plain('', 'Secret', name, ['imagePullSecrets', index, 'name']);
  }
  for (const [index, volume] of mappings(spec.volumes)) yield* volumeNames(volume, ['volumes', index]);
  for (const container of containersOf(spec)) {
    for (const [index, { valueFrom }] of mappings(container.value.env)) {
      const at = [...container.at, 'env', index, 'valueFrom'];
      yield* keyed('ConfigMap', mapping(valueFrom).configMapKeyRef, [...at, 'configMapKeyRef']);
      yield* keyed('Secret', mapping(valueFrom).secretKeyRef, [...at, 'secretKeyRef']);
    }
    for (const [index, { configMapRef, secretRef }] of mappings(container.value.envFrom)) {
      const at = [...container.at, 'envFrom', index];
      yield* whole('ConfigMap', configMapRef, [...at, 'configMapRef']);
      yield* whole('Secret', secretRef, [...at, 'secretRef']);
    }
  }
}

function* volumeNames(volume: Mapping, at: Path): Generator<Named> {
  const { configMap, secret, persistentVolumeClaim, projected, csi } = volume;
  yield* withItems('ConfigMap', mapping(configMap), 'name', [...at, 'configMap']);
  yield* withItems('Secret', mapping(secret), 'secretName', [...at, 'secret']);
  yield* plain('', 'PersistentVolumeClaim', mapping(persistentVolumeClaim).claimName, [
    ...at,
    'persistentVolumeClaim',
    'claimName',
  ]);
  yield* plain('', 'Secret', mapping(mapping(csi).nodePublishSecretRef).name, [
    ...at,
    'csi',
    'nodePublishSecretRef',
    'name',
  ]);
  for (const [index, source] of mappings(mapping(projected).sources)) {
    const from = [...at, 'projected', 'sources', index];
    yield* withItems('ConfigMap', mapping(source.configMap), 'name', [...from, 'configMap']);
    yield* withItems('Secret', mapping(source.secret), 'name', [...from, 'secret']);
  }
}

/** A volume: the whole object, and each key that is picked from it. */
function* withItems(kind: string, source: Mapping, field: string, at: Path): Generator<Named> {
  const name = text(source[field]);
  if (name === undefined) return;
  const optional = source.optional === true;
  yield { group: '', kind, name, at: [...at, field], optional };
  for (const [index, item] of mappings(source.items)) {
    const key = text(item.key);
    if (key === undefined) continue;
    yield { group: '', kind, name, at: [...at, field], key, keyAt: [...at, 'items', index, 'key'], optional };
  }
}

/** A variable: the whole object, and the key that is picked from it. */
function* keyed(kind: string, value: Value | undefined, at: Path): Generator<Named> {
  const { name: written, key: writtenKey, optional } = mapping(value);
  const name = text(written);
  const key = text(writtenKey);
  if (name === undefined || key === undefined) return;
  const whole = { group: '', kind, name, at: [...at, 'name'], optional: optional === true };
  yield whole;
  yield { ...whole, key, keyAt: [...at, 'key'] };
}

function* whole(kind: string, value: Value | undefined, at: Path): Generator<Named> {
  const { name: written, optional } = mapping(value);
  const name = text(written);
  if (name !== undefined) yield { group: '', kind, name, at: [...at, 'name'], optional: optional === true };
}

function* plain(group: string, kind: string, value: Value | undefined, at: Path): Generator<Named> {
  const name = text(value);
  if (name !== undefined && name !== '') yield { group, kind, name, at };
}
