import { join } from 'node:path';
import { admissionChecker } from '../apiserver/admission.ts';
import { checkPolicies } from '../apiserver/policies.ts';
import { type Finding, findingOf } from '../core/finding.ts';
import { type Inventory, inventoryOf } from '../core/inventory.ts';
import { nearest } from '../core/nearest.ts';
import { timed } from '../core/stages.ts';
import { openSchemas } from '../schema/schemas.ts';
import { aloneChecker } from './alone.ts';
import type { ClusterView } from './cluster-view.ts';
import { withoutConsequences } from './consequences.ts';
import { declarationUnused, unusedDeclarations } from './declarations.ts';
import { type Excused, excuse } from './exceptions.ts';
import { withoutMisplaced } from './misplaced.ts';
import { excusableRules, type OpenPolicies, openPolicies } from './open-policies.ts';
import { readDocument } from './own-file.ts';
import type { FoundViolation } from './policies.ts';
import { allRules } from './rule-index.ts';
import { clusterSchemas, decodingFindings } from './schema.ts';
import { POLICY_CATEGORIES, type Selection } from './selection.ts';
import { UPDATE_RULES } from './update-rules.ts';

/** Every selected check, and what it remembers of the clusters that it has seen. */
export interface ClusterChecks {
  /** @param updates what was found by comparing with the state before */
  check(view: ClusterView, updates: readonly FoundViolation[]): CheckedCluster;
}

export interface CheckedCluster {
  readonly inventory: Inventory;
  readonly excused: Excused;
  /** Expressions of admission policies that ask for what only a server knows, one line a policy. */
  readonly notEvaluated: readonly string[];
  /** What is wrong with documents that gave no object. */
  readonly findings: readonly Finding[];
  /** What is wrong with objects by themselves, excused or not. */
  readonly alone: readonly FoundViolation[];
}

export interface ChecksOptions {
  /** Absolute path of the repository's root, for its settings and exceptions. */
  readonly root: string;
  /** Absolute path of the programs' own folder, for schemas and what is kept between runs. */
  readonly home: string;
  readonly selection: Selection;
  /** With the policies that are off by default. */
  readonly all: boolean;
  readonly extent: ClusterView['extent'];
  /** `YYYY-MM-DD`, for exceptions that end. */
  readonly today: string;
}

export function openClusterChecks(options: ChecksOptions): ClusterChecks {
  const { selection, today } = options;
  const whole = openPolicies(options);
  // What a folder that does not build would bring cannot be called absent.
  let part: OpenPolicies | undefined;
  const policiesOf = (view: ClusterView): OpenPolicies => {
    if (view.extent === options.extent) return whole;
    part ??= openPolicies({ ...options, extent: view.extent, ofCluster: view.cluster.name !== '' });
    return part;
  };
  const schemas = clusterSchemas(
    openSchemas(join(options.home, 'schemas'), join(options.home, '.cache', 'schema')),
  );
  const checkAdmission = admissionChecker();
  const checkAlone = aloneChecker(selection, schemas);
  const excusable = new Set([...excusableRules(), ...UPDATE_RULES.map(({ id }) => id)]);
  const judged = new Set(
    whole.active.filter(({ rule }) => selection.hasRule(rule)).map(({ rule }) => rule.id),
  );
  const known = new Set(allRules().map((rule) => rule.id));
  const standing = (id: string) =>
    known.has(id) ? { excusable: excusable.has(id), judged: judged.has(id) } : undefined;
  const meant = (id: string) => nearest(id, excusable);

  return {
    check(view, updates) {
      const policies = policiesOf(view);
      const inventory = inventoryOf({
        cluster: view.cluster,
        resources: view.resources,
        extent: view.extent,
        defaultNamespaceOf: (resource) => view.namespaces.get(resource),
      });
      /** What is said of objects by themselves, and what of them among the others. */
      const alone = [...view.found, ...checkAlone(view, policies.checker)];
      const found: FoundViolation[] = [...updates];
      let notEvaluated: readonly string[] = [];
      const findings = [
        ...(selection.hasCategory('schema') ? decodingFindings(view, clustersOf(view)) : []),
        ...declarationFindings(options.root, inventory),
      ];
      // A folder that holds an object twice is a collection, not a cluster: what one of its objects would admit says
      // nothing about the others.
      if (selection.hasCategory('api-server') && inventory.repeated.length === 0) {
        found.push(...checkAdmission(inventory));
        const policies = checkPolicies(inventory);
        found.push(...policies.found);
        notEvaluated = policies.notEvaluated;
      }
      if (POLICY_CATEGORIES.some(selection.hasCategory))
        found.push(...timed('policies', () => policies.checker.checkCluster(inventory)));
      const selected = withoutConsequences([...alone, ...found]).filter(({ violation }) =>
        selection.hasRule(violation.rule),
      );
      const excused = excuse(inventory, selected, { standing, meant, today, ...policies.exceptions });
      return {
        inventory,
        // Plain files seldom hold their namespace: there its absence explains nothing.
        excused: view.cluster.name === '' ? excused : { ...excused, found: withoutMisplaced(excused.found) },
        notEvaluated,
        alone,
        findings: findings.filter(({ rule, category }) => selection.hasRule({ id: rule, category })),
      };
    },
  };
}

function declarationFindings(root: string, inventory: Inventory): readonly Finding[] {
  const { cluster, extent } = inventory;
  // A folder that does not build may be what needs it.
  const violations = cluster.dir === '' || extent === 'part' ? [] : [...unusedDeclarations(inventory)];
  const file = violations.length === 0 ? undefined : readDocument(root, `${cluster.dir}/cluster.yaml`);
  if (file === undefined) return [];
  return violations.map(({ at, message }) =>
    findingOf(declarationUnused, {
      message,
      path: at,
      origin: file.originsOf(at)[0]!,
      resource: file.id,
      clusters: [cluster.name],
    }),
  );
}

function clustersOf({ cluster }: ClusterView): readonly string[] {
  return cluster.name === '' ? [] : [cluster.name];
}
