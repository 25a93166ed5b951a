import type { RuleViolation } from '../core/finding.ts';
import type { Mapping } from '../core/value.ts';
import { checkAffinity, checkTopologySpread } from './affinity.ts';
import { checkContainers } from './container.ts';
import type { ServerContext } from './context.ts';
import { Field } from './field.ts';
import { needSyntax, needText, oneOf, syntaxOf, within, writtenOneOf, writtenSyntaxOf } from './fields.ts';
import { parseIp } from './ip.ts';
import { checkLabels } from './labels.ts';
import { checkPodResources } from './pod-resources.ts';
import { each, eachText, flag, has, inside, integer, list, mapping, text, textOf } from './read.ts';
import { checkLimits } from './resources.ts';
import { serverRule } from './rule.ts';
import { checkHostProcess, checkOs, checkPodSecurity } from './security.ts';
import { DNS_LABEL, DNS_SUBDOMAIN, DNS_SUBDOMAIN_UNDERSCORE, QUALIFIED_NAME } from './syntax.ts';
import { checkTolerations } from './toleration.ts';
import { checkVolumes } from './volumes.ts';

export const REFUSED_POD = serverRule({
  id: 'refused-pod',
  title: 'Pod or pod template that the API server refuses',
  why: 'A pod that contradicts itself, or names what cannot be a name, could not run on any node.',
  fix: 'Correct the field to what is expected.',
  covers: [
    'restart, DNS and preemption policies; deadlines',
    'names of host, subdomain, node, ServiceAccount, PriorityClass and RuntimeClass',
    'DNS configuration, host aliases, readiness and scheduling gates, resource claims, overhead, operating system',
    'no ephemeral containers, in a pod that is created and in a template',
  ],
});

/** What is known beside the specification itself. */
export interface PodOptions {
  /** A pod rather than a template; with the pod's metadata. */
  readonly pod?: Mapping | undefined;
  /** Volumes from elsewhere: a StatefulSet's claim templates. */
  readonly volumes?: ReadonlyMap<string, Mapping> | undefined;
  readonly stateful?: boolean;
}

const NO_OPTIONS: PodOptions = {};
type Memo = WeakMap<Mapping, readonly RuleViolation[]>;
const memos = new WeakMap<ServerContext, Memo>();

/** A template's pod: hundreds of overlays share it, so what is found is kept with the object itself. */
export function checkTemplateSpec(spec: Mapping, at: Field): void {
  let memo = memos.get(at.context);
  if (memo === undefined) {
    memo = new WeakMap();
    memos.set(at.context, memo);
  }
  let found = memo.get(spec);
  if (found === undefined) {
    const own: RuleViolation[] = [];
    checkPodSpec(spec, Field.root(at.context, REFUSED_POD, own), NO_OPTIONS);
    found = own;
    memo.set(spec, found);
  }
  if (found.length > 0) at.adopt(found);
}

export function checkPodSpec(spec: Mapping, parent: Field, options: PodOptions): void {
  const at = parent.under(REFUSED_POD);
  const bare = options.pod !== undefined;
  const podName = bare ? text(options.pod!, 'name') || undefined : undefined;
  const hostNetwork = flag(spec, 'hostNetwork') === true;
  const hostUsers = flag(spec, 'hostUsers') !== false;
  const restartPolicy = text(spec, 'restartPolicy') || 'Always';
  const volumes = checkVolumes(spec, at, podName, options.volumes);
  checkContainers(spec, at, {
    volumes,
    claims: checkResourceClaims(spec, at),
    hostUsers,
    hostNetwork,
    gracePeriod: gracePeriodOf(spec),
    restartPolicy,
    bare,
  });
  if (list(spec, 'ephemeralContainers').length > 0)
    at.at('ephemeralContainers').forbidden(bare ? 'when a pod is created' : 'in a template');
  checkPodResources(spec, at);
  oneOf(spec, 'restartPolicy', ['Always', 'OnFailure', 'Never'], at);
  oneOf(spec, 'dnsPolicy', ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'], at);
  writtenOneOf(spec, 'preemptionPolicy', ['PreemptLowerPriority', 'Never'], at);
  within(spec, 'activeDeadlineSeconds', 1, 2147483647, at);
  checkLabels(spec, 'nodeSelector', at);
  // A StatefulSet sets both itself.
  if (options.stateful !== true)
    for (const key of ['hostname', 'subdomain']) syntaxOf(spec, key, DNS_LABEL, at);
  for (const key of ['nodeName', 'priorityClassName']) syntaxOf(spec, key, DNS_SUBDOMAIN, at);
  checkServiceAccount(spec, at);
  writtenSyntaxOf(spec, 'runtimeClassName', DNS_SUBDOMAIN, at);
  checkPodSecurity(spec, at);
  checkHostProcess(spec, at);
  checkAffinity(spec, at, bare ? mapping(options.pod!, 'labels') : undefined);
  checkTopologySpread(spec, at);
  checkTolerations(spec, at);
  checkDns(spec, at);
  checkHostAliases(spec, at);
  checkGates(spec, at, bare);
  checkHostnameOverride(spec, at, hostNetwork);
  inside(spec, 'overhead', at, (overhead, place) => {
    checkLimits(overhead, place);
    if (bare && Object.keys(overhead).length > 0 && !has(spec, 'runtimeClassName'))
      place.forbidden('without the RuntimeClass that it comes from');
  });
  inside(spec, 'os', at, (os, place) => {
    if (!needText(os, 'name', 'linux or windows', place)) return;
    const name = text(os, 'name') ?? '';
    if (name !== 'linux' && name !== 'windows') place.within('name').unsupported(name, ['linux', 'windows']);
    else checkOs(spec, at, name);
  });
}

/** 30 unless written; a negative one becomes 1. */
function gracePeriodOf(spec: Mapping): number {
  const written = integer(spec, 'terminationGracePeriodSeconds') ?? 30;
  return written < 0 ? 1 : written;
}

function checkServiceAccount(spec: Mapping, at: Field): void {
  const key = (text(spec, 'serviceAccountName') ?? '') === '' ? 'serviceAccount' : 'serviceAccountName';
  const name = text(spec, key) ?? '';
  if (name !== '' && !DNS_SUBDOMAIN.test(name))
    at.alias('serviceAccountName', key).invalid(name, DNS_SUBDOMAIN.expected);
}

function checkResourceClaims(spec: Mapping, at: Field): ReadonlySet<string> {
  const names = new Set<string>();
  each(spec, 'resourceClaims', at, (claim, place) => {
    const name = text(claim, 'name') ?? '';
    if (names.has(name)) place.at('name').duplicate(name);
    else if (needSyntax(claim, 'name', DNS_LABEL, place) || name !== '') names.add(name);
    const count = Number(has(claim, 'resourceClaimName')) + Number(has(claim, 'resourceClaimTemplateName'));
    if (count !== 1)
      place.refuse(
        `the claim has ${count === 0 ? 'no source' : 'two sources'}, expected one of resourceClaimName, resourceClaimTemplateName`,
      );
    writtenSyntaxOf(claim, 'resourceClaimName', DNS_SUBDOMAIN, place);
    writtenSyntaxOf(claim, 'resourceClaimTemplateName', DNS_SUBDOMAIN, place);
  });
  return names;
}

function checkDns(spec: Mapping, at: Field): void {
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

function checkHostAliases(spec: Mapping, at: Field): void {
  each(spec, 'hostAliases', at, (alias, place) => {
    const ip = alias.ip ?? '';
    if (typeof ip === 'string' && parseIp(ip, at.context.minor >= 36) === undefined)
      place.at('ip').invalid(ip, 'an IP address');
    eachText(alias, 'hostnames', place, (name, here) => {
      if (!DNS_SUBDOMAIN.test(name)) here.invalid(name, DNS_SUBDOMAIN.expected);
    });
  });
}

function checkGates(spec: Mapping, at: Field, bare: boolean): void {
  each(spec, 'readinessGates', at, (gate, place) => {
    const type = gate.conditionType ?? '';
    if (typeof type === 'string' && !QUALIFIED_NAME.test(type))
      place.at('conditionType').invalid(type, QUALIFIED_NAME.expected);
  });
  const seen = new Set<string>();
  each(spec, 'schedulingGates', at, (gate, place) => {
    const name = gate.name ?? '';
    if (typeof name !== 'string') return;
    // The server names the item, not its name.
    if (!QUALIFIED_NAME.test(name)) place.within('name').invalid(name, QUALIFIED_NAME.expected);
    if (seen.has(name)) place.within('name').duplicate(name);
    seen.add(name);
  });
  if (bare && seen.size > 0 && (text(spec, 'nodeName') ?? '') !== '')
    at.at('nodeName').forbidden('with schedulingGates');
}

/** Since 1.35 (HostnameOverride). */
function checkHostnameOverride(spec: Mapping, at: Field, hostNetwork: boolean): void {
  const name = text(spec, 'hostnameOverride');
  if (name === undefined || at.context.minor < 35) return;
  if (flag(spec, 'setHostnameAsFQDN') === true) at.at('hostnameOverride').forbidden('with setHostnameAsFQDN');
  if (hostNetwork) at.at('hostnameOverride').forbidden('with hostNetwork');
  if (name.length > 64) at.at('hostnameOverride').tooLong(name.length, 64, 'characters');
  if (!DNS_SUBDOMAIN.test(name)) at.at('hostnameOverride').invalid(name, DNS_SUBDOMAIN.expected);
}
