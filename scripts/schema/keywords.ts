import type { CodeKeywordDefinition } from 'ajv';
import { type Codegen, runtimeCall } from './codegen.ts';
import { objectKeywords } from './object-keywords.ts';
import { referenceKeywords } from './reference-keywords.ts';
import { valueKeywords } from './value-keywords.ts';

/**
 * Kubernetes' words for ajv. The generated code calls `runtime`, `fault`, `faults` and `link`, which whoever loads it
 * provides.
 */
export function keywords(codegen: Codegen): CodeKeywordDefinition[] {
  return [...referenceKeywords(codegen), ...valueKeywords(codegen), ...objectKeywords(codegen)];
}

/** The text of the keywords' code: what was compiled by other code is not used again. */
export const KEYWORD_CODE: string = [runtimeCall, referenceKeywords, valueKeywords, objectKeywords].join(
  '\n',
);
