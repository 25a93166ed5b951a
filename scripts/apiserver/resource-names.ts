import type { Field } from './field.ts';
import { QUALIFIED_NAME } from './syntax.ts';

/** Names of resources, as core/helper and core/validation of Kubernetes know them. */
const COUNTED = [
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
];
const COMPUTE = ['cpu', 'memory', 'ephemeral-storage'];
const QUOTA = new Set([
  ...COUNTED,
  ...COMPUTE,
  ...COMPUTE.map((name) => `requests.${name}`),
  ...COMPUTE.map((name) => `limits.${name}`),
  'requests.storage',
]);
const COUNTS = new Set(COUNTED);

/** Without a prefix: what a quota may limit. */
export function isQuotaResource(name: string): boolean {
  return QUOTA.has(name) || isHugePages(name);
}

function isHugePages(name: string): boolean {
  return name.startsWith('hugepages-') || name.startsWith('requests.hugepages-');
}

/** Without a prefix: what a container may ask for. */
export function isContainerResource(name: string): boolean {
  return COMPUTE.includes(name) || name.startsWith('hugepages-');
}

/** `nvidia.com/gpu`: with a domain that is not Kubernetes' own. */
export function isExtendedResource(name: string): boolean {
  return (
    name.includes('/') &&
    !name.includes('kubernetes.io/') &&
    !name.startsWith('requests.') &&
    QUALIFIED_NAME.test(`requests.${name}`)
  );
}

/** Counted in whole units. */
export function isIntegerResource(name: string): boolean {
  return COUNTS.has(name) || isExtendedResource(name);
}

/** Whether limits may exceed requests; the others have to be equal. */
export function isOvercommitted(name: string): boolean {
  return (!name.includes('/') || name.includes('kubernetes.io/')) && !name.startsWith('hugepages-');
}

/** Any resource; `at` is reported at its key. */
export function checkResourceName(name: string, at: Field): boolean {
  if (!QUALIFIED_NAME.test(name)) {
    at.refuse(`resource "${name}" is wrong, expected ${QUALIFIED_NAME.expected}`);
    return false;
  }
  if (name.includes('/') || name === 'storage' || isQuotaResource(name)) return true;
  at.refuse(`resource "${name}" is unknown, expected a standard resource, or one with a domain before it`);
  return false;
}

export function checkContainerResourceName(name: string, at: Field): boolean {
  if (!checkResourceName(name, at)) return false;
  const known = name.includes('/')
    ? name.includes('kubernetes.io/') || isExtendedResource(name)
    : isContainerResource(name);
  if (!known)
    at.refuse(
      `resource "${name}" is none of containers, expected cpu, memory, ephemeral-storage, hugepages-<size>, or an extended resource`,
    );
  return known;
}

export function checkQuotaResourceName(name: string, at: Field): boolean {
  if (!checkResourceName(name, at)) return false;
  if (name.includes('/') || isQuotaResource(name)) return true;
  at.refuse(`resource "${name}" is none of quotas, expected one such as requests.${name}`);
  return false;
}
