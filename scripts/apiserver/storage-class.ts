import { isMapping, type Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { needText, oneOf, unique, within, writtenOneOf } from './fields.ts';
import { IMMUTABLE_FIELD, unchanged } from './immutable.ts';
import type { ServerKind } from './kind.ts';
import { each, eachText, flag, has, integer, list, mapping, text, textOf } from './read.ts';
import { serverRule } from './rule.ts';
import { DNS_SUBDOMAIN, QUALIFIED_NAME } from './syntax.ts';

export const REFUSED_STORAGE_CLASS = serverRule({
  id: 'refused-storage-class',
  title: 'StorageClass, VolumeAttributesClass or CSIDriver that the API server refuses',
  why: 'Volumes are made by the driver that the class names, so the class must name one and ask only for what the server knows.',
  fix: 'Name the provisioner or driver, keep to the known policies and modes, and state each topology key and value once.',
  covers: [
    '`provisioner` and `driverName` are qualified names',
    'size and keys of `parameters`',
    '`reclaimPolicy`, `volumeBindingMode`, `fsGroupPolicy`, `volumeLifecycleModes`',
    'keys and values of `allowedTopologies`, each once',
    'audiences and lifetimes of `tokenRequests`',
  ],
});

function checkStorageClass(object: Mapping, root: Field): void {
  const at = root.under(REFUSED_STORAGE_CLASS);
  checkDriverName(object, 'provisioner', at);
  checkParameters(object, at, true);
  oneOf(object, 'reclaimPolicy', ['Delete', 'Retain'], at);
  writtenOneOf(object, 'volumeBindingMode', ['Immediate', 'WaitForFirstConsumer'], at);
  const terms = new Set<string>();
  each(object, 'allowedTopologies', at, (term, place) => {
    const keys: string[] = [];
    each(term, 'matchLabelExpressions', place, (expression, one) =>
      keys.push(checkExpression(expression, one)),
    );
    unique(
      list(term, 'matchLabelExpressions').map((item) =>
        isMapping(item) ? (textOf(item.key ?? null) ?? '') : '',
      ),
      (index) => place.at('matchLabelExpressions').at(index).at('key'),
    );
    const whole = keys.sort().join('\n');
    // A term without expressions counts as a repetition of nothing.
    if (keys.length === 0 || terms.has(whole))
      place.at('matchLabelExpressions').refuse('term is empty or stands twice, expected each term once');
    terms.add(whole);
  });
}

function checkExpression(expression: Mapping, at: Field): string {
  const key = textOf(expression.key ?? null) ?? '';
  if (!QUALIFIED_NAME.test(key)) at.at('key').invalid(key, QUALIFIED_NAME.expected);
  const values = list(expression, 'values').map((value) => textOf(value) ?? '');
  if (values.length === 0) at.at('values').required('at least one value');
  unique(values, (index) => at.at('values').at(index));
  return JSON.stringify([key, ...new Set(values)].sort());
}

function checkDriverName(object: Mapping, key: string, at: Field): void {
  if (!needText(object, key, 'the name of a driver', at)) return;
  const name = text(object, key);
  if (name !== undefined && !QUALIFIED_NAME.test(name.toLowerCase()))
    at.at(key).invalid(name, QUALIFIED_NAME.expected);
}

const MOST_PARAMETERS = 512;
const MOST_BYTES = 256 * 1024;

function checkParameters(object: Mapping, at: Field, mayBeEmpty: boolean): void {
  const parameters = mapping(object, 'parameters') ?? {};
  const keys = Object.keys(parameters);
  const place = at.at('parameters');
  if (keys.length > MOST_PARAMETERS) place.tooLong(keys.length, MOST_PARAMETERS, 'entries');
  let size = 0;
  for (const key of keys) {
    if (key === '') place.refuse('parameters have an empty key, expected a name');
    size += Buffer.byteLength(key) + Buffer.byteLength(textOf(parameters[key]) ?? '');
  }
  if (size > MOST_BYTES) place.tooLong(size, MOST_BYTES, 'bytes');
  if (!mayBeEmpty && keys.length === 0) place.required('at least one parameter');
}

function checkAttributesClass(object: Mapping, root: Field): void {
  const at = root.under(REFUSED_STORAGE_CLASS);
  checkDriverName(object, 'driverName', at);
  checkParameters(object, at, false);
}

const LONGEST_TOKEN = 2 ** 32;

function checkDriver(object: Mapping, root: Field): void {
  const at = root.under(REFUSED_STORAGE_CLASS);
  const spec = mapping(object, 'spec');
  if (spec === undefined) return;
  const place = at.at('spec');
  writtenOneOf(spec, 'fsGroupPolicy', ['ReadWriteOnceWithFSType', 'File', 'None'], place);
  eachText(spec, 'volumeLifecycleModes', place, (mode, _, index) => {
    if (mode !== 'Persistent' && mode !== 'Ephemeral')
      place.at('volumeLifecycleModes').within(index).unsupported(mode, ['Persistent', 'Ephemeral']);
  });
  each(spec, 'tokenRequests', place, (request, one) => {
    within(request, 'expirationSeconds', 600, LONGEST_TOKEN, one);
  });
  unique(
    list(spec, 'tokenRequests').map((item) => (isMapping(item) ? (textOf(item.audience ?? null) ?? '') : '')),
    (index) => place.at('tokenRequests').at(index).at('audience'),
  );
  const { minor } = at.context;
  // Gates MutableCSINodeAllocatableCount and CSIServiceAccountTokenSecrets: the fields are dropped before.
  const period = integer(spec, 'nodeAllocatableUpdatePeriodSeconds');
  if (minor >= 34 && period !== undefined && period < 10)
    place.at('nodeAllocatableUpdatePeriodSeconds').invalid(period, '10 or more');
  if (
    minor >= 35 &&
    flag(spec, 'serviceAccountTokenInSecrets') !== undefined &&
    list(spec, 'tokenRequests').length === 0
  )
    place.at('serviceAccountTokenInSecrets').forbidden('without tokenRequests');
}

export const STORAGE_CLASS_KINDS: readonly ServerKind[] = [
  {
    group: 'storage.k8s.io',
    kind: 'StorageClass',
    namespaced: false,
    name: DNS_SUBDOMAIN,
    check: checkStorageClass,
    checkUpdate(old, object, root) {
      const at = root.under(IMMUTABLE_FIELD);
      for (const key of ['parameters', 'provisioner']) unchanged(old, object, key, at);
      unchanged(
        withDefault(old, 'reclaimPolicy', 'Delete'),
        withDefault(object, 'reclaimPolicy', 'Delete'),
        'reclaimPolicy',
        at,
      );
      const mode = 'volumeBindingMode';
      unchanged(withDefault(old, mode, 'Immediate'), withDefault(object, mode, 'Immediate'), mode, at);
    },
    rules: [REFUSED_STORAGE_CLASS, IMMUTABLE_FIELD],
  },
  {
    group: 'storage.k8s.io',
    kind: 'VolumeAttributesClass',
    namespaced: false,
    name: DNS_SUBDOMAIN,
    check: checkAttributesClass,
    checkUpdate(old, object, root) {
      for (const key of ['driverName', 'parameters'])
        unchanged(old, object, key, root.under(IMMUTABLE_FIELD));
    },
    rules: [REFUSED_STORAGE_CLASS, IMMUTABLE_FIELD],
  },
  {
    group: 'storage.k8s.io',
    kind: 'CSIDriver',
    namespaced: false,
    name: DNS_SUBDOMAIN,
    check: checkDriver,
    checkUpdate(old, object, root) {
      const at = root.under(IMMUTABLE_FIELD).at('spec');
      const before = withDefault(mapping(old, 'spec') ?? {}, 'attachRequired', true);
      unchanged(
        before,
        withDefault(mapping(object, 'spec') ?? {}, 'attachRequired', true),
        'attachRequired',
        at,
      );
      unchanged(before, mapping(object, 'spec') ?? {}, 'volumeLifecycleModes', at);
    },
    rules: [REFUSED_STORAGE_CLASS, IMMUTABLE_FIELD],
  },
];

function withDefault(object: Mapping, key: string, value: string | boolean): Mapping {
  return has(object, key) ? object : { ...object, [key]: value };
}
