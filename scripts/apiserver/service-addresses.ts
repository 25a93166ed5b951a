import type { Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { writtenOneOf } from './fields.ts';
import { type Address, parseIp } from './ip.ts';
import { EMPTY, eachText, list, mapping, text, textOf } from './read.ts';

const FAMILIES = ['IPv4', 'IPv6'];
const FAMILY_POLICIES = ['PreferDualStack', 'RequireDualStack', 'SingleStack'];

/** Whether a cluster has it is no matter of the manifest. */
const ONLY_DUAL = 'IPv6 is asked for, expected only where the cluster is configured for it';

/** Cluster IPs, IP families and their policy: each for itself, and all together. */
export function checkClusterIps(spec: Mapping, at: Field): void {
  const families = list(spec, 'ipFamilies');
  const seen = new Set<string>();
  eachText(spec, 'ipFamilies', at, (family, place) => {
    if (!FAMILIES.includes(family)) place.unsupported(family, FAMILIES);
    else if (seen.has(family)) place.duplicate(family);
    else if (family === 'IPv6') place.refuse(ONLY_DUAL, { severity: 'warning' });
    seen.add(family);
  });
  writtenOneOf(spec, 'ipFamilyPolicy', FAMILY_POLICIES, at);
  if (text(spec, 'ipFamilyPolicy') === 'RequireDualStack')
    at.at('ipFamilyPolicy').refuse(ONLY_DUAL, { severity: 'warning' });
  const primary = text(spec, 'clusterIP') ?? '';
  const written = list(spec, 'clusterIPs').map((ip) => textOf(ip) ?? '');
  const ips = written.length === 0 && primary !== '' ? [primary] : written;
  const here = written.length === 0 ? at.alias('clusterIPs', 'clusterIP') : at.at('clusterIPs');
  // Unless written, the policy is SingleStack, and RequireDualStack of a headless Service without selector.
  const selects = Object.keys(mapping(spec, 'selector') ?? EMPTY).length > 0;
  const single =
    (text(spec, 'ipFamilyPolicy') ?? (primary === 'None' && !selects ? '' : 'SingleStack')) === 'SingleStack';
  if (single && (families.length > 1 || ips.length > 1))
    at.at('ipFamilyPolicy').refuse(
      'ipFamilyPolicy is SingleStack, written or not, expected PreferDualStack or RequireDualStack for several families or addresses',
    );
  if (ips.length === 0) return;
  if (primary === '') here.refuse('clusterIPs are set and clusterIP is not, expected both or none');
  else if (ips[0] !== primary)
    here.refuse(`the first is "${ips[0] ?? ''}", expected clusterIP, "${primary}"`);
  checkEach(ips, here, written.length === 0, at.context.minor >= 36, families.map(textOf));
}

function checkEach(
  ips: readonly string[],
  at: Field,
  fromPrimary: boolean,
  strict: boolean,
  families: readonly (string | undefined)[],
): void {
  const placeOf = (index: number): Field => (fromPrimary ? at.alias(index, undefined) : at.at(index));
  if (ips.length > 2) at.refuse(`there are ${ips.length} addresses, expected at most 2`);
  const addresses: (Address | undefined)[] = [];
  for (let i = 0; i < ips.length; i++) {
    const ip = ips[i]!;
    if (ip === 'None' && i === 0) {
      if (ips.length > 1) at.refuse('there are addresses beside None, expected it alone');
      return;
    }
    const address = parseIp(ip, strict);
    addresses.push(address);
    if (address === undefined) placeOf(i).invalid(ip, 'an IP address');
    else if (families[i] !== undefined && familyOf(address) !== families[i])
      placeOf(i).invalid(ip, `an address of ${families[i] ?? ''}, as ipFamilies say`);
    else if (address.length === 16) placeOf(i).refuse(ONLY_DUAL, { severity: 'warning' });
  }
  const [first, second] = addresses;
  if (first !== undefined && second !== undefined && first.length === second.length)
    at.refuse('both addresses are of the same family, expected one of each');
}

function familyOf(address: Address): string {
  return address.length === 4 ? 'IPv4' : 'IPv6';
}
