import type { ErrorObject } from 'ajv';
import { describeValue, quoted } from '../core/describe.ts';
import { nearest } from '../core/nearest.ts';
import { type Path, toFieldPath } from '../core/path.ts';
import { isMapping, type Value } from '../core/value.ts';

/**
 * What ajv found in one of our own files, as a sentence and the field that it is about.
 *
 * @param error with its data and schema (ajv's option `verbose`)
 */
export function describeSchemaError(error: ErrorObject): { readonly message: string; readonly path: Path } {
  const path: Path = error.instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  const params: Readonly<Record<string, unknown>> = error.params;
  const found: Value = error.data as Value;
  const field = path.length === 0 ? 'The document' : `Field "${toFieldPath(path)}"`;
  const is = `${field} is ${describeValue(found)}`;
  switch (error.keyword) {
    case 'additionalProperties': {
      const name = String(params.additionalProperty);
      const at = [...path, name];
      return {
        message: `Field "${toFieldPath(at)}" is unknown, expected ${spelling(name, error)}`,
        path: at,
      };
    }
    case 'required':
      return { message: `${field} lacks "${String(params.missingProperty)}"`, path };
    case 'const':
      return { message: `${is}, expected ${JSON.stringify(params.allowedValue)}`, path };
    case 'type':
      return { message: `${is}, expected ${wanted(String(params.type), found)}`, path };
    case 'pattern':
      return { message: `${is}, expected a match of ${String(params.pattern)}`, path };
    case 'exclusiveMinimum':
      return { message: `${is}, expected more than ${String(params.limit)}`, path };
    case 'minItems':
    case 'minLength':
      return { message: `${field} is empty, expected something in it`, path };
    default:
      return { message: `${is}, which ${error.message ?? 'is not valid'}`, path };
  }
}

/** The field that was most likely meant, or all that there are. */
function spelling(name: string, { parentSchema }: ErrorObject): string {
  const known = Object.keys(isMapping(parentSchema?.properties) ? parentSchema.properties : {});
  const guess = nearest(name, known);
  return guess === undefined ? `one of ${known.join(', ')}` : quoted(guess);
}

const WORDS: Readonly<Record<string, string>> = {
  array: 'a list',
  number: 'a number',
  object: 'a mapping',
  string: 'text',
};

function wanted(type: string, found: Value): string {
  const word = WORDS[type] ?? type;
  if (type === 'string' && typeof found !== 'object') return `${word}: quote it, "${found}"`;
  return type === 'number' && typeof found === 'string' ? `${word}: leave out the quotes` : word;
}
