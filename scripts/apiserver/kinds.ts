import { ADMISSION_BINDING_KINDS } from './admission-binding.ts';
import { ADMISSION_POLICY_KINDS } from './admission-policy.ts';
import { API_SERVICE_KINDS } from './api-service.ts';
import { APPS_KINDS } from './apps.ts';
import { AUTOSCALING_KINDS } from './autoscaling.ts';
import { CLAIM_KINDS } from './claim.ts';
import { CLASS_KINDS } from './classes.ts';
import { CONFIG_KINDS } from './config.ts';
import { CRD_KINDS } from './crd.ts';
import { DISRUPTION_KINDS } from './disruption.ts';
import { ENDPOINTS_KINDS } from './endpoints.ts';
import { INGRESS_KINDS } from './ingress.ts';
import { JOB_KINDS } from './job.ts';
import type { ServerKind } from './kind.ts';
import { LIMIT_RANGE_KINDS } from './limit-range.ts';
import { NAMESPACE_KINDS } from './namespace.ts';
import { NETWORK_POLICY_KINDS } from './network-policy.ts';
import { PERSISTENT_VOLUME_KINDS } from './persistent-volume.ts';
import { POD_KINDS } from './pods.ts';
import { QUOTA_KINDS } from './quota.ts';
import { RBAC_KINDS } from './rbac.ts';
import { SERVICE_KINDS } from './service.ts';
import { STORAGE_CLASS_KINDS } from './storage-class.ts';
import { WEBHOOK_KINDS } from './webhooks.ts';

/** Every kind with rules of its own; a file per API group or family brings its kinds. */
export const SERVER_KINDS: readonly ServerKind[] = [
  ...APPS_KINDS,
  ...NAMESPACE_KINDS,
  ...SERVICE_KINDS,
  ...NETWORK_POLICY_KINDS,
  ...INGRESS_KINDS,
  ...ENDPOINTS_KINDS,
  ...JOB_KINDS,
  ...POD_KINDS,
  ...ADMISSION_BINDING_KINDS,
  ...ADMISSION_POLICY_KINDS,
  ...API_SERVICE_KINDS,
  ...AUTOSCALING_KINDS,
  ...CLAIM_KINDS,
  ...CLASS_KINDS,
  ...CONFIG_KINDS,
  ...CRD_KINDS,
  ...DISRUPTION_KINDS,
  ...LIMIT_RANGE_KINDS,
  ...PERSISTENT_VOLUME_KINDS,
  ...QUOTA_KINDS,
  ...RBAC_KINDS,
  ...STORAGE_CLASS_KINDS,
  ...WEBHOOK_KINDS,
];

const byKind = new Map<string, ServerKind[]>();
for (const kind of SERVER_KINDS) byKind.set(kind.kind, [...(byKind.get(kind.kind) ?? []), kind]);

/** By group (`apps`) and kind; undefined for kinds without rules, custom resources above all. */
export function serverKindOf(group: string, kind: string): ServerKind | undefined {
  return byKind.get(kind)?.find((one) => one.group === group);
}
