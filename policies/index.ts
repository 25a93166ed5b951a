import type { Policy } from '../scripts/core/policy.ts';

/** Every `policies/<id>/policy.ts`, by id. scripts/bundle.mjs writes this list, so that a new policy is one folder. */
export const policies: readonly Policy[] = [];
