import { isMapping, type Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
export type Variables = unknown;
export function checkMatchConditions(_map: Mapping, _at: Field, _kind: string, _params = false): void {}
export function checkVariables(_map: Mapping, _at: Field, _params: boolean): Variables {
  return isMapping;
}
export function checkExpression(
  _map: Mapping,
  _key: string,
  _at: Field,
  _variables: Variables,
  _types: readonly string[],
): void {}
