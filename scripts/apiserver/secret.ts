import { isMapping, type Mapping } from '../core/value.ts';
import { byteLength, decodedLength, LIMIT, REFUSED_CONFIG, wrongKey } from './config-values.ts';
import type { Field } from './field.ts';
import { mapping, text, textOf } from './read.ts';
import { CONFIG_MAP_KEY } from './syntax.ts';

const TOKEN_ACCOUNT = 'kubernetes.io/service-account.name';

/** Keys and size of a Secret, and what its type asks for. */
export function checkSecret(object: Mapping, root: Field): void {
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
