import { passes } from '../core/likeness.ts';
import type { Mapping, Value } from '../core/value.ts';
import type { Field } from './field.ts';
import { needSyntax, syntaxOf, writtenSyntaxOf } from './fields.ts';
import { checkReference, INGRESS_CLASS_KIND } from './ingress-class.ts';
import { REFUSED_INGRESS } from './ingress-rule.ts';
import { parseIp } from './ip.ts';
import type { ServerKind } from './kind.ts';
import { EMPTY, each, has, inside, integer, list, mapping, text, textOf } from './read.ts';
import { serviceName } from './service.ts';
import { DNS_SUBDOMAIN, PORT_NAME, type Syntax, WILDCARD_SUBDOMAIN } from './syntax.ts';

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
    checkHostNames(list(tls, 'hosts'), place);
    syntaxOf(tls, 'secretName', DNS_SUBDOMAIN, place);
  });
  inside(spec, 'defaultBackend', at, checkBackend);
  each(spec, 'rules', at, (entry, place) => {
    if (!passes(entry, 'host', isHost)) checkHost(text(entry, 'host') ?? '', place.at('host'));
    inside(entry, 'http', place, (http, here) => {
      if (list(http, 'paths').length === 0 && (!has(http, 'paths') || Array.isArray(http.paths)))
        here.at('paths').required('at least one path');
      each(http, 'paths', here, checkPath);
    });
  });
}

function checkHostNames(hosts: readonly Value[], at: Field): void {
  for (let i = 0; i < hosts.length; i++) {
    if (passes(hosts, i, isHostName)) continue;
    const host = textOf(hosts[i]);
    if (host !== undefined) at.at('hosts').at(i).invalid(host, syntaxOfHost(host).expected);
  }
}

function checkHost(host: string, at: Field): void {
  if (host === '') return;
  if (isAddress(host)) at.invalid(host, 'a DNS name, not an IP address');
  else if (!isHostName(host)) at.invalid(host, syntaxOfHost(host).expected);
}

function syntaxOfHost(host: string): Syntax {
  return host.includes('*') ? WILDCARD_SUBDOMAIN : DNS_SUBDOMAIN;
}

function isHostName(host: Value | undefined): boolean {
  return typeof host === 'string' && syntaxOfHost(host).test(host);
}

/** Often all in which the Ingresses of two regions differ. */
function isHost(host: Value | undefined): boolean {
  return typeof host === 'string' && isHostName(host) && !isAddress(host);
}

function isAddress(host: string): boolean {
  return parseIp(host, false) !== undefined;
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

export const INGRESS_KINDS: readonly ServerKind[] = [
  {
    group: 'networking.k8s.io',
    kind: 'Ingress',
    namespaced: true,
    name: DNS_SUBDOMAIN,
    check: checkIngress,
    rules: [REFUSED_INGRESS],
  },
  INGRESS_CLASS_KIND,
];

/** A name or number of a wrong type, which the schema reports. */
function isMistyped(port: Mapping): boolean {
  return (
    (has(port, 'name') && typeof port.name !== 'string') ||
    (has(port, 'number') && typeof port.number === 'string')
  );
}
