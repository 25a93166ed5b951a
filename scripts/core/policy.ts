import type { Severity, Violation } from './finding.ts';
import type { Inventory } from './inventory.ts';
import type { Resource } from './resource.ts';
import type { Mapping } from './value.ts';
import type { Container } from './workload.ts';

/** What package.json may set for a policy, with the values that hold unless it does. */
export interface Parameters {
  readonly [name: string]: string | number | boolean | readonly string[];
}
export type NoParameters = Readonly<Record<never, never>>;

/** A check of another tool that a rule stands for: `kube-linter/latest-tag`. */
export type PeerCheck = `${'kube-linter' | 'kube-score' | 'polaris'}/${string}`;

interface Description<P extends Parameters> {
  /** Names the problem, equals the folder, never changes, and reads well after "allow". */
  readonly id: string;
  /** `reference` where one object names another, `release` where it guards the release; `policy` unless said. */
  readonly category?: 'reference' | 'release';
  readonly severity: Severity;
  /**
   * `in-clusters` where it holds for what this repository runs, and not for plain files that come from elsewhere or
   * are only a part; `off` for a matter of taste. `--all` turns on both.
   */
  readonly default: 'on' | 'in-clusters' | 'off';
  readonly title: string;
  /** Sentences. */
  readonly why: string;
  readonly fix: string;
  readonly peers?: readonly PeerCheck[];
  /** `forbidden` where no annotation may excuse it. */
  readonly exceptions?: 'forbidden';
  readonly parameters?: P;
}

/** Sees one object alone. */
export interface ResourcePolicy<P extends Parameters = NoParameters> extends Description<P> {
  readonly of: 'resource';
  /** The kinds that it looks at; all of them unless given. */
  readonly kinds?: readonly string[];
  check(resource: Resource, parameters: P): Iterable<Violation>;
}

/**
 * Sees the spec of a pod and nothing around it, so that it runs once for the hundreds of objects which share one.
 * `at` counts from that spec.
 */
export interface PodPolicy<P extends Parameters = NoParameters> extends Description<P> {
  readonly of: 'pod';
  check(spec: Mapping, parameters: P): Iterable<Violation>;
}

/** Sees one container of a pod and nothing around it; `at` counts from that container. */
export interface ContainerPolicy<P extends Parameters = NoParameters> extends Description<P> {
  readonly of: 'container';
  check(container: Container, parameters: P): Iterable<Violation>;
}

/** A violation of a rule that sees many objects. */
export interface PlacedViolation extends Violation {
  readonly resource: Resource;
}

/** Sees everything in one cluster. */
export interface ClusterPolicy<P extends Parameters = NoParameters> extends Description<P> {
  readonly of: 'cluster';
  check(inventory: Inventory, parameters: P): Iterable<PlacedViolation>;
}

/** Any policy, whatever its parameters: whoever runs it hands it those that it declares. */
export type Policy =
  | ResourcePolicy<Parameters>
  | PodPolicy<Parameters>
  | ContainerPolicy<Parameters>
  | ClusterPolicy<Parameters>;
