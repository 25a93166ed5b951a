import type { Field } from './field.ts';
import { serverRule } from './rule.ts';
import { CONFIG_MAP_KEY } from './syntax.ts';

export const REFUSED_CONFIG = serverRule({
  id: 'refused-config',
  title: 'ConfigMap or Secret that the API server refuses',
  why: 'Keys become file names and the whole object is held in etcd, so keys have a syntax and the object a size; Secrets of a known type must hold what that type promises.',
  fix: 'Rename the key, split the object, or give the Secret the keys that its type asks for.',
  covers: [
    'syntax of keys in `data` and `binaryData`, and no key in both',
    'at most 1 MiB of values',
    'the keys, annotation and JSON that Secrets of a built-in type need',
  ],
});

/** Bytes of all values of a ConfigMap or a Secret. */
export const LIMIT = 1024 * 1024;

/** A key that could not be a file name. */
export function wrongKey(at: Field, key: string): void {
  at.refuse(`key "${key}" is wrong, expected ${CONFIG_MAP_KEY.expected}`);
}

export function byteLength(value: string | undefined): number {
  return value === undefined ? 0 : Buffer.byteLength(value);
}

export function decodedLength(base64: string | undefined): number {
  return base64 === undefined ? 0 : Buffer.byteLength(base64, 'base64');
}
