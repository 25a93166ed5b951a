import { REFUSED_SCHEDULING } from './affinity.ts';
import { REFUSED_CONTAINER } from './container-rule.ts';
import { REFUSED_ENVIRONMENT } from './environment.ts';
import { REFUSED_MOUNT } from './mounts.ts';
import { REFUSED_NODE_SELECTOR } from './node-selector.ts';
import { REFUSED_POD } from './pod.ts';
import { REFUSED_POD_ANNOTATION } from './pod-annotations.ts';
import { REFUSED_PROBE } from './probes.ts';
import { REFUSED_RESOURCES } from './resources.ts';
import type { ServerRule } from './rule.ts';
import { REFUSED_SECURITY_CONTEXT } from './security-rule.ts';
import { REFUSED_TOLERATION } from './toleration.ts';
import { REFUSED_VOLUME } from './volumes.ts';

/** The rules that every pod and pod template answers to. */
export const POD_RULES: readonly ServerRule[] = [
  REFUSED_POD,
  REFUSED_CONTAINER,
  REFUSED_ENVIRONMENT,
  REFUSED_MOUNT,
  REFUSED_PROBE,
  REFUSED_RESOURCES,
  REFUSED_SECURITY_CONTEXT,
  REFUSED_VOLUME,
  REFUSED_SCHEDULING,
  REFUSED_NODE_SELECTOR,
  REFUSED_TOLERATION,
  REFUSED_POD_ANNOTATION,
];
