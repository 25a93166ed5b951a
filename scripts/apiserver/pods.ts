import { isMapping, type Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import type { ServerKind } from './kind.ts';
import { checkPodSpec, REFUSED_POD } from './pod.ts';
import { checkPodAnnotations, checkProfilesAgree } from './pod-annotations.ts';
import { POD_RULES } from './pod-rules.ts';
import { EMPTY, mapping } from './read.ts';
import { DNS_SUBDOMAIN } from './syntax.ts';

function checkPod(object: Mapping, root: Field): void {
  const metadata = mapping(object, 'metadata') ?? EMPTY;
  const spec = mapping(object, 'spec') ?? EMPTY;
  const annotations = metadata.annotations;
  checkPodSpec(spec, root.under(REFUSED_POD).at('spec'), { pod: metadata });
  if (!isMapping(annotations)) return;
  checkPodAnnotations(annotations, spec, root.at('metadata').at('annotations'));
  checkProfilesAgree(annotations, spec, root.at('spec'));
}

export const POD_KINDS: readonly ServerKind[] = [
  { group: '', kind: 'Pod', namespaced: true, name: DNS_SUBDOMAIN, check: checkPod, rules: POD_RULES },
];
