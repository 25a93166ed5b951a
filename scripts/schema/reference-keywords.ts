import type { CodeKeywordDefinition } from 'ajv';
import type { Code } from 'ajv/dist/compile/codegen/index.js';
import type { Codegen } from './codegen.ts';

/** Null, other definitions, and alternatives. */
export function referenceKeywords(codegen: Codegen): CodeKeywordDefinition[] {
  const { _, nil, raw, callValidateCode } = codegen;
  return [
    {
      // A field that may be null as well as what its schema says.
      keyword: 'orNull',
      schemaType: ['object', 'boolean'],
      code(cxt) {
        cxt.gen.if(_`${cxt.data} !== null`, () => {
          cxt.subschema({ keyword: 'orNull' }, cxt.gen.name('valid'));
        });
      },
    },
    {
      // Another definition, compiled on its own.
      keyword: 'link',
      schemaType: 'string',
      code(cxt) {
        const { gen, schema } = cxt;
        const target = _`link[${schema as string}]`;
        const errors = raw('errors');
        const found = raw('vErrors');
        cxt.result(callValidateCode(cxt, target, nil), undefined, () => {
          gen.code(_`${found} = ${raw('faults')}(${found}, ${target}.errors)`);
          gen.code(_`${errors} = ${found}.length`);
        });
      },
    },
    {
      // The first of several that is for the kind of value at hand.
      keyword: 'either',
      schemaType: 'array',
      code(cxt) {
        const { gen, data, schema } = cxt;
        const options = schema as readonly { readonly for: string }[];
        const kinds: Readonly<Record<string, Code>> = {
          object: _`typeof ${data} === "object" && !Array.isArray(${data})`,
          array: _`Array.isArray(${data})`,
          boolean: _`typeof ${data} === "boolean"`,
        };
        let first = true;
        for (const [index, option] of options.entries()) {
          const is = kinds[option.for];
          if (is === undefined) continue;
          if (first) gen.if(is);
          else gen.elseIf(is);
          first = false;
          cxt.subschema({ keyword: 'either', schemaProp: index }, gen.name('valid'));
        }
        if (!options.some((option) => option.for === 'any')) {
          gen.else();
          cxt.error();
        }
        gen.endIf();
      },
    },
    { keyword: 'for', schemaType: 'string', code() {} },
  ] satisfies CodeKeywordDefinition[];
}
