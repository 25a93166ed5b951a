import { isMapping, type Mapping, type Value } from '../core/value.ts';
import type { Field } from './field.ts';
import { atLeast } from './fields.ts';
import { checkAnnotations, checkLabels } from './labels.ts';
import { each, eachText, flag, has, list, text, textOf } from './read.ts';
import { serverRule } from './rule.ts';
import { DNS_LABEL, PATH_SEGMENT, QUALIFIED_NAME, type Syntax } from './syntax.ts';

export const REFUSED_NAME = serverRule({
  id: 'refused-name',
  title: 'Name or namespace that the API server refuses',
  why: 'The name of an object becomes part of URLs, host names and labels, so each kind holds it to a syntax, which the schema does not state.',
  fix: 'Rename the object, and everything that refers to it by name.',
  covers: [
    '`metadata.name` or `metadata.generateName` is there and has the syntax that the kind asks for',
    '`metadata.namespace` is a DNS label',
  ],
});

export const REFUSED_METADATA = serverRule({
  id: 'refused-metadata',
  title: 'Metadata that the API server refuses',
  why: 'Owner references and finalizers steer deletion and ownership, so incomplete ones are refused.',
  fix: 'Complete the entry, or take it out: controllers write these fields, manifests seldom need them.',
  covers: [
    'the generation is not negative, where the server keeps it',
    'owner references are complete, and at most one is the controller',
    'finalizers are qualified names, unprefixed ones are those of Kubernetes, `orphan` and `foregroundDeletion` exclude each other',
  ],
});

/** What a kind asks of its objects' metadata. */
export interface MetadataRules {
  /** The server names what has no name. */
  readonly namedByServer?: boolean;
  /** Undefined: only what every kind asks for. */
  readonly name: Syntax | undefined;
  /** A finalizer without a prefix is one of Kubernetes' own: what the core group's `ValidateObjectMeta` adds for most kinds. */
  readonly knownFinalizers: boolean;
  readonly namespaced: boolean;
  /** A prefix is looked at even where there is a name, which makes it useless. */
  readonly prefixWithName: boolean;
  /** The server counts the object's generations itself, whatever is written. */
  readonly countsGenerations: boolean;
}

export function checkMetadata(object: Mapping, root: Field, rules: MetadataRules): void {
  const metadata = object.metadata;
  const at = root.at('metadata');
  if (!isMapping(metadata)) {
    if ((metadata === undefined || metadata === null) && rules.namedByServer !== true)
      at.under(REFUSED_NAME).at('name').required('a name, or "generateName"');
    return;
  }
  checkName(metadata, at.under(REFUSED_NAME), rules);
  checkLabels(metadata, 'labels', at);
  checkAnnotations(metadata, 'annotations', at);
  if (!rules.countsGenerations) atLeast(metadata, 'generation', 0, at.under(REFUSED_METADATA));
  if (has(metadata, 'ownerReferences')) checkOwners(metadata, at.under(REFUSED_METADATA));
  if (has(metadata, 'finalizers'))
    checkFinalizers(metadata, at.under(REFUSED_METADATA), rules.knownFinalizers);
}

function checkName(metadata: Mapping, at: Field, rules: MetadataRules): void {
  const name = textOf(metadata.name ?? null);
  const prefix = text(metadata, 'generateName') ?? '';
  if (prefix !== '' && (name === '' || rules.prefixWithName)) {
    const syntax = rules.name?.prefix ?? rules.name;
    if (syntax !== undefined && !syntax.test(withoutTrailingDash(prefix)))
      at.at('generateName').invalid(prefix, `${syntax.expected}; a "-" at the end is fine`);
    else if (prefix.includes('/') || prefix.includes('%'))
      at.at('generateName').invalid(prefix, 'no "/" and no "%"');
  }
  if (name === '') {
    if (prefix !== '') checkGenerated(prefix, at, rules);
    else if (rules.namedByServer !== true) at.at('name').required('a name, or "generateName"');
  } else if (name !== undefined) {
    if (rules.name !== undefined && !rules.name.test(name)) at.at('name').invalid(name, rules.name.expected);
    else if (!PATH_SEGMENT.test(name)) at.at('name').invalid(name, PATH_SEGMENT.expected);
  }
  if (rules.namespaced) {
    const namespace = text(metadata, 'namespace');
    if (namespace !== undefined && namespace !== '' && !DNS_LABEL.test(namespace))
      at.at('namespace').invalid(namespace, DNS_LABEL.expected);
  }
}

/** The name that the server makes: at most 58 characters of the prefix, and five of its own. */
function checkGenerated(prefix: string, at: Field, { name }: MetadataRules): void {
  const example = `${prefix.slice(0, 58)}x7k2q`;
  if ((name?.prefix ?? name)?.test(withoutTrailingDash(prefix)) && name?.test(example) === false)
    at.at('name').refuse(`the name would be like "${example}", expected ${name.expected}`);
}

/** As the server does before it checks a prefix: what follows is alphanumeric. */
function withoutTrailingDash(prefix: string): string {
  return prefix.length > 1 && prefix.endsWith('-') ? `${prefix.slice(0, -2)}a` : prefix;
}

function checkOwners(metadata: Mapping, at: Field): void {
  let controllers = 0;
  const here = at.at('ownerReferences');
  each(metadata, 'ownerReferences', at, (owner, _, index) => {
    const place = here.within(index);
    const apiVersion = text(owner, 'apiVersion') ?? '';
    const slashes = apiVersion.split('/').length - 1;
    if (apiVersion === '' || slashes > 1 || apiVersion.endsWith('/'))
      if (!wrongType(owner.apiVersion))
        place.at('apiVersion').invalid(apiVersion, 'a group and version, such as "apps/v1"');
    for (const key of ['kind', 'name', 'uid'])
      if (!wrongType(owner[key]) && (text(owner, key) ?? '') === '')
        place.at(key).invalid('', 'a text that is not empty');
    if (apiVersion === 'v1' && text(owner, 'kind') === 'Event')
      place.refuse('owner is an Event, expected an object that is not one');
    if (flag(owner, 'controller') === true) controllers++;
  });
  if (controllers > 1) here.refuse(`${controllers} owners are the controller, expected at most one`);
}

function wrongType(value: Value | undefined): boolean {
  return value !== undefined && value !== null && typeof value !== 'string';
}

const STANDARD_FINALIZERS = ['kubernetes', 'orphan', 'foregroundDeletion'];

function checkFinalizers(metadata: Mapping, at: Field, known: boolean): void {
  const here = at.at('finalizers');
  eachText(metadata, 'finalizers', at, (finalizer, place, index) => {
    if (!QUALIFIED_NAME.test(finalizer)) here.within(index).invalid(finalizer, QUALIFIED_NAME.expected);
    if (known && !finalizer.includes('/') && !STANDARD_FINALIZERS.includes(finalizer))
      place.invalid(finalizer, `a domain before it, or one of ${STANDARD_FINALIZERS.join(', ')}`);
  });
  const all = list(metadata, 'finalizers');
  if (all.includes('orphan') && all.includes('foregroundDeletion'))
    here.refuse('finalizers hold both "orphan" and "foregroundDeletion", expected at most one of them');
}
