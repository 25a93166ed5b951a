import { CONFIG_KINDS } from './config.ts';
import type { ServerKind } from './kind.ts';

/** Every kind with rules of its own; a file per API group or family brings its kinds. */
export const SERVER_KINDS: readonly ServerKind[] = [...CONFIG_KINDS];

const byGroupKind = new Map(SERVER_KINDS.map((kind) => [`${kind.group}/${kind.kind}`, kind]));

/** `apps/v1` and `Deployment`; undefined for kinds without rules, custom resources above all. */
export function serverKindOf(group: string, kind: string): ServerKind | undefined {
  return byGroupKind.get(`${group}/${kind}`);
}
