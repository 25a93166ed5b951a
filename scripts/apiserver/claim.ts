import type { Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { needItems, needText, syntaxOf, writtenOneOf } from './fields.ts';
import { IMMUTABLE_FIELD, sameValue, unchanged } from './immutable.ts';
import type { ServerKind } from './kind.ts';
import { quantityOf } from './quantity.ts';
import { EMPTY, eachText, has, list, mapping, text } from './read.ts';
import { serverRule } from './rule.ts';
import { checkSelector } from './selector.ts';
import { DNS_LABEL, DNS_SUBDOMAIN } from './syntax.ts';

export const REFUSED_CLAIM = serverRule({
  id: 'refused-claim',
  title: 'PersistentVolumeClaim that the API server refuses',
  why: 'A claim without access modes or a size above zero cannot be bound to any volume.',
  fix: 'Give it access modes by their full names, `resources.requests.storage` above 0, and a class by its name.',
  covers: [
    'access modes are there, known, and ReadWriteOncePod alone',
    '`resources.requests.storage` is there and above 0',
    'selector, class names and `volumeMode`',
    '`dataSource` and `dataSourceRef` are complete and agree',
  ],
});

const MODES = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'];

/** Of a claim and of a PersistentVolume: the server reports them at the list. */
export function checkAccessModes(spec: Mapping, at: Field): void {
  needItems(spec, 'accessModes', 'at least one access mode', at);
  eachText(spec, 'accessModes', at, (mode, _, index) => {
    if (!MODES.includes(mode)) at.at('accessModes').within(index).unsupported(mode, MODES);
  });
  const modes = list(spec, 'accessModes');
  if (modes.includes('ReadWriteOncePod') && modes.some((mode) => mode !== 'ReadWriteOncePod'))
    at.at('accessModes').refuse('accessModes hold ReadWriteOncePod beside others, expected it alone');
}

/** The specification of a claim, also within a StatefulSet or an ephemeral volume. */
export function checkClaimSpec(spec: Mapping, parent: Field, stored = false): void {
  const at = parent.under(REFUSED_CLAIM);
  checkAccessModes(spec, at);
  checkSelector(spec, 'selector', at);
  const requests = mapping(mapping(spec, 'resources') ?? EMPTY, 'requests') ?? EMPTY;
  // The server leaves "requests" out of the path.
  const storage = at.at('resources').alias('storage', 'requests');
  if (!has(requests, 'storage')) storage.required('requests.storage, the size of the volume');
  else {
    const size = quantityOf(requests.storage);
    if (size !== undefined && size <= 0n) storage.within('storage').invalid(requests.storage, 'more than 0');
  }
  syntaxOf(spec, 'storageClassName', DNS_SUBDOMAIN, at);
  writtenOneOf(spec, 'volumeMode', ['Block', 'Filesystem'], at);
  syntaxOf(spec, 'volumeAttributesClassName', DNS_SUBDOMAIN, at);
  checkDataSources(spec, at, stored);
}

/** @param stored whether it is a claim of its own, of which the server drops sources that it does not know */
function checkDataSources(spec: Mapping, at: Field, stored: boolean): void {
  const written = mapping(spec, 'dataSourceRef');
  const elsewhere = written === undefined ? '' : (text(written, 'namespace') ?? '');
  // CrossNamespaceVolumeDataSource is off by default.
  const reference = stored && elsewhere !== '' ? undefined : written;
  let source = mapping(spec, 'dataSource');
  if (stored && reference === undefined && source !== undefined && !isUsable(source)) source = undefined;
  if (source !== undefined) checkDataSource(source, at.at('dataSource'));
  if (reference === undefined) return;
  checkDataSource(reference, at.at('dataSourceRef'));
  if (elsewhere !== '' && !DNS_LABEL.test(elsewhere))
    at.at('dataSourceRef').at('namespace').invalid(elsewhere, DNS_LABEL.expected);
  if (source === undefined) return;
  if (elsewhere !== '')
    at.refuse('dataSource stands beside a dataSourceRef of another namespace, expected one of them');
  else if (!['apiGroup', 'kind', 'name'].every((key) => (source[key] ?? null) === (reference[key] ?? null)))
    at.refuse('dataSource differs from dataSourceRef, expected both equal or one of them');
}

function isUsable(source: Mapping): boolean {
  const group = text(source, 'apiGroup') ?? '';
  const kind = text(source, 'kind');
  if (group === '') return kind === 'PersistentVolumeClaim';
  return group === 'snapshot.storage.k8s.io' && kind === 'VolumeSnapshot';
}

function checkDataSource(source: Mapping, at: Field): void {
  needText(source, 'name', 'the name of the source', at);
  needText(source, 'kind', 'the kind of the source', at);
  const group = text(source, 'apiGroup') ?? '';
  const kind = text(source, 'kind') ?? '';
  if (group === '' && kind !== 'PersistentVolumeClaim')
    at.refuse(`${at.label} is of kind "${kind}" without apiGroup, expected PersistentVolumeClaim`);
  if (group !== '' && !DNS_SUBDOMAIN.test(group)) at.at('apiGroup').invalid(group, DNS_SUBDOMAIN.expected);
}

function checkClaim(object: Mapping, root: Field): void {
  checkClaimSpec(mapping(object, 'spec') ?? EMPTY, root.at('spec'), true);
}

const BETA_CLASS = 'volume.beta.kubernetes.io/storage-class';

function checkClaimUpdate(old: Mapping, object: Mapping, root: Field): void {
  const at = root.under(IMMUTABLE_FIELD).at('spec');
  const before = mapping(old, 'spec') ?? EMPTY;
  const after = mapping(object, 'spec') ?? EMPTY;
  for (const key of ['accessModes', 'selector', 'dataSource', 'dataSourceRef'])
    unchanged(before, after, key, at);
  // Where no class was named the server filled in the default one, and to name it now changes nothing.
  if (has(before, 'storageClassName')) unchanged(before, after, 'storageClassName', at);
  unchanged(
    { volumeMode: 'Filesystem', ...before },
    { volumeMode: 'Filesystem', ...after },
    'volumeMode',
    at,
  );
  if ((text(before, 'volumeName') ?? '') !== '') unchanged(before, after, 'volumeName', at);
  const annotation = (claim: Mapping): Mapping =>
    mapping(mapping(claim, 'metadata') ?? EMPTY, 'annotations') ?? EMPTY;
  const place = root.under(IMMUTABLE_FIELD).at('metadata').at('annotations');
  if (!sameValue(annotation(old)[BETA_CLASS], annotation(object)[BETA_CLASS]))
    unchanged(annotation(old), annotation(object), BETA_CLASS, place);
  checkShrink(before, after, at);
}

/** A claim may grow; whether it could shrink depends on what the volume already has. */
function checkShrink(before: Mapping, after: Mapping, at: Field): void {
  const sizeOf = (spec: Mapping): bigint | undefined =>
    quantityOf((mapping(mapping(spec, 'resources') ?? EMPTY, 'requests') ?? EMPTY).storage);
  const old = sizeOf(before);
  const now = sizeOf(after);
  if (old !== undefined && now !== undefined && now < old)
    at.at('resources')
      .at('requests')
      .at('storage')
      .refuse('storage is smaller than it was, expected at least as much: volumes do not shrink');
}

export const CLAIM_KINDS: readonly ServerKind[] = [
  {
    group: '',
    kind: 'PersistentVolumeClaim',
    namespaced: true,
    name: DNS_SUBDOMAIN,
    check: checkClaim,
    checkUpdate: checkClaimUpdate,
    rules: [REFUSED_CLAIM, IMMUTABLE_FIELD],
  },
];
