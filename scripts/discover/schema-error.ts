import type { ErrorObject } from 'ajv';
import { type Path, toFieldPath } from '../core/path.ts';

/** What ajv found in one of our own files, as a sentence and the field that it is about. */
export function describeSchemaError(error: ErrorObject): { readonly message: string; readonly path: Path } {
  const path: Path = error.instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  const field = path.length === 0 ? 'The document' : `Field "${toFieldPath(path)}"`;
  const params: Readonly<Record<string, unknown>> = error.params;
  switch (error.keyword) {
    case 'additionalProperties': {
      const name = String(params.additionalProperty);
      return { message: `Field "${toFieldPath([...path, name])}" is unknown`, path: [...path, name] };
    }
    case 'required':
      return { message: `${field} lacks "${String(params.missingProperty)}"`, path };
    case 'const':
      return { message: `${field} has another value, expected ${JSON.stringify(params.allowedValue)}`, path };
    case 'enum':
      return {
        message: `${field} has another value, expected one of ${JSON.stringify(params.allowedValues)}`,
        path,
      };
    case 'type':
      return { message: `${field} has the wrong type, expected ${String(params.type)}`, path };
    default:
      return { message: `${field} ${error.message ?? 'is not valid'}`, path };
  }
}
