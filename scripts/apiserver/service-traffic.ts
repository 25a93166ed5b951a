import type { Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { forbid, oneOf, writtenOneOf, writtenSyntaxOf } from './fields.ts';
import { parseCidr } from './ip.ts';
import { EMPTY, eachText, integer, list, mapping, text } from './read.ts';
import { QUALIFIED_NAME } from './syntax.ts';

const POLICIES = ['Cluster', 'Local'];
const RANGES = 'service.beta.kubernetes.io/load-balancer-source-ranges';

/** What only a Service of type LoadBalancer has. */
export function checkLoadBalancer(object: Mapping, spec: Mapping, rule: Field, type: string): void {
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

/** Where traffic from outside and inside goes. */
export function checkTraffic(spec: Mapping, at: Field, type: string): void {
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
