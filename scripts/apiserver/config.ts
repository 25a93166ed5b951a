import { isMapping, type Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { IMMUTABLE_FIELD, unchanged } from './immutable.ts';
import type { ServerKind } from './kind.ts';
import { flag, mapping, text, textOf } from './read.ts';
import { serverRule } from './rule.ts';
import { CONFIG_MAP_KEY, DNS_SUBDOMAIN } from './syntax.ts';

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

const LIMIT = 1024 * 1024;

function checkConfigMap(object: Mapping, root: Field): void {
  const at = root.under(REFUSED_CONFIG);
  const data = mapping(object, 'data');
  const binaryData = mapping(object, 'binaryData');
  let size = 0;
  for (const key of Object.keys(data ?? {})) {
    if (!CONFIG_MAP_KEY.test(key)) wrongKey(at.at('data').at(key), key);
    if (binaryData !== undefined && Object.hasOwn(binaryData, key))
      at.at('data').at(key).refuse(`key "${key}" is in data and in binaryData, expected it in one of them`);
    size += byteLength(textOf(data?.[key]));
  }
  for (const key of Object.keys(binaryData ?? {})) {
    if (!CONFIG_MAP_KEY.test(key)) wrongKey(at.at('binaryData').at(key), key);
    size += decodedLength(textOf(binaryData?.[key]));
  }
  // The server's answer names an empty key.
  if (size > LIMIT)
    at.alias('', undefined).refuse(`the values have ${size} bytes, expected at most ${LIMIT}`);
}

function wrongKey(at: Field, key: string): void {
  at.refuse(`key "${key}" is wrong, expected ${CONFIG_MAP_KEY.expected}`);
}

const TOKEN_ACCOUNT = 'kubernetes.io/service-account.name';

function checkSecret(object: Mapping, root: Field): void {
  const at = root.under(REFUSED_CONFIG);
  const data = secretData(object);
  let size = 0;
  for (const [key, value] of data) {
    if (!CONFIG_MAP_KEY.test(key)) wrongKey(at.at('data').alias(key, key), key);
    size += value.length;
  }
  if (size > LIMIT) at.at('data').tooLong(size, LIMIT, 'bytes');
  switch (text(object, 'type')) {
    case 'kubernetes.io/service-account-token': {
      const annotations = mapping(mapping(object, 'metadata') ?? {}, 'annotations');
      if ((textOf(annotations?.[TOKEN_ACCOUNT]) ?? '') === '')
        at.at('metadata').at('annotations').at(TOKEN_ACCOUNT).required('the name of the ServiceAccount');
      break;
    }
    case 'kubernetes.io/dockercfg':
      checkJson(data, '.dockercfg', at);
      break;
    case 'kubernetes.io/dockerconfigjson':
      checkJson(data, '.dockerconfigjson', at);
      break;
    case 'kubernetes.io/basic-auth':
      if (!data.has('username') && !data.has('password')) {
        at.at('data').at('username').required('a "username" or a "password"');
        at.at('data').at('password').required('a "username" or a "password"');
      }
      break;
    case 'kubernetes.io/ssh-auth':
      if ((data.get('ssh-privatekey')?.length ?? 0) === 0)
        at.at('data').at('ssh-privatekey').required('a private key');
      break;
    case 'kubernetes.io/tls':
      for (const key of ['tls.crt', 'tls.key'])
        if (!data.has(key)) at.at('data').at(key).required('that key, as the type says');
      break;
  }
}

interface SecretValue {
  /** In bytes, decoded. */
  readonly length: number;
  readonly read: () => string;
}

/** `stringData` over `data`, as the server stores it. */
function secretData(object: Mapping): ReadonlyMap<string, SecretValue> {
  const all = new Map<string, SecretValue>();
  const data = object.data;
  if (isMapping(data)) {
    for (const key of Object.keys(data)) {
      const value = textOf(data[key]) ?? '';
      all.set(key, {
        length: decodedLength(value),
        read: () => Buffer.from(value, 'base64').toString('utf8'),
      });
    }
  }
  const stringData = object.stringData;
  if (isMapping(stringData)) {
    for (const key of Object.keys(stringData)) {
      const value = textOf(stringData[key]) ?? '';
      all.set(key, { length: byteLength(value), read: () => value });
    }
  }
  return all;
}

function checkJson(data: ReadonlyMap<string, SecretValue>, key: string, at: Field): void {
  const value = data.get(key);
  if (value === undefined) {
    at.at('data').at(key).required('that key, as the type says');
    return;
  }
  let json: unknown;
  try {
    json = JSON.parse(value.read());
  } catch {
    // Go and JavaScript agree on what is JSON; the text itself is secret and stays out of the message.
    json = undefined;
  }
  if (json !== null && !isMapping(json))
    at.at('data').at(key).refuse(`${key} is not a JSON object, expected one`);
}

function byteLength(value: string | undefined): number {
  return value === undefined ? 0 : Buffer.byteLength(value);
}

function decodedLength(base64: string | undefined): number {
  return base64 === undefined ? 0 : Buffer.byteLength(base64, 'base64');
}

function checkConfigUpdate(old: Mapping, object: Mapping, root: Field): void {
  if (flag(old, 'immutable') !== true) return;
  const at = root.under(IMMUTABLE_FIELD);
  if (flag(object, 'immutable') !== true)
    at.at('immutable').refuse('immutable is no longer true, expected it to stay');
  unchanged(old, object, 'data', at);
  unchanged(old, object, 'binaryData', at);
}

export const CONFIG_KINDS: readonly ServerKind[] = [
  {
    group: '',
    kind: 'ConfigMap',
    namespaced: true,
    name: DNS_SUBDOMAIN,
    check: checkConfigMap,
    checkUpdate: checkConfigUpdate,
    rules: [REFUSED_CONFIG, IMMUTABLE_FIELD],
  },
  {
    group: '',
    kind: 'Secret',
    namespaced: true,
    name: DNS_SUBDOMAIN,
    check: checkSecret,
    checkUpdate: checkConfigUpdate,
    rules: [REFUSED_CONFIG, IMMUTABLE_FIELD],
  },
  { group: '', kind: 'ServiceAccount', namespaced: true, name: DNS_SUBDOMAIN, rules: [] },
];
