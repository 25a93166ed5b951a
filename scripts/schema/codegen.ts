import type { KeywordCxt, Name } from 'ajv';
import type { Code } from 'ajv/dist/compile/codegen/index.js';

/** What of ajv the keywords are written with; it comes late, since a run that compiles nothing does not load ajv. */
export interface Codegen {
  readonly _: (
    strings: TemplateStringsArray,
    ...args: (string | number | boolean | Code | Name | null)[]
  ) => Code;
  readonly nil: Code;
  /** Text that is code as it stands. */
  readonly raw: (text: string) => Code;
  readonly callValidateCode: (cxt: KeywordCxt, func: Code, context: Code) => Code;
}

/** A function of `runtime`, as a constant of the generated code. */
export function runtimeCall({ _, raw }: Codegen, cxt: KeywordCxt, name: string): Name {
  return cxt.gen.scopeValue('func', { key: name, ref: name, code: _`runtime.${raw(name)}` });
}
