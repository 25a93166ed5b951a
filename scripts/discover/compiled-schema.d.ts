/** A JSON Schema of schemas/, compiled by scripts/bundle.mjs. */
declare module '*.schema.json?validate' {
  import type { ErrorObject } from 'ajv';

  const validate: {
    (data: unknown): boolean;
    errors?: readonly ErrorObject[] | null;
  };
  export default validate;
}
