import type { RuleViolation } from '../core/finding.ts';
import { groupOf } from '../core/resource.ts';
import type { Mapping } from '../core/value.ts';
import type { ServerContext } from './context.ts';
import { Field } from './field.ts';
import { IMMUTABLE_FIELD } from './immutable.ts';
import { serverKindOf } from './kinds.ts';
import { text } from './read.ts';

/**
 * What the API server would refuse of replacing `old` by `object`, both as declared: fields that cannot change.
 * Group, kind, namespace and name are the same. Total, as `checkObject` is.
 */
export function checkUpdate(old: Mapping, object: Mapping, context: ServerContext): readonly RuleViolation[] {
  if (old === object) return [];
  const kind = serverKindOf(groupOf(text(object, 'apiVersion') ?? ''), text(object, 'kind') ?? '');
  if (kind?.checkUpdate === undefined) return [];
  const found: RuleViolation[] = [];
  kind.checkUpdate(old, object, Field.root(context, IMMUTABLE_FIELD, found));
  return found;
}
