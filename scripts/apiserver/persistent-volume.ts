import type { Mapping } from '../core/value.ts';
import { checkAccessModes } from './claim.ts';
import type { Field } from './field.ts';
import { needSyntax, needText, oneOf, syntaxOf, writtenOneOf } from './fields.ts';
import { IMMUTABLE_FIELD, sameValue, unchanged } from './immutable.ts';
import type { ServerKind } from './kind.ts';
import { checkNodeSelectorTerms } from './node-selector.ts';
import { amountOf } from './quantity.ts';
import { EMPTY, has, inside, mapping, text } from './read.ts';
import { serverRule } from './rule.ts';
import { DNS_LABEL, DNS_SUBDOMAIN, hasBackstep } from './syntax.ts';
import { checkCsiDriverName, POD_SOURCES, type VolumeSource } from './volume-sources.ts';

export const REFUSED_PERSISTENT_VOLUME = serverRule({
  id: 'refused-persistent-volume',
  title: 'PersistentVolume that the API server refuses',
  why: 'A volume has exactly one source, a capacity and access modes, without which no claim could be bound to it.',
  fix: 'Keep one source with its fields, `capacity.storage` above 0 and access modes by their full names; a local volume also needs node affinity.',
  covers: [
    'access modes, `capacity.storage` above 0 and nothing else in `capacity`',
    'one source with its mandatory fields, for every kind of source that Kubernetes has',
    'reclaim policy, class names, `volumeMode`, node affinity',
  ],
});

/** In the order in which the server looks at them; what pods know as well is checked as there. */
const ORDER = [
  'hostPath',
  'gcePersistentDisk',
  'awsElasticBlockStore',
  'glusterfs',
  'flocker',
  'nfs',
  'rbd',
  'quobyte',
  'cephfs',
  'iscsi',
  'cinder',
  'fc',
  'flexVolume',
  'azureFile',
  'vsphereVolume',
  'photonPersistentDisk',
  'portworxVolume',
  'azureDisk',
  'scaleIO',
  'local',
  'storageos',
  'csi',
];

const OWN: readonly VolumeSource[] = [
  { key: 'local', check: checkLocal },
  { key: 'csi', check: checkCsi },
];

const SOURCES: readonly VolumeSource[] = ORDER.flatMap(
  (key) => OWN.find((source) => source.key === key) ?? POD_SOURCES.find((source) => source.key === key) ?? [],
);

/** What volumes of the cluster say beyond those of a pod, whose Secrets are in its namespace. */
const MORE: Readonly<Record<string, VolumeSource['check']>> = {
  glusterfs(source, at) {
    const namespace = text(source, 'endpointsNamespace');
    if (namespace !== undefined && !DNS_LABEL.test(namespace))
      at.at('endpointsNamespace').invalid(namespace, DNS_LABEL.expected);
  },
  azureFile(source, at) {
    if (text(source, 'secretNamespace') === '') at.at('secretNamespace').required('a namespace, or nothing');
  },
  iscsi(source, at) {
    inside(source, 'secretRef', at, (ref, place) => {
      needText(ref, 'name', 'the name of the Secret', place);
    });
  },
  cinder: checkSecretNamespace,
  storageos: checkSecretNamespace,
};

function checkSecretNamespace(source: Mapping, at: Field): void {
  inside(source, 'secretRef', at, (ref, place) => {
    needText(ref, 'namespace', 'the namespace of the Secret', place);
  });
}

function checkLocal(source: Mapping, at: Field): void {
  if (!needText(source, 'path', 'a path on the node', at)) return;
  const path = text(source, 'path') ?? '';
  if (hasBackstep(path)) at.at('path').invalid(path, 'a path without ".."');
}

/** `nodeStageSecretRef` is one that the server does not look at. */
const SECRETS = [
  'controllerPublishSecretRef',
  'controllerExpandSecretRef',
  'nodePublishSecretRef',
  'nodeExpandSecretRef',
];

function checkCsi(source: Mapping, at: Field): void {
  checkCsiDriverName(source, at);
  needText(source, 'volumeHandle', 'the name of the volume', at);
  for (const key of SECRETS)
    inside(source, key, at, (ref, place) => {
      needSyntax(ref, 'name', DNS_SUBDOMAIN, place);
      needSyntax(ref, 'namespace', DNS_LABEL, place);
    });
}

function checkVolume(object: Mapping, root: Field): void {
  const at = root.under(REFUSED_PERSISTENT_VOLUME).at('spec');
  const spec = mapping(object, 'spec') ?? EMPTY;
  checkAccessModes(spec, at);
  checkCapacity(mapping(spec, 'capacity') ?? EMPTY, at.at('capacity'));
  oneOf(spec, 'persistentVolumeReclaimPolicy', ['Delete', 'Recycle', 'Retain'], at);
  checkAffinity(spec, at);
  checkSource(spec, at);
  checkMountOptions(object, spec, root.under(REFUSED_PERSISTENT_VOLUME));
  if (
    spec.persistentVolumeReclaimPolicy === 'Recycle' &&
    text(mapping(spec, 'hostPath') ?? EMPTY, 'path') === '/'
  )
    at.at('persistentVolumeReclaimPolicy').forbidden('that is Recycle, of the root of a node');
  syntaxOf(spec, 'storageClassName', DNS_SUBDOMAIN, at);
  writtenOneOf(spec, 'volumeMode', ['Block', 'Filesystem'], at);
  const attributes = text(spec, 'volumeAttributesClassName');
  if (attributes === undefined) return;
  if (attributes === '') at.at('volumeAttributesClassName').required('the name of a class, or nothing');
  else syntaxOf(spec, 'volumeAttributesClassName', DNS_SUBDOMAIN, at);
  if (!has(spec, 'csi')) at.at('csi').required('a volume of a CSI driver, beside volumeAttributesClassName');
}

const MOUNT_OPTIONS = 'volume.beta.kubernetes.io/mount-options';
/** Sources whose volumes take mount options from an annotation (pkg/volume/validation). */
const MOUNTABLE = [
  'gcePersistentDisk',
  'awsElasticBlockStore',
  'glusterfs',
  'nfs',
  'rbd',
  'quobyte',
  'iscsi',
  'cinder',
  'cephfs',
  'azureFile',
  'vsphereVolume',
  'azureDisk',
  'photonPersistentDisk',
];

function checkMountOptions(object: Mapping, spec: Mapping, root: Field): void {
  const annotations = mapping(mapping(object, 'metadata') ?? EMPTY, 'annotations') ?? EMPTY;
  if (Object.hasOwn(annotations, MOUNT_OPTIONS) && !MOUNTABLE.some((key) => has(spec, key)))
    root
      .at('metadata')
      .at('annotations')
      .at(MOUNT_OPTIONS)
      .forbidden('for a volume of this source, but spec.mountOptions');
}

function checkCapacity(capacity: Mapping, at: Field): void {
  const names = Object.keys(capacity);
  if (names.length === 0) at.required('storage, the size of the volume');
  else if (!names.includes('storage') || names.length > 1) at.unsupported(capacity, ['storage']);
  for (const name of names) {
    const amount = amountOf(capacity, name);
    if (amount !== undefined && amount <= 0n) at.at(name).invalid(capacity[name], 'more than 0');
  }
}

function checkAffinity(spec: Mapping, at: Field): void {
  const affinity = mapping(spec, 'nodeAffinity');
  if (affinity === undefined) {
    if (has(spec, 'local') && !has(spec, 'nodeAffinity'))
      at.at('nodeAffinity').required('the node that a local volume is on');
    return;
  }
  const required = mapping(affinity, 'required');
  const place = at.at('nodeAffinity').at('required');
  if (required !== undefined) checkNodeSelectorTerms(required, place);
  else if (!has(affinity, 'required')) place.required('node selector terms');
}

function checkSource(spec: Mapping, at: Field): void {
  let found = false;
  for (const { key, check, named, second } of SOURCES) {
    if (!has(spec, key)) continue;
    const source = mapping(spec, key);
    if (found) {
      at.alias(second ?? key, key).forbidden('beside another source');
      continue;
    }
    found = true;
    if (source === undefined) continue;
    const place = at.alias(named ?? key, key);
    check(source, place);
    MORE[key]?.(source, place);
  }
  if (!found) at.refuse('spec has no source, expected one such as csi, nfs or local');
}

function checkVolumeUpdate(old: Mapping, object: Mapping, root: Field): void {
  const at = root.under(IMMUTABLE_FIELD).at('spec');
  const before = mapping(old, 'spec') ?? EMPTY;
  const after = mapping(object, 'spec') ?? EMPTY;
  for (const key of [...ORDER, 'volumeMode']) unchanged(before, after, key, at);
  if (has(before, 'nodeAffinity') && !sameValue(before.nodeAffinity, after.nodeAffinity))
    unchanged(before, after, 'nodeAffinity', at);
}

export const PERSISTENT_VOLUME_KINDS: readonly ServerKind[] = [
  {
    group: '',
    kind: 'PersistentVolume',
    namespaced: false,
    name: DNS_SUBDOMAIN,
    check: checkVolume,
    checkUpdate: checkVolumeUpdate,
    rules: [REFUSED_PERSISTENT_VOLUME, IMMUTABLE_FIELD],
  },
];
