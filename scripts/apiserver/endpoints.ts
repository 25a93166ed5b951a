import type { Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { needOneOf, oneOf, syntaxOf, writtenOneOf, writtenSyntaxOf } from './fields.ts';
import { IMMUTABLE_FIELD, unchanged } from './immutable.ts';
import { type Address, parseIp, unreachable } from './ip.ts';
import type { ServerKind } from './kind.ts';
import { each, eachText, has, integer, list, mapping, text, textOf } from './read.ts';
import { serverRule } from './rule.ts';
import { DNS_LABEL, DNS_SUBDOMAIN, LABEL_VALUE, QUALIFIED_NAME } from './syntax.ts';

export const REFUSED_ENDPOINTS = serverRule({
  id: 'refused-endpoints',
  title: 'Endpoints or EndpointSlice that the API server refuses',
  why: 'Traffic is sent to these addresses as they stand, so they must be addresses that can be reached, and ports that can be told apart.',
  fix: 'Use addresses of the declared type that are not local to a node, and name the ports.',
  covers: [
    'addresses: of the declared type, reachable, at most 100 an endpoint and 1000 endpoints a slice',
    'names of ports and hosts, protocols, application protocols',
  ],
});

const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];

function checkAddress(text: string, at: Field, strict: boolean): Address | undefined {
  const address = parseIp(text, strict);
  if (address === undefined) at.invalid(text, 'an IP address');
  else {
    const kind = unreachable(address);
    if (kind !== undefined) at.invalid(text, `an address that is not ${kind}`);
  }
  return address;
}

function checkEndpoints(object: Mapping, root: Field): void {
  const strict = root.context.minor >= 36;
  each(object, 'subsets', root.under(REFUSED_ENDPOINTS), (subset, at) => {
    if (list(subset, 'addresses').length === 0 && list(subset, 'notReadyAddresses').length === 0)
      at.required('addresses or notReadyAddresses');
    for (const key of ['addresses', 'notReadyAddresses'])
      each(subset, key, at, (address, place) => {
        const ip = address.ip ?? '';
        if (typeof ip === 'string') checkAddress(ip, place.at('ip'), strict);
        syntaxOf(address, 'hostname', DNS_LABEL, place);
        writtenSyntaxOf(address, 'nodeName', DNS_SUBDOMAIN, place);
      });
    const several = list(subset, 'ports').length > 1;
    each(subset, 'ports', at, (port, place) => {
      const name = text(port, 'name') ?? '';
      if (name === '' && several) place.at('name').required('a name, as there are several ports');
      else syntaxOf(port, 'name', DNS_LABEL, place);
      const number = integer(port, 'port') ?? (has(port, 'port') ? undefined : 0);
      if (number !== undefined && (number < 1 || number > 65535))
        place.at('port').invalid(number, '1 to 65535');
      oneOf(port, 'protocol', PROTOCOLS, place);
      writtenSyntaxOf(port, 'appProtocol', QUALIFIED_NAME, place);
    });
  });
}

const TYPES = ['FQDN', 'IPv4', 'IPv6'];

function checkSlice(object: Mapping, root: Field): void {
  const at = root.under(REFUSED_ENDPOINTS);
  const type = text(object, 'addressType') ?? '';
  needOneOf(object, 'addressType', TYPES, at);
  const endpoints = list(object, 'endpoints');
  if (endpoints.length > 1000) at.at('endpoints').tooLong(endpoints.length, 1000, 'endpoints');
  each(object, 'endpoints', at, (endpoint, place) => {
    const addresses = list(endpoint, 'addresses');
    if (addresses.length === 0) {
      if (!has(endpoint, 'addresses') || Array.isArray(endpoint.addresses))
        place.at('addresses').required('at least one address');
    }
    if (addresses.length > 100) place.at('addresses').tooLong(addresses.length, 100, 'addresses');
    eachText(endpoint, 'addresses', place, (address, here, index) =>
      checkSliceAddress(address, here, place.at('addresses').within(index), type),
    );
    writtenSyntaxOf(endpoint, 'hostname', DNS_LABEL, place);
    writtenSyntaxOf(endpoint, 'nodeName', DNS_SUBDOMAIN, place);
    checkHints(endpoint, place);
  });
  checkSlicePorts(object, at);
}

/** @param listed the list, where the server names an address of the other family */
function checkSliceAddress(text: string, at: Field, listed: Field, type: string): void {
  if (type === 'FQDN') {
    const name = text.endsWith('.') ? text.slice(0, -1) : text;
    if (text === '') at.required('a DNS name');
    else if (!DNS_SUBDOMAIN.test(name) || !name.includes('.'))
      at.invalid(text, 'a DNS name of at least two parts');
    return;
  }
  if (type !== 'IPv4' && type !== 'IPv6') return;
  const address = checkAddress(text, at, at.context.minor >= 36);
  if (address !== undefined && (address.length === 4) !== (type === 'IPv4'))
    listed.refuse(`the address "${text}" is none of ${type}, expected one, as addressType says`);
}

function checkHints(endpoint: Mapping, at: Field): void {
  const hints = mapping(endpoint, 'hints');
  if (hints === undefined) return;
  const place = at.at('hints');
  const zones = list(hints, 'forZones');
  if (zones.length > 8) place.at('forZones').tooLong(zones.length, 8, 'zones');
  const seen = new Set<string>();
  each(hints, 'forZones', place, (zone, here) => {
    const name = textOf(zone.name ?? null) ?? '';
    if (seen.has(name)) here.at('name').duplicate(name);
    else if (!LABEL_VALUE.test(name)) here.at('name').invalid(name, LABEL_VALUE.expected);
    seen.add(name);
  });
  checkNodes(hints, place);
}

/** Nodes that take the traffic (PreferSameTrafficDistribution). */
function checkNodes(hints: Mapping, at: Field): void {
  const nodes = list(hints, 'forNodes');
  if (nodes.length > 8) {
    at.at('forNodes').tooLong(nodes.length, 8, 'nodes');
    return;
  }
  const seen = new Set<string>();
  each(hints, 'forNodes', at, (node, here) => {
    const name = textOf(node.name ?? null);
    if (name === undefined) return;
    if (seen.has(name)) here.at('name').duplicate(name);
    else if (!DNS_SUBDOMAIN.test(name)) here.at('name').invalid(name, DNS_SUBDOMAIN.expected);
    seen.add(name);
  });
}

function checkSlicePorts(object: Mapping, at: Field): void {
  const ports = list(object, 'ports');
  if (ports.length > 20000) at.at('ports').tooLong(ports.length, 20000, 'ports');
  const names = new Set<string>();
  each(object, 'ports', at, (port, place) => {
    const name = text(port, 'name') ?? '';
    syntaxOf(port, 'name', DNS_LABEL, place);
    if (names.has(name)) place.at('name').duplicate(name);
    names.add(name);
    writtenOneOf(port, 'protocol', PROTOCOLS, place);
    writtenSyntaxOf(port, 'appProtocol', QUALIFIED_NAME, place);
  });
}

export const ENDPOINTS_KINDS: readonly ServerKind[] = [
  {
    group: '',
    kind: 'Endpoints',
    namespaced: true,
    name: DNS_SUBDOMAIN,
    check: checkEndpoints,
    rules: [REFUSED_ENDPOINTS],
  },
  {
    group: 'discovery.k8s.io',
    kind: 'EndpointSlice',
    namespaced: true,
    name: DNS_SUBDOMAIN,
    check: checkSlice,
    checkUpdate: (old, object, root) => unchanged(old, object, 'addressType', root.under(IMMUTABLE_FIELD)),
    rules: [REFUSED_ENDPOINTS, IMMUTABLE_FIELD],
  },
];
