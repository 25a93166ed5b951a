import { isMapping, type Mapping } from '../core/value.ts';
import { REFUSED_CRD } from './crd-rule.ts';
import { checkCrdSchema } from './crd-schema.ts';
import { checkColumns, checkScale, checkSelectable } from './crd-version.ts';
import type { Field } from './field.ts';
import { needOneOf } from './fields.ts';
import { IMMUTABLE_FIELD, sameValue, unchanged } from './immutable.ts';
import type { ServerKind } from './kind.ts';
import { EMPTY, each, eachText, flag, has, inside, list, mapping, text, textOf } from './read.ts';
import { DNS_1035_LABEL, DNS_SUBDOMAIN } from './syntax.ts';
import { checkReviewVersions, checkWebhookClient } from './webhook-client.ts';

function checkDefinition(object: Mapping, root: Field): void {
  const at = root.under(REFUSED_CRD);
  const spec = mapping(object, 'spec') ?? EMPTY;
  const place = at.at('spec');
  const group = text(spec, 'group') ?? '';
  checkName(object, spec, group, at);
  if (group === '') place.at('group').required('an API group');
  else if (!DNS_SUBDOMAIN.test(group)) place.at('group').invalid(group, DNS_SUBDOMAIN.expected);
  else if (!group.includes('.')) place.at('group').invalid(group, 'a domain with at least one dot');
  checkApproval(object, group, at);
  needOneOf(spec, 'scope', ['Cluster', 'Namespaced'], place);
  if (flag(spec, 'preserveUnknownFields') === true)
    place
      .at('preserveUnknownFields')
      .invalid(true, 'false, with x-kubernetes-preserve-unknown-fields in the schema instead');
  checkNames(mapping(spec, 'names') ?? EMPTY, place.at('names'));
  checkVersions(spec, place);
  inside(spec, 'conversion', place, checkConversion);
}

function checkName(object: Mapping, spec: Mapping, group: string, at: Field): void {
  const plural = text(mapping(spec, 'names') ?? EMPTY, 'plural') ?? '';
  const metadata = mapping(object, 'metadata') ?? EMPTY;
  const wanted = `${plural}.${group}`;
  for (const key of ['name', 'generateName']) {
    const name = text(metadata, key) ?? '';
    if (name !== '' && name !== wanted)
      at.at('metadata').at(key).invalid(name, `"${wanted}", the plural name and the group`);
  }
}

const APPROVED = 'api-approved.kubernetes.io';

/** Groups of Kubernetes' own need a review. */
function checkApproval(object: Mapping, group: string, at: Field): void {
  if (!/(?:^|\.)(?:k8s|kubernetes)\.io$/.test(group)) return;
  const annotations = mapping(mapping(object, 'metadata') ?? EMPTY, 'annotations') ?? EMPTY;
  const value = textOf(annotations[APPROVED] ?? null) ?? '';
  const place = at.at('metadata').at('annotations').at(APPROVED);
  if (value === '') place.required('the URL of its review, or a text that begins with "unapproved"');
  else if (!value.startsWith('unapproved') && !/^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/]/.test(value))
    place.invalid(value, 'the URL of its review, or a text that begins with "unapproved"');
}

function checkNames(names: Mapping, at: Field): void {
  const kind = text(names, 'kind') ?? '';
  const listKind = text(names, 'listKind') || (kind === '' ? '' : `${kind}List`);
  const singular = text(names, 'singular') || kind.toLowerCase();
  const check = (key: string, value: string): void => {
    if (value === '') at.at(key).required('a name');
    else if (!DNS_1035_LABEL.test(value)) at.at(key).invalid(value, DNS_1035_LABEL.expected);
  };
  check('plural', text(names, 'plural') ?? '');
  check('singular', singular);
  check('kind', kind.toLowerCase());
  check('listKind', listKind.toLowerCase());
  if (kind !== '' && kind === listKind)
    at.at('listKind').invalid(listKind, 'another name than that of the kind');
  for (const key of ['shortNames', 'categories'])
    eachText(names, key, at, (name, place) => {
      if (!DNS_1035_LABEL.test(name)) place.invalid(name, DNS_1035_LABEL.expected);
    });
}

/**
 * What all versions say alike the server moves to the top of the specification before it looks, and so do the paths of
 * its answers.
 */
function checkVersions(spec: Mapping, at: Field): void {
  const versions = list(spec, 'versions').filter(isMapping);
  const storing = versions.filter((version) => flag(version, 'storage') === true).length;
  if (storing !== 1) at.at('versions').refuse(`${storing} versions have storage: true, expected exactly one`);
  const names = versions.map((version) => text(version, 'name'));
  if (new Set(names).size < names.length)
    at.at('versions').refuse('two versions have the same name, expected names of their own');
  const common = (key: string): boolean =>
    versions.every((version) => sameValue(version[key], versions[0]?.[key]));
  const lifted = {
    schema: common('schema'),
    subresources: common('subresources'),
    columns: common('additionalPrinterColumns'),
    selectable: common('selectableFields'),
  };
  // Fields are looked up in the schema that stands beside them.
  const apart = lifted.schema !== lifted.selectable;
  if (apart && lifted.selectable && list(versions[0] ?? EMPTY, 'selectableFields').length > 0)
    at.at('selectableFields').refuse(
      'selectableFields are the same in all versions and their schemas are not, expected both the same or both of their own',
    );
  each(spec, 'versions', at, (version, place, index) => {
    checkVersion(version, place);
    if (apart && lifted.schema && list(version, 'selectableFields').length > 0)
      place
        .at('selectableFields')
        .refuse(
          'selectableFields differ between versions of the same schema, expected both the same or both of their own',
        );
    // The place of a part: its own, or the specification's for the first version that says it.
    const placeOf = (isLifted: boolean): Field | undefined =>
      !isLifted ? place : index === 0 ? at.within('versions').within(index) : undefined;
    const schema = mapping(mapping(version, 'schema') ?? EMPTY, 'openAPIV3Schema');
    if (schema === undefined) {
      if (!has(mapping(version, 'schema') ?? EMPTY, 'openAPIV3Schema'))
        place.at('schema').at('openAPIV3Schema').required('a schema');
    } else {
      const where = placeOf(lifted.schema);
      const status = (lifted.schema ? versions : [version]).some((one) =>
        has(mapping(one, 'subresources') ?? EMPTY, 'status'),
      );
      if (where !== undefined)
        checkCrdSchema(
          schema,
          where.alias(lifted.schema ? 'validation' : 'schema', 'schema').at('openAPIV3Schema'),
          status,
        );
    }
    const columns = placeOf(lifted.columns);
    if (columns !== undefined) checkColumns(version, columns);
    const subresources = placeOf(lifted.subresources);
    if (subresources !== undefined) checkScale(version, subresources);
    const selectable = placeOf(lifted.selectable);
    if (selectable !== undefined) checkSelectable(version, schema, selectable);
  });
}

function checkVersion(version: Mapping, at: Field): void {
  const name = textOf(version.name ?? null);
  if (name !== undefined && !DNS_1035_LABEL.test(name)) at.at('name').invalid(name, DNS_1035_LABEL.expected);
  const warning = text(version, 'deprecationWarning');
  if (warning === undefined) return;
  const place = at.at('deprecationWarning');
  if (flag(version, 'deprecated') !== true) place.forbidden('for a version that is not deprecated');
  if (warning.length > 256) place.tooLong(warning.length, 256, 'characters');
  else if (warning === '' || /\p{Cc}/u.test(warning)) place.invalid(warning, 'printable characters');
}

function checkConversion(conversion: Mapping, at: Field): void {
  if (!needOneOf(conversion, 'strategy', ['None', 'Webhook'], at)) return;
  const webhook = mapping(conversion, 'webhook');
  const hook = at.within('webhook');
  if (conversion.strategy === 'Webhook') {
    const client = mapping(webhook ?? EMPTY, 'clientConfig');
    const place = hook.alias('webhookClientConfig', 'clientConfig');
    if (client === undefined) place.required('the webhook, with strategy Webhook');
    else checkWebhookClient(client, place);
    checkReviewVersions(webhook ?? EMPTY, 'conversionReviewVersions', hook);
    return;
  }
  if (webhook === undefined) return;
  if (has(webhook, 'clientConfig'))
    hook.alias('webhookClientConfig', 'clientConfig').forbidden('with strategy None');
  if (list(webhook, 'conversionReviewVersions').length > 0)
    hook.at('conversionReviewVersions').forbidden('with strategy None');
}

function checkDefinitionUpdate(old: Mapping, object: Mapping, root: Field): void {
  const at = root.under(IMMUTABLE_FIELD).at('spec');
  const before = mapping(old, 'spec') ?? EMPTY;
  const after = mapping(object, 'spec') ?? EMPTY;
  for (const key of ['scope', 'group']) unchanged(before, after, key, at);
  for (const key of ['plural', 'kind'])
    unchanged(mapping(before, 'names') ?? EMPTY, mapping(after, 'names') ?? EMPTY, key, at.at('names'));
}

export const CRD_KINDS: readonly ServerKind[] = [
  {
    group: 'apiextensions.k8s.io',
    kind: 'CustomResourceDefinition',
    namespaced: false,
    name: DNS_SUBDOMAIN,
    check: checkDefinition,
    checkUpdate: checkDefinitionUpdate,
    rules: [REFUSED_CRD, IMMUTABLE_FIELD],
  },
];
