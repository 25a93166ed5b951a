import type { Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { needSyntax, needText, writtenOneOf, writtenSyntaxOf } from './fields.ts';
import { IMMUTABLE_FIELD, unchanged } from './immutable.ts';
import { REFUSED_INGRESS } from './ingress-rule.ts';
import type { ServerKind } from './kind.ts';
import { EMPTY, has, inside, mapping, text } from './read.ts';
import { DNS_LABEL, DNS_SUBDOMAIN, DOMAIN_PREFIXED_PATH, PATH_SEGMENT } from './syntax.ts';

/** A reference to an object by group, kind and name. */
export function checkReference(reference: Mapping, at: Field): void {
  writtenSyntaxOf(reference, 'apiGroup', DNS_SUBDOMAIN, at);
  for (const key of ['kind', 'name']) needSyntax(reference, key, PATH_SEGMENT, at);
}

function checkIngressClass(object: Mapping, root: Field): void {
  const spec = mapping(object, 'spec') ?? EMPTY;
  const at = root.under(REFUSED_INGRESS).at('spec');
  const controller = text(spec, 'controller') ?? '';
  if (needText(spec, 'controller', DOMAIN_PREFIXED_PATH.expected, at) && controller !== '') {
    if (controller.length > 250) at.at('controller').tooLong(controller.length, 250, 'characters');
    if (!DOMAIN_PREFIXED_PATH.test(controller))
      at.at('controller').invalid(controller, DOMAIN_PREFIXED_PATH.expected);
  }
  inside(spec, 'parameters', at, (parameters, place) => {
    checkReference(parameters, place);
    writtenOneOf(parameters, 'scope', ['Cluster', 'Namespace'], place);
    const namespace = text(parameters, 'namespace');
    const scope = text(parameters, 'scope') ?? 'Cluster';
    if (scope === 'Namespace') {
      if (!has(parameters, 'namespace'))
        place.at('namespace').required('a namespace, as the scope is Namespace');
      else if (namespace !== undefined && !DNS_LABEL.test(namespace))
        place.at('namespace').invalid(namespace, DNS_LABEL.expected);
    } else if (scope === 'Cluster' && has(parameters, 'namespace'))
      place.at('namespace').forbidden('as the scope is Cluster');
  });
}

export const INGRESS_CLASS_KIND: ServerKind = {
  group: 'networking.k8s.io',
  kind: 'IngressClass',
  namespaced: false,
  name: DNS_SUBDOMAIN,
  check: checkIngressClass,
  checkUpdate: (old, object, root) =>
    unchanged(
      mapping(old, 'spec') ?? EMPTY,
      mapping(object, 'spec') ?? EMPTY,
      'controller',
      root.under(IMMUTABLE_FIELD).at('spec'),
    ),
  rules: [REFUSED_INGRESS, IMMUTABLE_FIELD],
};
