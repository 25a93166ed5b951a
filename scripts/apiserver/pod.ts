import { entryOf, newWeakMap } from '../core/entry.ts';
import type { RuleViolation } from '../core/finding.ts';
import type { Mapping } from '../core/value.ts';
import { checkAffinity, checkTopologySpread } from './affinity.ts';
import { checkContainers } from './container.ts';
import type { ServerContext } from './context.ts';
import { Field } from './field.ts';
import { needSyntax, needText, oneOf, syntaxOf, within, writtenOneOf, writtenSyntaxOf } from './fields.ts';
import { checkLabels } from './labels.ts';
import { checkDns, checkHostAliases, checkHostnameOverride } from './pod-hosts.ts';
import { checkPodResources } from './pod-resources.ts';
import { each, flag, has, inside, integer, list, mapping, text } from './read.ts';
import { checkLimits } from './resources.ts';
import { serverRule } from './rule.ts';
import { checkPodSecurity } from './security.ts';
import { DNS_LABEL, DNS_SUBDOMAIN, QUALIFIED_NAME } from './syntax.ts';
import { checkTolerations } from './toleration.ts';
import { checkVolumes } from './volumes.ts';
import { checkHostProcess, checkOs } from './windows.ts';

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
  const found = entryOf(entryOf(memos, at.context, newWeakMap), spec, () => {
    const own: RuleViolation[] = [];
    checkPodSpec(spec, Field.root(at.context, REFUSED_POD, own), NO_OPTIONS);
    return own;
  });
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
