import type { Mapping } from '../core/value.ts';
import type { ServerContext } from './context.ts';
import type { Field } from './field.ts';
import { forbid, oneOf } from './fields.ts';
import { IMMUTABLE_FIELD, unchanged } from './immutable.ts';
import { parseIp, unreachable } from './ip.ts';
import type { ServerKind } from './kind.ts';
import { checkLabels } from './labels.ts';
import { EMPTY, eachText, has, inside, integer, list, mapping, text, textOf } from './read.ts';
import { checkClusterIps } from './service-addresses.ts';
import { checkServicePorts } from './service-ports.ts';
import { REFUSED_SERVICE } from './service-rule.ts';
import { checkLoadBalancer, checkTraffic } from './service-traffic.ts';
import { DNS_1035_LABEL, DNS_LABEL, DNS_SUBDOMAIN, type Syntax } from './syntax.ts';

/** Since 1.36 a Service's name may begin with a digit (RelaxedServiceNameValidation). */
export function serviceName(context: ServerContext): Syntax {
  return context.minor >= 36 ? DNS_LABEL : DNS_1035_LABEL;
}

const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
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
  checkServicePorts(spec, at, type);
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
