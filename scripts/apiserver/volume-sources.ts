import type { Mapping } from '../core/value.ts';
import { checkClaimTemplate } from './claim-template.ts';
import {
  checkAzureDisk,
  checkFc,
  checkFlexVolume,
  checkFlocker,
  checkIscsi,
  checkQuobyte,
} from './disk-sources.ts';
import type { Field } from './field.ts';
import { needItems, needSyntax, needText, oneOf, syntaxOf, within } from './fields.ts';
import { quantityOf } from './quantity.ts';
import { inside, text } from './read.ts';
import { DNS_LABEL, DNS_SUBDOMAIN, hasBackstep, RELATIVE_PATH } from './syntax.ts';
import { checkDownwardFiles, checkItems, checkProjected, MODE } from './volume-items.ts';

/** One kind of source that a volume can have. */
export interface VolumeSource {
  readonly key: string;
  readonly check: (source: Mapping, at: Field) => void;
  /** What the server calls the field in its answers, where that is not `key`. */
  readonly named?: string;
  /** What the server calls the field when it is a source too many, where that is not `key`. */
  readonly second?: string;
}

const NAME = 'a name';

export function checkHostPath(source: Mapping, at: Field): void {
  if (!needText(source, 'path', 'a path on the node', at)) return;
  const path = text(source, 'path') ?? '';
  if (hasBackstep(path)) at.at('path').invalid(path, 'a path without ".."');
  oneOf(source, 'type', HOST_PATH_TYPES, at);
}

const HOST_PATH_TYPES = [
  'DirectoryOrCreate',
  'Directory',
  'FileOrCreate',
  'File',
  'Socket',
  'CharDevice',
  'BlockDevice',
];

export function checkCsiDriverName(source: Mapping, at: Field): void {
  const driver = text(source, 'driver') ?? '';
  if (driver === '') at.at('driver').required('the name of a CSI driver');
  else if (driver.length > 63) at.at('driver').tooLong(driver.length, 63, 'characters');
  else if (!DNS_SUBDOMAIN.test(driver.toLowerCase())) at.at('driver').invalid(driver, DNS_SUBDOMAIN.expected);
}

function checkCsi(source: Mapping, at: Field): void {
  checkCsiDriverName(source, at);
  inside(source, 'nodePublishSecretRef', at, (ref, place) => {
    if (!needText(ref, 'name', 'the name of a Secret', place)) return;
    // The server leaves the reference out of the path of a wrong name.
    syntaxOf(ref, 'name', DNS_SUBDOMAIN, at.alias(undefined, 'nodePublishSecretRef'));
  });
}

function checkNfs(source: Mapping, at: Field): void {
  needText(source, 'server', 'the address of a server', at);
  needText(source, 'path', 'an absolute path', at);
  const path = text(source, 'path') ?? '';
  if (path !== '' && !path.startsWith('/')) at.at('path').invalid(path, 'an absolute path');
}

function checkDisk(key: string): VolumeSource['check'] {
  return (source, at) => {
    needText(source, key, 'the disk', at);
    within(source, 'partition', 0, 255, at);
  };
}

function needs(...keys: readonly string[]): VolumeSource['check'] {
  return (source, at) => {
    for (const key of keys) needText(source, key, 'a text', at);
  };
}

function checkStorageOs(source: Mapping, at: Field): void {
  needSyntax(source, 'volumeName', DNS_LABEL, at);
  syntaxOf(source, 'volumeNamespace', DNS_LABEL, at);
  inside(source, 'secretRef', at, (ref, place) => {
    needText(ref, 'name', NAME, place);
  });
}

/** Sources of volumes of a pod, in the order in which the server looks at them. */
export const POD_SOURCES: readonly VolumeSource[] = [
  {
    key: 'emptyDir',
    check(source, at) {
      const limit = quantityOf(source.sizeLimit);
      if (limit !== undefined && limit < 0n) at.at('sizeLimit').invalid(source.sizeLimit, '0 or more');
    },
  },
  { key: 'hostPath', check: checkHostPath },
  {
    key: 'gitRepo',
    check(source, at) {
      needText(source, 'repository', 'a URL', at);
      const directory = text(source, 'directory') ?? '';
      if (!RELATIVE_PATH.test(directory)) at.at('directory').invalid(directory, RELATIVE_PATH.expected);
    },
  },
  { key: 'gcePersistentDisk', named: 'persistentDisk', check: checkDisk('pdName') },
  { key: 'awsElasticBlockStore', check: checkDisk('volumeID') },
  {
    key: 'secret',
    check(source, at) {
      needText(source, 'secretName', 'the name of a Secret', at);
      checkItems(source, at);
    },
  },
  { key: 'nfs', check: checkNfs },
  { key: 'iscsi', check: checkIscsi },
  { key: 'glusterfs', check: needs('endpoints', 'path') },
  { key: 'flocker', check: checkFlocker },
  { key: 'persistentVolumeClaim', check: needs('claimName') },
  {
    key: 'rbd',
    check(source, at) {
      needItems(source, 'monitors', 'at least one monitor', at);
      needText(source, 'image', 'the image', at);
    },
  },
  {
    key: 'cinder',
    check(source, at) {
      needText(source, 'volumeID', 'the volume', at);
      inside(source, 'secretRef', at, (ref, place) => {
        needText(ref, 'name', NAME, place);
      });
    },
  },
  {
    key: 'cephfs',
    second: 'cephFS',
    check(source, at) {
      needItems(source, 'monitors', 'at least one monitor', at);
    },
  },
  { key: 'quobyte', check: checkQuobyte },
  {
    key: 'downwardAPI',
    second: 'downwarAPI',
    check(source, at) {
      within(source, 'defaultMode', 0, MODE, at);
      checkDownwardFiles(source, at);
    },
  },
  { key: 'fc', check: checkFc },
  { key: 'flexVolume', check: checkFlexVolume },
  {
    key: 'configMap',
    check(source, at) {
      needText(source, 'name', 'the name of a ConfigMap', at);
      checkItems(source, at);
    },
  },
  { key: 'azureFile', check: needs('secretName', 'shareName') },
  { key: 'vsphereVolume', check: needs('volumePath') },
  { key: 'photonPersistentDisk', check: needs('pdID') },
  { key: 'portworxVolume', check: needs('volumeID') },
  { key: 'azureDisk', check: checkAzureDisk },
  { key: 'storageos', check: checkStorageOs },
  { key: 'projected', check: checkProjected },
  { key: 'scaleIO', check: needs('gateway', 'system', 'volumeName') },
  { key: 'csi', check: checkCsi },
  { key: 'ephemeral', check: checkClaimTemplate },
  {
    key: 'image',
    check(source, at) {
      oneOf(source, 'pullPolicy', ['Always', 'IfNotPresent', 'Never'], at);
    },
  },
];
