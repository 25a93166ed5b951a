import type { CodeKeywordDefinition } from 'ajv';
import { type Codegen, runtimeCall } from './codegen.ts';
import { regExpOf } from './pattern.ts';

/** Beyond this many characters a text is not held to its pattern. */
const LONGEST = 5000;

/** Scalars as Go decodes them, and the limits of custom resources on text. */
export function valueKeywords(codegen: Codegen): CodeKeywordDefinition[] {
  const { _ } = codegen;
  return [
    {
      keyword: 'scalar',
      schemaType: 'string',
      code(cxt) {
        const { data, schema } = cxt;
        const int32 = _`typeof ${data} === "number" && ${data} % 1 === 0 && ${data} >= -2147483648 && ${data} <= 2147483647`;
        switch (schema as string) {
          case 'string':
            return cxt.fail(_`typeof ${data} !== "string"`);
          case 'bool':
            return cxt.fail(_`typeof ${data} !== "boolean"`);
          case 'number':
            return cxt.fail(_`typeof ${data} !== "number" && typeof ${data} !== "bigint"`);
          case 'int32':
            return cxt.fail(_`!(${int32})`);
          case 'int-or-string':
            return cxt.fail(_`typeof ${data} !== "string" && !(${int32})`);
          case 'int64-or-string':
            return cxt.fail(
              _`typeof ${data} !== "string" && !(${int32}) && !${runtimeCall(codegen, cxt, 'isInt64')}(${data})`,
            );
          case 'int':
          case 'int64':
            return cxt.fail(_`!(${int32}) && !${runtimeCall(codegen, cxt, 'isInt64')}(${data})`);
          case 'quantity':
            return cxt.fail(
              _`typeof ${data} === "string" ? !${runtimeCall(codegen, cxt, 'isQuantity')}(${data}) : typeof ${data} !== "number" && typeof ${data} !== "bigint"`,
            );
          case 'bytes':
            return cxt.fail(
              _`typeof ${data} === "string" ? !${runtimeCall(codegen, cxt, 'isBase64')}(${data}) : !${runtimeCall(codegen, cxt, 'isByteList')}(${data})`,
            );
          case 'date-time':
            return cxt.fail(
              _`!(typeof ${data} === "string" && ${runtimeCall(codegen, cxt, 'isTime')}(${data}))`,
            );
          case 'micro-time':
            return cxt.fail(
              _`!(typeof ${data} === "string" && ${runtimeCall(codegen, cxt, 'isMicroTime')}(${data}))`,
            );
          default:
            throw new TypeError(`no scalar ${String(schema)}`);
        }
      },
    },
    {
      // A pattern as Go reads it.
      keyword: 'matches',
      type: 'string',
      schemaType: 'string',
      code(cxt) {
        const { gen, data, schema, parentSchema } = cxt;
        const expression = regExpOf(schema as string);
        // What JavaScript cannot express is left unchecked: better silent than wrong.
        if (expression === undefined) return;
        const pattern = gen.scopeValue('pattern', {
          key: schema as string,
          ref: { pattern: schema as string },
          code: _`new RegExp(${expression.source}, ${expression.flags})`,
        });
        // Go's expressions take linear time, JavaScript's do not: a text that is too long anyway need not match as well.
        const longest = Math.min(LONGEST, 2 * Number(parentSchema.maxLength ?? LONGEST));
        cxt.fail(_`${data}.length <= ${longest} && !${pattern}.test(${data})`);
      },
    },
    {
      keyword: 'formatted',
      schemaType: 'string',
      code(cxt) {
        const { gen, data, schema } = cxt;
        const check = gen.scopeValue('formats', {
          key: schema as string,
          ref: { format: schema as string },
          code: _`runtime.formatOf(${schema as string})`,
        });
        cxt.fail(_`!${check}(${data})`);
      },
    },
  ] satisfies CodeKeywordDefinition[];
}
