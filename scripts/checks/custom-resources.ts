import { serverOf } from '../apiserver/context.ts';
import { CustomRules } from '../apiserver/custom-rules.ts';
import type { ClusterSchemas } from '../schema/cluster-schemas.ts';
import type { Shape } from '../schema/shape.ts';
import type { ClusterView } from './cluster-view.ts';
import type { FoundViolation } from './policies.ts';

/** Holds custom resources to the rules of their definitions, once their schema accepts them. */
export function customResourceChecker(
  open: (view: ClusterView) => ClusterSchemas,
): (view: ClusterView) => Iterable<FoundViolation> {
  const known = new Map<number, WeakMap<Shape, CustomRules>>();
  return function* check(view) {
    const schemas = open(view);
    const { minor } = serverOf(view.cluster.kubernetesVersion);
    const ofVersion = known.get(minor) ?? new WeakMap<Shape, CustomRules>();
    known.set(minor, ofVersion);
    for (const resource of view.resources) {
      if (view.judged.has(resource)) continue;
      const { apiVersion, kind } = resource.id;
      const ruled = schemas.ruled(apiVersion, kind);
      if (ruled === undefined) continue;
      // Rules read fields by their types, so the server looks at them last.
      if (schemas.check(resource).some(({ rule, severity }) => (severity ?? rule.severity) === 'error'))
        continue;
      let rules = ofVersion.get(ruled.shape);
      if (rules === undefined) {
        rules = new CustomRules(ruled.shape, ruled.resolve, minor);
        ofVersion.set(ruled.shape, rules);
      }
      for (const violation of rules.check(resource.manifest)) yield { resource, violation };
    }
  };
}
