import type { Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { writtenOneOf } from './fields.ts';
import { parseCidr, strictlyWithin } from './ip.ts';
import type { ServerKind } from './kind.ts';
import { checkPort } from './probes.ts';
import { EMPTY, each, eachText, has, inside, integer, list, mapping, text } from './read.ts';
import { serverRule } from './rule.ts';
import { checkSelector } from './selector.ts';
import { DNS_SUBDOMAIN } from './syntax.ts';

export const REFUSED_NETWORK_POLICY = serverRule({
  id: 'refused-network-policy',
  title: 'NetworkPolicy that the API server refuses',
  why: 'A peer that is nothing, or an address block next to a selector, would leave open who may connect.',
  fix: 'Give each peer selectors or one `ipBlock`, and ports as numbers, names or a numeric range.',
  covers: [
    'selectors of pods and namespaces',
    'ports, protocols and ranges of ports',
    'peers are there, and address blocks stand alone; their exceptions lie within',
    'policy types',
  ],
});

function checkNetworkPolicy(object: Mapping, root: Field): void {
  const spec = mapping(object, 'spec') ?? EMPTY;
  const at = root.under(REFUSED_NETWORK_POLICY).at('spec');
  checkSelector(spec, 'podSelector', at);
  each(spec, 'ingress', at, (rule, place) => {
    each(rule, 'ports', place, checkPolicyPort);
    each(rule, 'from', place, checkPeer);
  });
  each(spec, 'egress', at, (rule, place) => {
    each(rule, 'ports', place, checkPolicyPort);
    each(rule, 'to', place, checkPeer);
  });
  const types = list(spec, 'policyTypes');
  if (types.length > 2)
    at.at('policyTypes').refuse(`there are ${types.length} policyTypes, expected at most 2`);
  else
    eachText(spec, 'policyTypes', at, (type, place) => {
      if (type !== 'Ingress' && type !== 'Egress') place.unsupported(type, ['Ingress', 'Egress']);
    });
}

function checkPolicyPort(port: Mapping, at: Field): void {
  writtenOneOf(port, 'protocol', ['TCP', 'UDP', 'SCTP'], at);
  if (has(port, 'port')) checkPort(port, at);
  const end = integer(port, 'endPort');
  if (end === undefined) return;
  const start = port.port;
  const place = at.at('endPort');
  if (start === undefined || start === null) place.invalid(end, 'none without port');
  else if (typeof start === 'string') place.invalid(end, 'none, as port is not a number');
  else if (typeof start === 'number' && end < start) place.invalid(end, `at least port, ${start}`);
  if (end < 1 || end > 65535) place.invalid(end, '1 to 65535');
}

function checkPeer(peer: Mapping, at: Field): void {
  checkSelector(peer, 'podSelector', at);
  checkSelector(peer, 'namespaceSelector', at);
  const block = has(peer, 'ipBlock');
  const selected = has(peer, 'podSelector') || has(peer, 'namespaceSelector');
  inside(peer, 'ipBlock', at, checkBlock);
  if (!block && !selected)
    at.refuse(`${at.label} is empty, expected a podSelector, a namespaceSelector or an ipBlock`);
  else if (block && selected) at.refuse(`${at.label} has an ipBlock and a selector, expected one of them`);
}

function checkBlock(block: Mapping, at: Field): void {
  const strict = at.context.minor >= 36;
  const written = text(block, 'cidr') ?? '';
  if (written === '') {
    if (!has(block, 'cidr') || block.cidr === '') at.at('cidr').required('a CIDR');
    return;
  }
  const cidr = parseCidr(written, strict);
  if (cidr === undefined) at.at('cidr').invalid(written, 'a CIDR');
  eachText(block, 'except', at, (except, place) => {
    const inner = parseCidr(except, strict);
    if (inner === undefined) place.invalid(except, 'a CIDR');
    else if (cidr !== undefined && !strictlyWithin(inner, cidr))
      place.invalid(except, `a part of cidr, "${written}"`);
  });
}

export const NETWORK_POLICY_KINDS: readonly ServerKind[] = [
  {
    group: 'networking.k8s.io',
    kind: 'NetworkPolicy',
    namespaced: true,
    name: DNS_SUBDOMAIN,
    check: checkNetworkPolicy,
    rules: [REFUSED_NETWORK_POLICY],
  },
];
