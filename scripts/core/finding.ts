import type { Origin } from './origin.ts';
import type { Path } from './path.ts';
import type { ResourceId } from './resource.ts';

export const CATEGORIES = [
  'kustomize',
  'schema',
  'api-server',
  'reference',
  'policy',
  'argo-cd',
  'fleet',
  'release',
] as const;
export type Category = (typeof CATEGORIES)[number];
export type Severity = 'error' | 'warning';

/** What is said of a rule, once: the same for each of its findings. */
export interface Rule {
  /** Names the problem, never changes: `image-without-digest`. */
  readonly id: string;
  readonly category: Category;
  readonly severity: Severity;
  readonly title: string;
  readonly why: string;
  readonly fix: string;
}

/** What one look at one object yields; the runner adds the rest. */
export interface Violation {
  /** The field concerned, also where it is absent. */
  readonly at: Path;
  readonly message: string;
  /** What mends it for certain, where anything does. */
  readonly edit?: Edit;
}

/** A change of the field that a violation is about: another value, another name, or quotes around what is written. */
export type Edit =
  | { readonly set: string | number | boolean }
  | { readonly rename: string }
  | { readonly quote: true };

/** An edit at the place in a file where a person would make it. */
export interface PlacedEdit {
  readonly origin: Origin;
  /** What takes the place of the text there; `quoted` is that text in quotes, `line` a new line before it. */
  readonly text: string | { readonly quoted: true } | { readonly line: string };
}

/** A violation from a family of rules (schema, API server, references), which says which rule it breaks. */
export interface RuleViolation extends Violation {
  readonly rule: Rule;
  /** Where the value stands, if that is not `at`: the API server names some mistakes at another field. */
  readonly place?: Path;
  /** Where one case is milder or has a remedy of its own. */
  readonly severity?: Severity;
  readonly fix?: string;
}

/** One thing that is wrong, at one place, with every cluster that it reaches. */
export interface Finding {
  readonly rule: string;
  readonly category: Category;
  readonly severity: Severity;
  readonly message: string;
  readonly why: string;
  readonly fix: string;
  /** Absent where the finding is about a file or a kustomization, not an object. */
  readonly resource: ResourceId | undefined;
  readonly path: Path;
  readonly origin: Origin;
  /** The origin is that of the one value at fault, so that whatever else it makes wrong is the same mistake. */
  readonly exact: boolean;
  readonly edit: PlacedEdit | undefined;
  readonly clusters: readonly string[];
}

/** What a finding adds to its rule. */
export interface Found {
  readonly message: string;
  readonly origin: Origin;
  readonly clusters: readonly string[];
  readonly resource?: ResourceId;
  readonly path?: Path;
  readonly exact?: boolean;
  readonly edit?: PlacedEdit | undefined;
  readonly severity?: Severity | undefined;
  readonly fix?: string | undefined;
}

export function findingOf(rule: Rule, found: Found): Finding {
  return {
    rule: rule.id,
    category: rule.category,
    severity: found.severity ?? rule.severity,
    message: found.message,
    why: rule.why,
    fix: found.fix ?? rule.fix,
    resource: found.resource,
    path: found.path ?? [],
    origin: found.origin,
    exact: found.exact ?? false,
    edit: found.edit,
    clusters: found.clusters,
  };
}
