import type { Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { needText, within, writtenOneOf } from './fields.ts';
import { flag, has, list, mapping, text } from './read.ts';

/** Sources of volumes that name a disk of a storage network or of a cloud. */

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
  needText(source, 'diskName', 'a name', at);
  needText(source, 'diskURI', 'a URI', at);
  writtenOneOf(source, 'cachingMode', ['None', 'ReadOnly', 'ReadWrite'], at);
  writtenOneOf(source, 'kind', ['Shared', 'Dedicated', 'Managed'], at);
  // The default kind is Shared, whose disks are blobs.
  const prefix = (text(source, 'kind') ?? 'Shared') === 'Managed' ? '/subscriptions/' : 'https://';
  const uri = text(source, 'diskURI') ?? '';
  if (!uri.startsWith(prefix)) at.at('diskURI').invalid(uri, `a URI that begins with "${prefix}"`);
}

export function checkQuobyte(source: Mapping, at: Field): void {
  const registry = text(source, 'registry') ?? '';
  const tenant = text(source, 'tenant') ?? '';
  if (registry === '') at.at('registry').required('host:port, or several with commas');
  else if (tenant.length > 64) at.at('tenant').tooLong(tenant.length, 64, 'characters');
  else if (!registry.split(',').every((pair) => /^(?:\[[^\]]*\]|[^:[\]]*):[^:]*$/.test(pair)))
    at.at('registry').invalid(registry, 'host:port, or several with commas');
  needText(source, 'volume', 'a name', at);
}

export function checkFlocker(source: Mapping, at: Field): void {
  const name = text(source, 'datasetName') ?? '';
  const uuid = text(source, 'datasetUUID') ?? '';
  if (name === '' && uuid === '') at.required('a datasetName or a datasetUUID');
  if (name !== '' && uuid !== '')
    at.refuse('flocker has a datasetName and a datasetUUID, expected one of them');
  if (name.includes('/')) at.at('datasetName').invalid(name, 'a name without "/"');
}
