import type { Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { parseIp } from './ip.ts';
import { each, eachText, flag, has, list, mapping, text, textOf } from './read.ts';
import { DNS_SUBDOMAIN, DNS_SUBDOMAIN_UNDERSCORE } from './syntax.ts';

/** `dnsConfig`, and what `dnsPolicy: None` asks of it. */
export function checkDns(spec: Mapping, at: Field): void {
  const config = mapping(spec, 'dnsConfig');
  if (text(spec, 'dnsPolicy') === 'None') {
    if (!has(spec, 'dnsConfig')) at.at('dnsConfig').required('nameservers, as dnsPolicy is None');
    else if (config !== undefined && list(config, 'nameservers').length === 0)
      at.at('dnsConfig').at('nameservers').required('at least one, as dnsPolicy is None');
  }
  if (config === undefined) return;
  const place = at.at('dnsConfig');
  const servers = list(config, 'nameservers');
  if (servers.length > 3)
    place.at('nameservers').refuse(`there are ${servers.length} nameservers, expected at most 3`);
  eachText(config, 'nameservers', place, (server, here) => {
    if (parseIp(server, at.context.minor >= 36) === undefined) here.invalid(server, 'an IP address');
  });
  const searches = list(config, 'searches');
  if (searches.length > 32)
    place.at('searches').refuse(`there are ${searches.length} searches, expected at most 32`);
  if (searches.length > 0 && searches.map((search) => textOf(search) ?? '').join(' ').length > 2048)
    place.at('searches').refuse('the searches are too long, expected at most 2048 characters together');
  eachText(config, 'searches', place, (search, here) => {
    if (search === '.') return;
    const name = search.endsWith('.') ? search.slice(0, -1) : search;
    if (!DNS_SUBDOMAIN_UNDERSCORE.test(name)) here.invalid(search, DNS_SUBDOMAIN_UNDERSCORE.expected);
  });
  each(config, 'options', place, (option, here) => {
    if ((text(option, 'name') ?? '') === '') here.required('the name of the option');
  });
}

/** Lines for the hosts file of the pod. */
export function checkHostAliases(spec: Mapping, at: Field): void {
  each(spec, 'hostAliases', at, (alias, place) => {
    const ip = alias.ip ?? '';
    if (typeof ip === 'string' && parseIp(ip, at.context.minor >= 36) === undefined)
      place.at('ip').invalid(ip, 'an IP address');
    eachText(alias, 'hostnames', place, (name, here) => {
      if (!DNS_SUBDOMAIN.test(name)) here.invalid(name, DNS_SUBDOMAIN.expected);
    });
  });
}

/** Since 1.35 (HostnameOverride). */
export function checkHostnameOverride(spec: Mapping, at: Field, hostNetwork: boolean): void {
  const name = text(spec, 'hostnameOverride');
  if (name === undefined || at.context.minor < 35) return;
  if (flag(spec, 'setHostnameAsFQDN') === true) at.at('hostnameOverride').forbidden('with setHostnameAsFQDN');
  if (hostNetwork) at.at('hostnameOverride').forbidden('with hostNetwork');
  if (name.length > 64) at.at('hostnameOverride').tooLong(name.length, 64, 'characters');
  if (!DNS_SUBDOMAIN.test(name)) at.at('hostnameOverride').invalid(name, DNS_SUBDOMAIN.expected);
}
