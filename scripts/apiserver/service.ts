import type { Mapping } from '../core/value.ts';
import type { ServerContext } from './context.ts';
import type { Field } from './field.ts';
import { forbid, oneOf, writtenOneOf, writtenSyntaxOf } from './fields.ts';
import { IMMUTABLE_FIELD, unchanged } from './immutable.ts';
import { parseCidr, parseIp, unreachable } from './ip.ts';
import type { ServerKind } from './kind.ts';
import { checkLabels } from './labels.ts';
import { checkPort } from './probes.ts';
import { EMPTY, each, eachText, has, inside, integer, list, mapping, text, textOf } from './read.ts';
import { serverRule } from './rule.ts';
import { checkClusterIps } from './service-addresses.ts';
import { DNS_1035_LABEL, DNS_LABEL, DNS_SUBDOMAIN, QUALIFIED_NAME, type Syntax } from './syntax.ts';

export const REFUSED_SERVICE = serverRule({
  id: 'refused-service',
  title: 'Service that the API server refuses',
  why: 'What a Service may say depends on its type; a field of another type, or two ports that cannot be told apart, cannot be carried out.',
  fix: 'Take out what the type does not have, and give each port a name and a number of its own.',
  covers: [
    'type, session affinity, traffic policies and distribution are known ones',
    'ports: there, named when there are several, names and numbers unique; protocols, target ports, application protocols',
    'node ports, load balancer fields and traffic policies only with the types that have them',
    'cluster IPs, families and their policy agree; external IPs and source ranges are addresses',
    '`externalName` of an ExternalName Service, which has no addresses of its own',
  ],
});

/** Since 1.36 a Service's name may begin with a digit (RelaxedServiceNameValidation). */
export function serviceName(context: ServerContext): Syntax {
  return context.minor >= 36 ? DNS_LABEL : DNS_1035_LABEL;
}

const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];
const POLICIES = ['Cluster', 'Local'];
const RANGES = 'service.beta.kubernetes.io/load-balancer-source-ranges';
const HINTS = 'service.kubernetes.io/topology-aware-hints';
const MODE = 'service.kubernetes.io/topology-mode';

function checkService(object: Mapping, root: Field): void {
  const spec = mapping(object, 'spec') ?? EMPTY;
  const rule = root.under(REFUSED_SERVICE);
  const at = rule.at('spec');
  const type = text(spec, 'type') || 'ClusterIP';
  const headless = text(spec, 'clusterIP') === 'None';
  oneOf(spec, 'type', TYPES, at);
  if (list(spec, 'ports').length === 0 && !headless && type !== 'ExternalName')
    if (!has(spec, 'ports') || Array.isArray(spec.ports)) at.at('ports').required('at least one port');
  if (headless && (type === 'LoadBalancer' || type === 'NodePort'))
    at.at('clusterIPs').at(0).refuse(`clusterIP is None, expected an address with type ${type}`);
  if (type === 'ExternalName') checkExternalName(spec, at);
  else checkClusterIps(spec, at);
  checkPorts(spec, at, type);
  checkLabels(spec, 'selector', at);
  checkAffinity(spec, at);
  checkExternalIps(spec, at);
  checkLoadBalancer(object, spec, rule, type);
  checkTraffic(spec, at, type);
  const annotations = mapping(mapping(object, 'metadata') ?? EMPTY, 'annotations');
  if (annotations !== undefined && has(annotations, HINTS) && has(annotations, MODE))
    if (textOf(annotations[HINTS]) !== textOf(annotations[MODE]))
      rule
        .at('metadata')
        .at('annotations')
        .at(MODE)
        .invalid(textOf(annotations[MODE]), `the same as of "${HINTS}"`);
}

function checkExternalName(spec: Mapping, at: Field): void {
  if (has(spec, 'clusterIP') && text(spec, 'clusterIP') !== '')
    at.alias('clusterIPs', 'clusterIP').forbidden('with type ExternalName');
  else if (list(spec, 'clusterIPs').length > 0) at.at('clusterIPs').forbidden('with type ExternalName');
  if (list(spec, 'ipFamilies').length > 0) at.at('ipFamilies').forbidden('with type ExternalName');
  forbid(spec, 'ipFamilyPolicy', 'with type ExternalName', at);
  const name = spec.externalName ?? '';
  if (typeof name !== 'string') return;
  const host = name.endsWith('.') ? name.slice(0, -1) : name;
  if (host === '') at.at('externalName').required('a DNS name');
  else if (!DNS_SUBDOMAIN.test(host)) at.at('externalName').invalid(name, DNS_SUBDOMAIN.expected);
}

function checkPorts(spec: Mapping, at: Field, type: string): void {
  const several = list(spec, 'ports').length > 1;
  const names = new Set<string>();
  const numbers = new Set<string>();
  const nodePorts = new Set<string>();
  each(spec, 'ports', at, (port, place) => {
    const name = text(port, 'name') ?? '';
    if (name === '') {
      if (several) place.at('name').required('a name, as there are several ports');
    } else {
      if (!DNS_LABEL.test(name)) place.at('name').invalid(name, DNS_LABEL.expected);
      if (names.has(name)) place.at('name').duplicate(name);
      names.add(name);
    }
    const number = integer(port, 'port') ?? (has(port, 'port') ? undefined : 0);
    if (number !== undefined && (number < 1 || number > 65535))
      place.at('port').invalid(number, '1 to 65535');
    oneOf(port, 'protocol', PROTOCOLS, place);
    // Where there is none, the server takes the port.
    if (has(port, 'targetPort') && port.targetPort !== 0 && port.targetPort !== '')
      checkPort(port, place, 'targetPort');
    writtenSyntaxOf(port, 'appProtocol', QUALIFIED_NAME, place);
    const protocol = text(port, 'protocol') || 'TCP';
    const nodePort = integer(port, 'nodePort') ?? 0;
    if (nodePort !== 0) {
      if (type === 'ClusterIP') place.at('nodePort').forbidden('with type ClusterIP');
      if (nodePorts.has(`${protocol}/${nodePort}`)) place.at('nodePort').duplicate(nodePort);
      nodePorts.add(`${protocol}/${nodePort}`);
      // The range is the cluster's own; hardly any differs from the default.
      if (type !== 'ClusterIP' && (nodePort < 30000 || nodePort > 32767))
        place
          .at('nodePort')
          .refuse(`nodePort is ${nodePort}, expected 30000 to 32767 unless the cluster has another range`, {
            severity: 'warning',
          });
    }
    if (number === undefined) return;
    if (numbers.has(`${protocol}/${number}`))
      place.refuse(
        `${place.label} has protocol ${protocol} and port ${number} again, expected each pair once`,
      );
    numbers.add(`${protocol}/${number}`);
  });
}

function checkAffinity(spec: Mapping, at: Field): void {
  oneOf(spec, 'sessionAffinity', ['ClientIP', 'None'], at);
  if (text(spec, 'sessionAffinity') !== 'ClientIP') return;
  inside(spec, 'sessionAffinityConfig', at, (config, place) =>
    inside(config, 'clientIP', place, (client, here) => {
      const seconds = integer(client, 'timeoutSeconds');
      if (seconds !== undefined && (seconds < 1 || seconds > 86400))
        here.at('timeoutSeconds').invalid(seconds, '1 to 86400');
    }),
  );
}

function checkExternalIps(spec: Mapping, at: Field): void {
  eachText(spec, 'externalIPs', at, (ip, place) => {
    const address = parseIp(ip, at.context.minor >= 36);
    if (address === undefined) place.invalid(ip, 'an IP address');
    else {
      const kind = unreachable(address);
      if (kind !== undefined) place.invalid(ip, `an address that is not ${kind}`);
    }
  });
}

function checkLoadBalancer(object: Mapping, spec: Mapping, rule: Field, type: string): void {
  const at = rule.at('spec');
  const balanced = type === 'LoadBalancer';
  const only = 'unless the type is LoadBalancer';
  const strict = at.context.minor >= 36;
  if (list(spec, 'loadBalancerSourceRanges').length > 0) {
    const ranges = at.alias('LoadBalancerSourceRanges', 'loadBalancerSourceRanges');
    if (!balanced) ranges.forbidden(only);
    eachText(spec, 'loadBalancerSourceRanges', at, (range, _, index) => {
      if (parseCidr(range.trim(), strict) === undefined) ranges.at(index).invalid(range, 'a CIDR');
    });
  } else {
    const annotations = mapping(mapping(object, 'metadata') ?? EMPTY, 'annotations');
    const ranges = annotations === undefined ? undefined : text(annotations, RANGES);
    if (ranges !== undefined) {
      const place = rule.at('metadata').at('annotations').at(RANGES);
      if (!balanced) place.forbidden(only);
      if (ranges.trim() !== '')
        for (const range of ranges.split(','))
          if (parseCidr(range.trim(), strict) === undefined) place.invalid(range, 'a CIDR');
    }
  }
  if (!balanced) {
    forbid(spec, 'allocateLoadBalancerNodePorts', only, at);
    forbid(spec, 'loadBalancerClass', only, at);
  } else writtenSyntaxOf(spec, 'loadBalancerClass', QUALIFIED_NAME, at);
}

function checkTraffic(spec: Mapping, at: Field, type: string): void {
  const accessible =
    type === 'LoadBalancer' ||
    type === 'NodePort' ||
    (type === 'ClusterIP' && list(spec, 'externalIPs').length > 0);
  const policy = text(spec, 'externalTrafficPolicy') ?? '';
  if (policy !== '') {
    if (!accessible)
      at.at('externalTrafficPolicy').invalid(policy, 'none, as nothing outside reaches the Service');
    else oneOf(spec, 'externalTrafficPolicy', POLICIES, at);
  }
  const health = integer(spec, 'healthCheckNodePort') ?? 0;
  if (health !== 0) {
    if (type !== 'LoadBalancer' || policy !== 'Local')
      at.at('healthCheckNodePort').invalid(
        health,
        'none, unless type is LoadBalancer and externalTrafficPolicy Local',
      );
    else if (health < 1 || health > 65535) at.at('healthCheckNodePort').invalid(health, '1 to 65535');
  }
  writtenOneOf(spec, 'internalTrafficPolicy', POLICIES, at);
  const distributions =
    at.context.minor >= 34 ? ['PreferClose', 'PreferSameZone', 'PreferSameNode'] : ['PreferClose'];
  writtenOneOf(spec, 'trafficDistribution', distributions, at);
}

function updateService(old: Mapping, object: Mapping, root: Field): void {
  const before = mapping(old, 'spec') ?? EMPTY;
  const spec = mapping(object, 'spec') ?? EMPTY;
  if (text(before, 'type') === 'ExternalName' || text(spec, 'type') === 'ExternalName') return;
  const at = root.under(IMMUTABLE_FIELD).at('spec');
  // An address that was left to the server stays what the server gave.
  if (has(before, 'clusterIP') && has(spec, 'clusterIP')) unchanged(before, spec, 'clusterIP', at);
  const families = list(before, 'ipFamilies');
  const own = list(spec, 'ipFamilies');
  if (families.length > 0 && own.length > 0 && families[0] !== own[0])
    at.at('ipFamilies')
      .at(0)
      .refuse('the first family changed, expected it as it was: the Service would have to be replaced');
  if (text(before, 'type') !== 'LoadBalancer' || text(spec, 'type') !== 'LoadBalancer') return;
  unchanged(before, spec, 'loadBalancerClass', at);
  const local = [before, spec].every((each) => text(each, 'externalTrafficPolicy') === 'Local');
  if (local && has(before, 'healthCheckNodePort') && has(spec, 'healthCheckNodePort'))
    unchanged(before, spec, 'healthCheckNodePort', at);
}

export const SERVICE_KINDS: readonly ServerKind[] = [
  {
    group: '',
    kind: 'Service',
    namespaced: true,
    name: serviceName,
    check: checkService,
    checkUpdate: updateService,
    rules: [REFUSED_SERVICE, IMMUTABLE_FIELD],
  },
];
