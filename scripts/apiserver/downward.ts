import type { Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { quantityOf, units } from './quantity.ts';
import { text } from './read.ts';
import { QUALIFIED_NAME } from './syntax.ts';

/** What the downward API can give to the environment of a container. */
export const ENVIRONMENT_FIELDS: readonly string[] = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];

/** What the downward API can give as a file. */
export const FILE_FIELDS: readonly string[] = [
  'metadata.name',
  'metadata.namespace',
  'metadata.labels',
  'metadata.annotations',
  'metadata.uid',
];

/** Labels of fields that the server knows at all, be they allowed in the place at hand or not. */
const KNOWN = [
  ...ENVIRONMENT_FIELDS,
  'metadata.labels',
  'metadata.annotations',
  'spec.host',
  'spec.restartPolicy',
  'spec.schedulerName',
  'status.phase',
];

/** A `fieldRef`. */
export function checkFieldRef(ref: Mapping, at: Field, allowed: readonly string[]): void {
  const apiVersion = text(ref, 'apiVersion') ?? '';
  const path = text(ref, 'fieldPath') ?? '';
  if (path === '') {
    at.at('fieldPath').required('a field of the pod, such as "metadata.name"');
    return;
  }
  const subscript = /^(.+?)\['(.*)'\]$/s.exec(path);
  const name = subscript?.[1] ?? path;
  const known = subscript === null ? KNOWN.includes(name) : isSubscriptable(name);
  if (!known || (apiVersion !== '' && apiVersion !== 'v1')) {
    at.at('fieldPath').invalid(path, `a field of the pod: one of ${allowed.join(', ')}`);
    return;
  }
  if (subscript !== null) {
    const key = subscript[2] ?? '';
    if (!QUALIFIED_NAME.test(name === 'metadata.annotations' ? key.toLowerCase() : key))
      at.within('fieldPath').invalid(key, QUALIFIED_NAME.expected);
  } else if (!allowed.includes(name)) at.at('fieldPath').unsupported(path, allowed);
}

function isSubscriptable(name: string): boolean {
  return name === 'metadata.labels' || name === 'metadata.annotations';
}

const RESOURCES = [
  'limits.cpu',
  'limits.memory',
  'limits.ephemeral-storage',
  'requests.cpu',
  'requests.memory',
  'requests.ephemeral-storage',
];
const DECIMAL_UNITS = [0, 3, 6, 9, 12, 15, 18].map((power) => units(10n ** BigInt(power)));
const BINARY_UNITS = [10, 20, 30, 40, 50, 60].map((power) => units(1n << BigInt(power)));

/** A `resourceFieldRef`; in a volume the container must be named. */
export function checkResourceFieldRef(ref: Mapping, at: Field, inVolume: boolean): void {
  const resource = text(ref, 'resource') ?? '';
  const hugePages = resource.startsWith('limits.hugepages-') || resource.startsWith('requests.hugepages-');
  if (inVolume && (text(ref, 'containerName') ?? '') === '')
    at.at('containerName').required('the name of a container');
  else if (resource === '') at.at('resource').required(`one of ${RESOURCES.join(', ')}`);
  else if (!RESOURCES.includes(resource) && !hugePages) at.at('resource').unsupported(resource, RESOURCES);
  const divisor = quantityOf(ref.divisor);
  if (divisor === undefined || divisor === 0n) return;
  if (resource === 'limits.cpu' || resource === 'requests.cpu') {
    if (divisor !== units(1) && divisor !== 1_000_000n) at.at('divisor').invalid(ref.divisor, '1 or 1m');
  } else if (RESOURCES.includes(resource) || hugePages) {
    const binary = String(ref.divisor).endsWith('i');
    if (!(binary ? BINARY_UNITS : DECIMAL_UNITS).includes(divisor))
      at.at('divisor').invalid(ref.divisor, 'one unit: 1, 1k … 1E or 1Ki … 1Ei');
  }
}
