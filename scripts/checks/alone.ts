import { checkObject } from '../apiserver/check.ts';
import { type ServerContext, serverOf } from '../apiserver/context.ts';
import type { Resource } from '../core/resource.ts';
import { timed } from '../core/stages.ts';
import { type SingleCheck, Twins } from '../core/twins.ts';
import type { ClusterSchemas } from '../schema/cluster-schemas.ts';
import type { ClusterView } from './cluster-view.ts';
import { customResourceChecker } from './custom-resources.ts';
import type { FoundViolation, PolicyChecker } from './policies.ts';
import { schemaViolations } from './schema.ts';
import { POLICY_CATEGORIES, type Selection } from './selection.ts';

/** What objects are held to by themselves: the same for clusters that have the same of each. */
interface Judges {
  readonly schemas: ClusterSchemas;
  readonly server: ServerContext;
  readonly policies: PolicyChecker;
}

interface Stage extends SingleCheck {
  readonly name: string;
  violations(view: ClusterView, resources: readonly Resource[]): Iterable<FoundViolation>;
}

/** Says all that is wrong with a cluster's objects by themselves, but for those that were judged in a run before. */
export function aloneChecker(
  selection: Selection,
  schemasOf: (view: ClusterView) => ClusterSchemas,
): (view: ClusterView, policies: PolicyChecker) => readonly FoundViolation[] {
  const checkCustom = customResourceChecker(schemasOf);
  const stagesOf = ({ schemas, server, policies }: Judges): readonly Stage[] => {
    const schema: Stage = {
      name: 'schema',
      isClean: ({ manifest }) => schemas.checkManifest(manifest).length === 0,
      testAt: (manifest, path) => schemas.testAt(manifest, path),
      violations: (view, resources) => schemaViolations(view, resources, schemas),
    };
    const apiServer: Stage = {
      name: 'api-server',
      isClean: ({ manifest }) => checkObject(manifest, server).length === 0,
      violations: (view, resources) => [...serverViolations(resources, server), ...checkCustom(view)],
    };
    const policy: Stage = {
      name: 'policies',
      isClean: (resource) => policies.checkResource(resource).length === 0,
      violations: (_, resources) => resources.flatMap(policies.checkResource),
    };
    return [
      ...(selection.hasCategory('schema') ? [schema] : []),
      ...(selection.hasCategory('api-server') ? [apiServer] : []),
      ...(POLICY_CATEGORIES.some(selection.hasCategory) ? [policy] : []),
    ];
  };
  const known: { readonly judges: Judges; readonly stages: readonly Stage[]; readonly twins: Twins }[] = [];

  return (view, policies) => {
    const judges = { schemas: schemasOf(view), server: serverOf(view.cluster.kubernetesVersion), policies };
    let same = known.find((each) => areSame(each.judges, judges));
    if (same === undefined) {
      const stages = stagesOf(judges);
      same = { judges, stages, twins: new Twins(stages) };
      known.push(same);
    }
    const { stages, twins } = same;
    const anew = view.resources.filter((resource) => !view.judged.has(resource));
    // Plain files share no parts, so that they would have to be compared from end to end.
    const unknown = view.cluster.name === '' ? stages.map(() => anew) : twins.unknown(anew);
    return stages.flatMap(({ name, violations }, index) =>
      timed(name, () => [...violations(view, unknown[index]!)]),
    );
  };
}

function areSame(one: Judges, other: Judges): boolean {
  return one.schemas === other.schemas && one.server === other.server && one.policies === other.policies;
}

function* serverViolations(resources: readonly Resource[], server: ServerContext): Iterable<FoundViolation> {
  for (const resource of resources) {
    // Without a kind it is no object, which the schema says.
    if (resource.id.kind === '') continue;
    for (const violation of checkObject(resource.manifest, server)) yield { resource, violation };
  }
}
