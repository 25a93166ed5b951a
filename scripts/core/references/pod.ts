import { mapping, mappings, text } from '../fields.ts';
import { memoised } from '../memoised.ts';
import type { Path } from '../path.ts';
import type { Mapping, Value } from '../value.ts';
import { containersOf } from '../workload.ts';
import type { Named } from './reference.ts';

/** What a pod's spec names; `at` counts from that spec. */
export const namedByPod = memoised((spec: Mapping): readonly Named[] => {
  const found: Named[] = [];
  const account = spec.serviceAccountName === undefined ? 'serviceAccount' : 'serviceAccountName';
  plain(found, '', 'ServiceAccount', spec[account], [account]);
  plain(found, 'scheduling.k8s.io', 'PriorityClass', spec.priorityClassName, ['priorityClassName']);
  plain(found, 'node.k8s.io', 'RuntimeClass', spec.runtimeClassName, ['runtimeClassName']);
  for (const [index, { name }] of mappings(spec.imagePullSecrets)) {
    plain(found, '', 'Secret', name, ['imagePullSecrets', index, 'name']);
  }
  add(found, spec.volumes, namedByVolumes, ['volumes']);
  for (const { value, at } of containersOf(spec)) {
    add(found, value.env, namedByVariables, [...at, 'env']);
    namedBySources(found, value.envFrom, at);
  }
  return found;
});

/** What a list names, found once for all pods that share the list. */
function add(
  found: Named[],
  list: Value | undefined,
  namedBy: (list: readonly Value[]) => readonly Named[],
  path: Path,
): void {
  if (!Array.isArray(list) || list.length === 0) return;
  for (const named of namedBy(list)) {
    const { at, keyAt } = named;
    found.push({ ...named, at: [...path, ...at], ...(keyAt && { keyAt: [...path, ...keyAt] }) });
  }
}

const namedByVariables = memoised((env: readonly Value[]): readonly Named[] => {
  const found: Named[] = [];
  for (const [index, { valueFrom }] of mappings(env)) {
    const at = [index, 'valueFrom'];
    keyed(found, 'ConfigMap', mapping(valueFrom).configMapKeyRef, [...at, 'configMapKeyRef']);
    keyed(found, 'Secret', mapping(valueFrom).secretKeyRef, [...at, 'secretKeyRef']);
  }
  return found;
});

/** Short, and each pod's own where a name has a hash: to remember it costs more than to look. */
function namedBySources(found: Named[], envFrom: Value | undefined, at: Path): void {
  for (const [index, { configMapRef, secretRef }] of mappings(envFrom)) {
    const path = [...at, 'envFrom', index];
    whole(found, 'ConfigMap', configMapRef, [...path, 'configMapRef']);
    whole(found, 'Secret', secretRef, [...path, 'secretRef']);
  }
}

const namedByVolumes = memoised((volumes: readonly Value[]): readonly Named[] => {
  const found: Named[] = [];
  for (const [index, { configMap, secret, persistentVolumeClaim, projected, csi }] of mappings(volumes)) {
    withItems(found, 'ConfigMap', mapping(configMap), 'name', [index, 'configMap']);
    withItems(found, 'Secret', mapping(secret), 'secretName', [index, 'secret']);
    const claim = [index, 'persistentVolumeClaim', 'claimName'];
    plain(found, '', 'PersistentVolumeClaim', mapping(persistentVolumeClaim).claimName, claim);
    const publish = [index, 'csi', 'nodePublishSecretRef', 'name'];
    plain(found, '', 'Secret', mapping(mapping(csi).nodePublishSecretRef).name, publish);
    for (const [each, source] of mappings(mapping(projected).sources)) {
      const from = [index, 'projected', 'sources', each];
      withItems(found, 'ConfigMap', mapping(source.configMap), 'name', [...from, 'configMap']);
      withItems(found, 'Secret', mapping(source.secret), 'name', [...from, 'secret']);
    }
  }
  return found;
});

/** A volume: the whole object, and each key that is picked from it. */
function withItems(found: Named[], kind: string, source: Mapping, field: string, at: Path): void {
  const name = text(source[field]);
  if (name === undefined) return;
  const optional = source.optional === true;
  found.push({ group: '', kind, name, at: [...at, field], optional });
  for (const [index, item] of mappings(source.items)) {
    const key = text(item.key);
    if (key === undefined) continue;
    const keyAt = [...at, 'items', index, 'key'];
    found.push({ group: '', kind, name, at: [...at, field], key, keyAt, optional });
  }
}

/** A variable: the whole object, and the key that is picked from it. */
function keyed(found: Named[], kind: string, value: Value | undefined, at: Path): void {
  const { name: written, key: writtenKey, optional } = mapping(value);
  const name = text(written);
  const key = text(writtenKey);
  if (name === undefined || key === undefined) return;
  const named = { group: '', kind, name, at: [...at, 'name'], optional: optional === true };
  found.push(named, { ...named, key, keyAt: [...at, 'key'] });
}

function whole(found: Named[], kind: string, value: Value | undefined, at: Path): void {
  const { name: written, optional } = mapping(value);
  const name = text(written);
  if (name !== undefined)
    found.push({ group: '', kind, name, at: [...at, 'name'], optional: optional === true });
}

function plain(found: Named[], group: string, kind: string, value: Value | undefined, at: Path): void {
  const name = text(value);
  if (name !== undefined && name !== '') found.push({ group, kind, name, at });
}
