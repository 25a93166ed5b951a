import type { Finding, Rule, RuleViolation, Violation } from '../core/finding.ts';
import type { Inventory } from '../core/inventory.ts';
import { memoised } from '../core/memoised.ts';
import type { Path } from '../core/path.ts';
import type {
  ClusterPolicy,
  ContainerPolicy,
  Parameters,
  PodPolicy,
  Policy,
  ResourcePolicy,
} from '../core/policy.ts';
import type { Resource } from '../core/resource.ts';
import type { Mapping } from '../core/value.ts';
import { work } from '../core/work.ts';
import { type Container, containersOf, podOf } from '../core/workload.ts';

/** A policy that is on, with the severity and parameters that hold here. */
export interface ActivePolicy<P extends Policy = Policy> {
  readonly policy: P;
  readonly rule: Rule;
  readonly parameters: Parameters;
}

export interface FoundViolation {
  readonly resource: Resource;
  readonly violation: RuleViolation;
  /** Where it stands, if that is known from a run before. */
  readonly placed?: Pick<Finding, 'origin' | 'exact' | 'edit'>;
}

export interface PolicyChecker {
  /** The policies that see one object alone; what was checked before is not checked again. */
  checkResource(resource: Resource): readonly FoundViolation[];
  /** The policies that see a whole cluster. */
  checkCluster(inventory: Inventory): readonly FoundViolation[];
}

const NOTHING: readonly RuleViolation[] = [];

/** @param memoise off for measurements only */
export function policyChecker(active: readonly ActivePolicy[], memoise = true): PolicyChecker {
  const ofContainer = active.filter(isOf<ContainerPolicy<Parameters>>('container'));
  const ofPod = active.filter(isOf<PodPolicy<Parameters>>('pod'));
  const ofCluster = active.filter(isOf<ClusterPolicy<Parameters>>('cluster'));
  const ofKind = byKind(active.filter(isOf<ResourcePolicy<Parameters>>('resource')));

  const memo = memoise ? memoised : <K, V>(find: (key: K) => V) => find;
  const checkContainer = (container: Container): readonly RuleViolation[] => {
    const found: RuleViolation[] = [];
    for (const { policy, rule, parameters } of ofContainer) {
      collect(found, rule, container.at, policy.check(container, parameters));
    }
    return found.length === 0 ? NOTHING : found;
  };
  const checkSpec = memo((spec: Mapping): readonly RuleViolation[] => {
    work.podsJudged++;
    work.podsKnown--;
    const found: RuleViolation[] = [];
    for (const { policy, rule, parameters } of ofPod)
      collect(found, rule, [], policy.check(spec, parameters));
    for (const container of containersOf(spec)) found.push(...checkContainer(container));
    return found.length === 0 ? NOTHING : found;
  });
  const checkResource = memo((resource: Resource): readonly FoundViolation[] => {
    work.objectsJudged++;
    const found: RuleViolation[] = [];
    for (const { policy, rule, parameters } of ofKind(resource.id.kind)) {
      collect(found, rule, [], policy.check(resource, parameters));
    }
    const pod = podOf(resource);
    if (pod !== undefined) {
      work.podsKnown++;
      for (const violation of checkSpec(pod.spec)) {
        found.push({ ...violation, at: [...pod.path, ...violation.at] });
      }
    }
    return found.map((violation) => ({ resource, violation }));
  });

  return {
    checkResource,
    checkCluster(inventory) {
      const found: FoundViolation[] = [];
      for (const { policy, rule, parameters } of ofCluster) {
        for (const { resource, at, message } of policy.check(inventory, parameters)) {
          found.push({ resource, violation: { rule, at, message } });
        }
      }
      return found;
    },
  };
}

function isOf<P extends Policy>(subject: P['of']) {
  return (active: ActivePolicy): active is ActivePolicy<P> => active.policy.of === subject;
}

function collect(found: RuleViolation[], rule: Rule, prefix: Path, violations: Iterable<Violation>): void {
  for (const violation of violations) {
    found.push({ ...violation, rule, at: prefix.length === 0 ? violation.at : [...prefix, ...violation.at] });
  }
}

/** The policies that look at a kind, found once a kind. */
function byKind(
  active: readonly ActivePolicy<ResourcePolicy<Parameters>>[],
): (kind: string) => readonly ActivePolicy<ResourcePolicy<Parameters>>[] {
  const lists = new Map<string, readonly ActivePolicy<ResourcePolicy<Parameters>>[]>();
  return (kind) => {
    let list = lists.get(kind);
    if (list === undefined) {
      list = active.filter(({ policy }) => policy.kinds === undefined || policy.kinds.includes(kind));
      lists.set(kind, list);
    }
    return list;
  };
}
