import type { Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { needSyntax, needText, syntaxOf, writtenOneOf, writtenSyntaxOf } from './fields.ts';
import { IMMUTABLE_FIELD, unchanged } from './immutable.ts';
import { parseIp } from './ip.ts';
import type { ServerKind } from './kind.ts';
import { EMPTY, each, eachText, has, inside, integer, list, mapping, text } from './read.ts';
import { serverRule } from './rule.ts';
import { serviceName } from './service.ts';
import {
  DNS_LABEL,
  DNS_SUBDOMAIN,
  DOMAIN_PREFIXED_PATH,
  PATH_SEGMENT,
  PORT_NAME,
  WILDCARD_SUBDOMAIN,
} from './syntax.ts';

export const REFUSED_INGRESS = serverRule({
  id: 'refused-ingress',
  title: 'Ingress or IngressClass that the API server refuses',
  why: 'A host is a DNS name and a path belongs to a URL; a rule without a backend leads nowhere.',
  fix: 'Write the host without scheme and port, the path from its "/", and one backend with one port.',
  covers: [
    'a default backend or rules are there; rules have paths',
    'hosts are DNS names, wildcards only as the whole first part',
    'path types, and what each asks of the path',
    'a backend is a service with a port by name or number, or a resource',
    'names of Secrets and IngressClasses; the annotation of old and `ingressClassName` agree',
    'controller and parameters of an IngressClass',
  ],
});

const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';

function checkIngress(object: Mapping, root: Field): void {
  const spec = mapping(object, 'spec') ?? EMPTY;
  const rule = root.under(REFUSED_INGRESS);
  const at = rule.at('spec');
  if (list(spec, 'rules').length === 0 && !has(spec, 'defaultBackend'))
    if (!has(spec, 'rules') || Array.isArray(spec.rules))
      at.refuse('there are no rules and no defaultBackend, expected one of them');
  writtenSyntaxOf(spec, 'ingressClassName', DNS_SUBDOMAIN, at);
  const annotation = mapping(mapping(object, 'metadata') ?? EMPTY, 'annotations')?.[CLASS_ANNOTATION];
  const className = text(spec, 'ingressClassName');
  if (typeof annotation === 'string' && className !== undefined && annotation !== className)
    rule
      .at('metadata')
      .at('annotations')
      .at(CLASS_ANNOTATION)
      .invalid(annotation, `ingressClassName, "${className}", or neither`);
  each(spec, 'tls', at, (tls, place) => {
    eachText(tls, 'hosts', place, checkHostName);
    syntaxOf(tls, 'secretName', DNS_SUBDOMAIN, place);
  });
  inside(spec, 'defaultBackend', at, checkBackend);
  each(spec, 'rules', at, (entry, place) => {
    const host = text(entry, 'host') ?? '';
    if (host !== '') {
      if (parseIp(host, false) !== undefined) place.at('host').invalid(host, 'a DNS name, not an IP address');
      else checkHostName(host, place.at('host'));
    }
    inside(entry, 'http', place, (http, here) => {
      if (list(http, 'paths').length === 0 && (!has(http, 'paths') || Array.isArray(http.paths)))
        here.at('paths').required('at least one path');
      each(http, 'paths', here, checkPath);
    });
  });
}

function checkHostName(host: string, at: Field): void {
  const syntax = host.includes('*') ? WILDCARD_SUBDOMAIN : DNS_SUBDOMAIN;
  if (!syntax.test(host)) at.invalid(host, syntax.expected);
}

const PATH_TYPES = ['Exact', 'ImplementationSpecific', 'Prefix'];
const NEVER = ['//', '/./', '/../', '%2f', '%2F'];
const NEVER_AT_END = ['/..', '/.'];

function checkPath(path: Mapping, at: Field): void {
  const type = path.pathType;
  const value = text(path, 'path') ?? '';
  const place = at.at('path');
  if (type === undefined || type === null) at.at('pathType').required(`one of ${PATH_TYPES.join(', ')}`);
  else if (type === 'Exact' || type === 'Prefix') {
    if (!value.startsWith('/')) place.invalid(value, `a path from its "/", with type ${type}`);
    else {
      for (const part of NEVER) if (value.includes(part)) place.invalid(value, `a path without "${part}"`);
      for (const end of NEVER_AT_END)
        if (value.endsWith(end)) place.invalid(value, `a path that does not end in "${end}"`);
    }
  } else if (type === 'ImplementationSpecific') {
    if (value !== '' && !value.startsWith('/')) place.invalid(value, 'a path from its "/"');
  } else if (typeof type === 'string') at.at('pathType').unsupported(type, PATH_TYPES);
  if (has(path, 'backend') && mapping(path, 'backend') === undefined) return;
  checkBackend(mapping(path, 'backend') ?? EMPTY, at.at('backend'));
}

function checkBackend(backend: Mapping, at: Field): void {
  const service = mapping(backend, 'service');
  const resource = mapping(backend, 'resource');
  if (has(backend, 'service') && has(backend, 'resource'))
    at.refuse('the backend has a service and a resource, expected one of them');
  else if (resource !== undefined) checkReference(resource, at.at('resource'));
  else if (service !== undefined) {
    needSyntax(service, 'name', serviceName(at.context), at.at('service'));
    const port = mapping(service, 'port') ?? EMPTY;
    const name = text(port, 'name') ?? '';
    const number = integer(port, 'number') ?? 0;
    const here = at.at('service').at('port');
    if (name !== '' && number !== 0) at.refuse('the port has a name and a number, expected one of them');
    else if (name !== '') {
      if (!PORT_NAME.test(name)) here.at('name').invalid(name, PORT_NAME.expected);
    } else if (number !== 0) {
      if (number < 1 || number > 65535) here.at('number').invalid(number, '1 to 65535');
    } else if (!isMistyped(port))
      at.refuse('the port of the service is missing, expected its name or its number');
  } else if (!has(backend, 'service') && !has(backend, 'resource'))
    at.refuse('the backend is empty, expected a service or a resource');
}

function checkReference(reference: Mapping, at: Field): void {
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

export const INGRESS_KINDS: readonly ServerKind[] = [
  {
    group: 'networking.k8s.io',
    kind: 'Ingress',
    namespaced: true,
    name: DNS_SUBDOMAIN,
    check: checkIngress,
    rules: [REFUSED_INGRESS],
  },
  {
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
  },
];

/** A name or number of a wrong type, which the schema reports. */
function isMistyped(port: Mapping): boolean {
  return (
    (has(port, 'name') && typeof port.name !== 'string') ||
    (has(port, 'number') && typeof port.number === 'string')
  );
}
