import { entryOf, newMap } from '../core/entry.ts';
import type { RuleViolation } from '../core/finding.ts';
import type { Inventory, Workload } from '../core/inventory.ts';
import type { Resource } from '../core/resource.ts';
import { Twins } from '../core/twins.ts';
import type { Mapping } from '../core/value.ts';
import { type Pod, podOf } from '../core/workload.ts';
import { type ServerContext, serverOf } from './context.ts';
import { Field } from './field.ts';
import { checkClaimLimits, checkPodLimits } from './limit-range-admission.ts';
import { type NamespaceFacts, namespaceFacts } from './namespace-facts.ts';
import { checkLevel, type Level } from './pod-security-standards.ts';
import { checkQuotaNeeds, checkQuotaSums, hardOf, isScoped } from './quota-admission.ts';
import { EMPTY, mapping, textOf } from './read.ts';
import { serverRule } from './rule.ts';

export const REFUSED_BY_POD_SECURITY = serverRule({
  id: 'refused-by-pod-security',
  title: 'Pod that the Pod Security level of its namespace refuses',
  why: 'The namespace enforces a level of the Pod Security Standards. A pod beyond it is refused; a workload is accepted, and then none of its pods is ever created.',
  fix: 'Set what the level asks for in `securityContext`, or move what needs more to a namespace of its own with another level.',
  covers: [
    'levels baseline and restricted of `pod-security.kubernetes.io/enforce`, in the edition of `enforce-version`, for pods and all templates that make them',
  ],
});

export const REFUSED_BY_LIMIT_RANGE = serverRule({
  id: 'refused-by-limit-range',
  title: 'Pod or claim outside the LimitRange of its namespace',
  why: 'A LimitRange bounds what each container, pod or claim may ask for; one beyond is refused, and a workload then has no pods.',
  fix: 'Ask for an amount within the bounds, or change the LimitRange.',
  covers: [
    '`min`, `max` and `maxLimitRequestRatio` of containers, pods and claims, after the defaults of the LimitRange',
  ],
});

export const REFUSED_BY_QUOTA = serverRule({
  id: 'refused-by-quota',
  title: 'More than the ResourceQuota of the namespace allows',
  why: 'A quota is spent by what runs; once it is used up nothing more is created, and where it counts cpu or memory every container must say how much it asks for.',
  fix: 'Raise the quota, lower what is declared, or give the container the requests and limits that the quota counts.',
  covers: [
    'where a quota counts compute, each container has a value, its own or the default of a LimitRange',
    'the sum of what is declared (autoscaled workloads at their least) fits into the quota',
  ],
});

/** A violation with the object that it is about. */
export interface AdmissionViolation {
  readonly resource: Resource;
  readonly violation: RuleViolation;
}

type Found = readonly RuleViolation[];
const NONE: Found = Object.freeze([]);

/** What the admission of a cluster would refuse, by what is declared of its namespaces; clusters share what is known of pods. */
export function admissionChecker(): (inventory: Inventory) => Iterable<AdmissionViolation> {
  const levels = new Map<string, Twins>();
  return (inventory) => {
    const context = serverOf(inventory.cluster.kubernetesVersion);
    // Plain files share no parts, so that they would have to be compared from end to end.
    if (inventory.cluster.name === '') return checkAdmission(inventory, context, () => false);
    return checkAdmission(inventory, context, (resource, level, edition) => {
      const key = `${context.kubernetesVersion} ${level} ${edition}`;
      const twins = entryOf(levels, key, () => {
        const isClean = (each: Resource) => {
          const pod = podOf(each);
          return pod === undefined || levelFindings(pod, level, edition, context).length === 0;
        };
        return new Twins([{ isClean }]);
      });
      return twins.cleanOf(resource) !== 0;
    });
  };
}

/** Whether the pod of an object is known to keep a level. */
type IsKnown = (resource: Resource, level: Level, edition: number) => boolean;

function* checkAdmission(
  inventory: Inventory,
  context: ServerContext,
  isKnown: IsKnown,
): Iterable<AdmissionViolation> {
  const namespaces = namespaceFacts(inventory);
  const quotas = inventory.ofKind('', 'ResourceQuota').filter(({ manifest }) => !isScoped(manifest));
  if (namespaces.size === 0 && quotas.length === 0) return;
  const hard = new Map<string, Mapping[]>();
  for (const quota of quotas) {
    const namespace = inventory.namespaceOf(quota);
    hard.set(namespace, [...(hard.get(namespace) ?? []), hardOf(quota.manifest)]);
  }
  for (const workload of inventory.workloads) {
    const { resource, namespace } = workload;
    for (const violation of checkWorkload(
      workload,
      namespaces.get(namespace),
      hard.get(namespace) ?? [],
      context,
      isKnown,
    ))
      yield { resource, violation };
  }
  yield* checkClaims(inventory, namespaces, context);
  for (const quota of quotas) {
    const found: RuleViolation[] = [];
    const limits = namespaces.get(inventory.namespaceOf(quota))?.limits ?? [];
    checkQuotaSums(quota, inventory, limits, Field.root(context, REFUSED_BY_QUOTA, found));
    for (const violation of found) yield { resource: quota, violation };
  }
}

function* checkClaims(
  inventory: Inventory,
  namespaces: ReadonlyMap<string, NamespaceFacts>,
  context: ServerContext,
): Iterable<AdmissionViolation> {
  for (const claim of inventory.ofKind('', 'PersistentVolumeClaim')) {
    const limits = namespaces.get(inventory.namespaceOf(claim))?.limits ?? [];
    if (limits.length === 0) continue;
    const found: RuleViolation[] = [];
    const at = Field.root(context, REFUSED_BY_LIMIT_RANGE, found).at('spec');
    checkClaimLimits(mapping(claim.manifest, 'spec') ?? EMPTY, limits, at);
    for (const violation of found) yield { resource: claim, violation };
  }
}

function checkWorkload(
  { pod, resource }: Workload,
  facts: NamespaceFacts | undefined,
  quotas: readonly Mapping[],
  context: ServerContext,
  isKnown: IsKnown,
): Found {
  if (resource.id.kind === 'PodTemplate' || (facts === undefined && quotas.length === 0)) return NONE;
  const found: RuleViolation[] = [];
  let at = Field.root(context, REFUSED_BY_POD_SECURITY, found);
  for (const step of pod.path) at = at.at(step);
  if (facts !== undefined) {
    const edition = Math.min(facts.edition ?? context.minor, context.minor);
    if (!isKnown(resource, facts.level, edition)) at.adopt(levelFindings(pod, facts.level, edition, context));
    checkPodLimits(pod.spec, facts.limits, at.under(REFUSED_BY_LIMIT_RANGE));
  }
  for (const hard of quotas) checkQuotaNeeds(pod.spec, hard, facts?.limits ?? [], at.under(REFUSED_BY_QUOTA));
  return found;
}

const memos = new WeakMap<Mapping, Map<string, Found>>();

/** Kept with the pod, which many overlays and clusters share. */
function levelFindings(
  { spec, annotations }: Pod,
  level: Level,
  edition: number,
  context: ServerContext,
): Found {
  if (level === 'privileged') return NONE;
  const profiles = Object.keys(annotations).filter((name) => name.includes('apparmor'));
  const key = JSON.stringify([
    level,
    edition,
    ...profiles.map((name) => [name, textOf(annotations[name]) ?? '']),
  ]);
  return entryOf(entryOf(memos, spec, newMap), key, () => {
    const own: RuleViolation[] = [];
    checkLevel(spec, annotations, level, edition, Field.root(context, REFUSED_BY_POD_SECURITY, own));
    return own.map((one) => ({ ...one, message: `${one.message}: the namespace enforces "${level}"` }));
  });
}
