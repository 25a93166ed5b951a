import { describeValue } from '../core/describe.ts';
import type { Edit, RuleViolation } from '../core/finding.ts';
import type { Path } from '../core/path.ts';
import { isSequence, type Value } from '../core/value.ts';
import { describeShape } from './describe.ts';
import { MALFORMED_VALUE, WRONG_TYPE } from './rules.ts';
import { follow, type Resolve, type Shape } from './shape.ts';

/** A value of another type than its field wants, or text that the type cannot be read from. */
export function wrongType(
  field: string,
  path: Path,
  value: Value | undefined,
  shape: Shape,
  resolve: Resolve,
): RuleViolation {
  const end = follow(shape, resolve);
  const isText = end.is === 'scalar' && typeof value === 'string';
  const readable = isText && ['quantity', 'bytes', 'date-time', 'micro-time'].includes(end.scalar);
  const expected = describeShape(shape, resolve);
  let advice = '';
  let edit: Edit | undefined;
  if (
    end.is === 'scalar' &&
    end.scalar === 'string' &&
    (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
  ) {
    advice = `: quote it, "${value}"`;
    edit = { quote: true };
  } else if (
    isText &&
    /^(?:int|int32|int64|number|bool)$/.test(end.scalar) &&
    /^(?:-?\d+(?:\.\d+)?|true|false)$/.test(value)
  )
    advice = ': leave out the quotes';
  else if (end.is === 'list' && value !== undefined && !isSequence(value))
    advice = ': begin each item with "- "';
  return {
    rule: readable ? MALFORMED_VALUE : WRONG_TYPE,
    at: path,
    message: `${field} is ${describeValue(value)}, expected ${expected}${advice}`,
    ...(edit === undefined ? {} : { edit }),
  };
}
