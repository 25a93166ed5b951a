import type { Mapping } from '../core/value.ts';
import { isMapping } from '../core/value.ts';
import { checkClaimTemplate } from './claim-template.ts';
import { checkFieldRef, checkResourceFieldRef, FILE_FIELDS } from './downward.ts';
import type { Field } from './field.ts';
import { needItems, needSyntax, needText, oneOf, within, writtenOneOf } from './fields.ts';
import { quantityOf } from './quantity.ts';
import { each, flag, has, inside, itemOf, list, mapping, text } from './read.ts';
import { DNS_SUBDOMAIN, hasBackstep, LOCAL_PATH, RELATIVE_PATH } from './syntax.ts';

/** One kind of source that a volume can have. */
export interface VolumeSource {
  readonly key: string;
  readonly check: (source: Mapping, at: Field) => void;
  /** What the server calls the field in its answers, where that is not `key`. */
  readonly named?: string;
  /** What the server calls the field when it is a source too many, where that is not `key`. */
  readonly second?: string;
}

const MODE = 0o777;
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

function checkItems(source: Mapping, at: Field): void {
  within(source, 'defaultMode', 0, MODE, at);
  each(source, 'items', at, checkKeyToPath);
}

function checkKeyToPath(item: Mapping, at: Field): void {
  needText(item, 'key', 'a key', at);
  needText(item, 'path', 'a relative path', at);
  checkLocalPath(item, at.at('path'));
  within(item, 'mode', 0, MODE, at);
}

function checkLocalPath(item: Mapping, at: Field): void {
  const path = text(item, 'path') ?? '';
  if (path !== '' && !LOCAL_PATH.test(path)) at.invalid(path, LOCAL_PATH.expected);
}

/** A file of the downward API; the server names its mistakes at the source, without the item. */
function checkDownwardFile(item: Mapping, at: Field): void {
  needText(item, 'path', 'a relative path', at);
  checkLocalPath(item, at.at('path'));
  const fieldRef = mapping(item, 'fieldRef');
  const resourceFieldRef = mapping(item, 'resourceFieldRef');
  if (has(item, 'fieldRef')) {
    if (fieldRef !== undefined) checkFieldRef(fieldRef, at.at('fieldRef'), FILE_FIELDS);
    if (has(item, 'resourceFieldRef'))
      at.refuse('the item has a fieldRef and a resourceFieldRef, expected one of them');
  } else if (has(item, 'resourceFieldRef')) {
    if (resourceFieldRef !== undefined)
      checkResourceFieldRef(resourceFieldRef, at.at('resourceFieldRef'), true);
  } else at.refuse('the item has no fieldRef and no resourceFieldRef, expected one of them');
  within(item, 'mode', 0, MODE, at);
}

function checkDownwardFiles(source: Mapping, at: Field): void {
  const items = list(source, 'items');
  for (let i = 0; i < items.length; i++) {
    const item = itemOf(items[i]);
    if (item !== undefined) checkDownwardFile(item, at.within('items').within(i));
  }
}

function checkProjected(source: Mapping, at: Field): void {
  within(source, 'defaultMode', 0, MODE, at);
  const paths = new Set<string>();
  const claim = (path: string | undefined): void => {
    if (path === undefined || path === '') return;
    if (paths.has(path)) at.refuse(`two items have the path "${path}", expected one of its own for each`);
    paths.add(path);
  };
  each(source, 'sources', at, (projection, place) => {
    let kinds = 0;
    for (const key of ['secret', 'configMap']) {
      if (!has(projection, key)) continue;
      kinds++;
      inside(projection, key, place, (part, here) => {
        needText(part, 'name', NAME, here);
        each(part, 'items', here, (item, itemPlace) => {
          checkKeyToPath(item, itemPlace);
          claim(text(item, 'path'));
        });
      });
    }
    if (has(projection, 'downwardAPI')) {
      kinds++;
      inside(projection, 'downwardAPI', place, (part, here) => {
        checkDownwardFiles(part, here);
        for (const item of list(part, 'items')) if (isMapping(item)) claim(text(item, 'path'));
      });
    }
    if (has(projection, 'serviceAccountToken')) {
      kinds++;
      inside(projection, 'serviceAccountToken', place, (part, here) => {
        within(part, 'expirationSeconds', 600, 2 ** 32, here);
        // The server names the path of a token at the volume.
        const path = at.alias('path', undefined);
        if ((text(part, 'path') ?? '') === '') path.required('a relative path for the token');
        else checkLocalPath(part, path);
      });
    }
    if (kinds > 1) place.refuse('the source has several kinds, expected one a source');
  });
}

export function checkCsiDriverName(source: Mapping, at: Field): void {
  const driver = text(source, 'driver') ?? '';
  if (driver === '') at.at('driver').required('the name of a CSI driver');
  else if (driver.length > 63) at.at('driver').tooLong(driver.length, 63, 'characters');
  else if (!DNS_SUBDOMAIN.test(driver.toLowerCase())) at.at('driver').invalid(driver, DNS_SUBDOMAIN.expected);
}

function checkCsi(source: Mapping, at: Field): void {
  checkCsiDriverName(source, at);
  inside(source, 'nodePublishSecretRef', at, (ref, place) => {
    needSyntax(ref, 'name', DNS_SUBDOMAIN, place);
  });
}

const IQN = /^iqn\.\d{4}-\d{2}\.(?:[a-zA-Z0-9-.]+)(?::[^,;*&$|\s]+)$/;
const EUI = /^eui.[a-zA-Z0-9]{16}$/;
const NAA = /^naa.[a-zA-Z0-9]{32}$/;

function isInitiator(name: string): boolean {
  if (name.startsWith('iqn')) return IQN.test(name);
  if (name.startsWith('eui')) return EUI.test(name);
  return name.startsWith('naa') && NAA.test(name);
}

const INITIATOR = 'an iSCSI name that begins with "iqn", "eui" or "naa"';

export function checkIscsi(source: Mapping, at: Field): void {
  needText(source, 'targetPortal', 'an address', at);
  const iqn = text(source, 'iqn') ?? '';
  if (iqn === '') at.at('iqn').required(INITIATOR);
  else if (!isInitiator(iqn)) at.at('iqn').invalid(iqn, INITIATOR);
  within(source, 'lun', 0, 255, at);
  const chap = flag(source, 'chapAuthDiscovery') === true || flag(source, 'chapAuthSession') === true;
  if (chap && !has(source, 'secretRef')) at.at('secretRef').required('a Secret, since CHAP is on');
  const initiator = text(source, 'initiatorName');
  if (initiator !== undefined && !isInitiator(initiator))
    at.alias('initiatorname', 'initiatorName').invalid(initiator, INITIATOR);
}

export function checkFc(source: Mapping, at: Field): void {
  const names = list(source, 'targetWWNs').length;
  const ids = list(source, 'wwids').length;
  if (names === 0 && ids === 0) at.at('targetWWNs').required('targetWWNs, or wwids');
  if (names > 0 && ids > 0) at.at('targetWWNs').forbidden('with wwids');
  if (names === 0) return;
  if (!has(source, 'lun')) at.at('lun').required('a number from 0 to 255, with targetWWNs');
  else within(source, 'lun', 0, 255, at);
}

export function checkFlexVolume(source: Mapping, at: Field): void {
  needText(source, 'driver', 'the name of a driver', at);
  for (const key of Object.keys(mapping(source, 'options') ?? {})) {
    const domain = `.${(key.includes('/') ? key.slice(0, key.indexOf('/')) : key).toLowerCase()}`;
    if (domain.endsWith('.kubernetes.io') || domain.endsWith('.k8s.io'))
      at.at('options').at(key).invalid(key, 'a domain other than kubernetes.io and k8s.io');
  }
}

export function checkAzureDisk(source: Mapping, at: Field): void {
  needText(source, 'diskName', NAME, at);
  needText(source, 'diskURI', 'a URI', at);
  writtenOneOf(source, 'cachingMode', ['None', 'ReadOnly', 'ReadWrite'], at);
  writtenOneOf(source, 'kind', ['Shared', 'Dedicated', 'Managed'], at);
  // The default kind is Shared, whose disks are blobs.
  const prefix = (text(source, 'kind') ?? 'Shared') === 'Managed' ? '/subscriptions/' : 'https://';
  const uri = text(source, 'diskURI') ?? '';
  if (!uri.startsWith(prefix)) at.at('diskURI').invalid(uri, `a URI that begins with "${prefix}"`);
}

function checkQuobyte(source: Mapping, at: Field): void {
  const registry = text(source, 'registry') ?? '';
  const tenant = text(source, 'tenant') ?? '';
  if (registry === '') at.at('registry').required('host:port, or several with commas');
  else if (tenant.length > 64) at.at('tenant').tooLong(tenant.length, 64, 'characters');
  else if (!registry.split(',').every((pair) => /^(?:\[[^\]]*\]|[^:[\]]*):[^:]*$/.test(pair)))
    at.at('registry').invalid(registry, 'host:port, or several with commas');
  needText(source, 'volume', NAME, at);
}

function checkFlocker(source: Mapping, at: Field): void {
  const name = text(source, 'datasetName') ?? '';
  const uuid = text(source, 'datasetUUID') ?? '';
  if (name === '' && uuid === '') at.required('a datasetName or a datasetUUID');
  if (name !== '' && uuid !== '')
    at.refuse('flocker has a datasetName and a datasetUUID, expected one of them');
  if (name.includes('/')) at.at('datasetName').invalid(name, 'a name without "/"');
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
  const name = text(source, 'volumeName') ?? '';
  if (name === '') at.at('volumeName').required(NAME);
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
