import type { Mapping } from '../core/value.ts';
import { byteLength, decodedLength, LIMIT, REFUSED_CONFIG, wrongKey } from './config-values.ts';
import type { Field } from './field.ts';
import { IMMUTABLE_FIELD, unchanged } from './immutable.ts';
import type { ServerKind } from './kind.ts';
import { flag, mapping, textOf } from './read.ts';
import { checkSecret } from './secret.ts';
import { CONFIG_MAP_KEY, DNS_SUBDOMAIN } from './syntax.ts';

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
