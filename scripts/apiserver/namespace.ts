import type { Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import type { ServerKind } from './kind.ts';
import { EMPTY, eachText, mapping, textOf } from './read.ts';
import { serverRule } from './rule.ts';
import { DNS_LABEL, QUALIFIED_NAME } from './syntax.ts';

export const REFUSED_NAMESPACE = serverRule({
  id: 'refused-namespace',
  title: 'Namespace that the API server refuses',
  why: 'The Pod Security labels decide what may run in the namespace, so a level or version that does not exist is refused rather than taken for none.',
  fix: 'Use a level (privileged, baseline, restricted) and a version ("latest" or a minor version such as "v1.36").',
  covers: [
    'levels and versions in `pod-security.kubernetes.io/` labels',
    '`spec.finalizers` are qualified names',
  ],
});

const LEVELS = ['privileged', 'baseline', 'restricted'];
const VERSION = /^v1\.(?:[0-9]|[1-9][0-9]*)$/;

function checkNamespace(object: Mapping, root: Field): void {
  const at = root.under(REFUSED_NAMESPACE);
  const labels = mapping(mapping(object, 'metadata') ?? EMPTY, 'labels') ?? EMPTY;
  for (const mode of ['enforce', 'audit', 'warn']) {
    const key = `pod-security.kubernetes.io/${mode}`;
    const place = (name: string): Field => at.at('metadata').at('labels').at(name);
    const level = textOf(labels[key]);
    if (level !== undefined && !LEVELS.includes(level)) place(key).unsupported(level, LEVELS);
    const version = textOf(labels[`${key}-version`]);
    if (version !== undefined && version !== 'latest' && !VERSION.test(version))
      place(`${key}-version`).invalid(version, '"latest", or a minor version such as "v1.36"');
  }
  const spec = mapping(object, 'spec') ?? EMPTY;
  eachText(spec, 'finalizers', at.at('spec'), (finalizer, _, index) => {
    const here = at.at('spec').at('finalizers').within(index);
    if (!QUALIFIED_NAME.test(finalizer)) here.invalid(finalizer, QUALIFIED_NAME.expected);
    else if (!finalizer.includes('/') && finalizer !== 'kubernetes')
      here.invalid(finalizer, 'kubernetes, or a name with a domain before it');
  });
}

export const NAMESPACE_KINDS: readonly ServerKind[] = [
  {
    group: '',
    kind: 'Namespace',
    namespaced: false,
    name: DNS_LABEL,
    check: checkNamespace,
    rules: [REFUSED_NAMESPACE],
  },
];
