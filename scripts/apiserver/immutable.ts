import { isMapping, isSequence, type Mapping, type Value } from '../core/value.ts';
import type { Field } from './field.ts';
import { serverRule } from './rule.ts';

export const IMMUTABLE_FIELD = serverRule({
  id: 'immutable-field-changed',
  title: 'Change of a field that cannot change',
  why: 'The API server refuses the update, so the object stays as it is in the cluster, and every later change to it waits.',
  fix: 'Give the object another name, or have it replaced: delete it in the cluster, or let Argo CD do so with the annotation `argocd.argoproj.io/sync-options: Force=true,Replace=true`.',
  covers: ['fields that their kind does not let change, compared with the merge base'],
});

/** The field must be what it was. */
export function unchanged(old: Mapping, object: Mapping, key: string, at: Field): void {
  if (!sameValue(old[key], object[key]))
    at.at(key).refuse(
      `${at.at(key).label} changed, expected it as it was: the object would have to be replaced`,
    );
}

/** Equality as the server sees it: null, empty lists and empty mappings are absent. */
export function sameValue(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return true;
  if (isNothing(a) || isNothing(b)) return isNothing(a) && isNothing(b);
  if (isSequence(a))
    return isSequence(b) && a.length === b.length && a.every((item, i) => sameValue(item, b[i]));
  if (isMapping(a)) {
    if (!isMapping(b)) return false;
    for (const key of Object.keys(a)) if (!sameValue(a[key], b[key])) return false;
    for (const key of Object.keys(b)) if (!(key in a) && !isNothing(b[key])) return false;
    return true;
  }
  return false;
}

function isNothing(value: Value | undefined): boolean {
  if (value === undefined || value === null) return true;
  if (isSequence(value)) return value.length === 0;
  return isMapping(value) && Object.keys(value).length === 0;
}
