import { failAt } from './failure.ts';
import type { KindSelector } from './field-spec.ts';
import type { ObjectId } from './id.ts';
import type { Kustomization } from './kustomization.ts';
import type { BuildObject } from './object.ts';

/** What is created first and last in a cluster, by kind alone. */
const FIRST = [
  'Namespace',
  'ResourceQuota',
  'StorageClass',
  'CustomResourceDefinition',
  'ServiceAccount',
  'PodSecurityPolicy',
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
  'ConfigMap',
  'Secret',
  'Endpoints',
  'Service',
  'LimitRange',
  'PriorityClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'Deployment',
  'StatefulSet',
  'CronJob',
  'PodDisruptionBudget',
];
const LAST = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];

type Ranks = ReadonlyMap<string, number>;

function ranksOf(first: readonly string[], last: readonly string[]): Ranks {
  const ranks = new Map<string, number>();
  for (const [index, kind] of first.entries()) ranks.set(kind, index - first.length);
  for (const [index, kind] of last.entries()) ranks.set(kind, index + 1);
  return ranks;
}

const defaultRanks = ranksOf(FIRST, LAST);

const kindText = ({ group, version, kind }: KindSelector) =>
  `${group || '~G'}_${version || '~V'}_${kind || '~K'}`;

/** The order of kinds in which Kustomize keeps its name references. */
export function compareKinds(a: KindSelector, b: KindSelector): number {
  return rankDifference(a, b, defaultRanks) || compareText(kindText(a), kindText(b));
}

/** The objects in the order of the output: `sortOptions` of the root, legacy order where it has none. */
export function sortObjects(
  objects: readonly BuildObject[],
  options: Kustomization['sortOptions'],
): readonly BuildObject[] {
  const order = options?.order?.text ?? (options === undefined ? 'legacy' : '');
  const legacy = options?.legacySortOptions;
  const place = options?.order?.place ?? options?.node.place;
  if (order === 'fifo') {
    if (legacy !== undefined) {
      failAt(
        legacy.node.place,
        "The field 'sortOptions.legacySortOptions' is set but the order is fifo, not legacy",
      );
    }
    return objects;
  }
  if (order !== 'legacy')
    failAt(place, `The field 'sortOptions.order' is "${order}", expected legacy or fifo`);
  const named = (list: NonNullable<typeof legacy>['orderFirst']) => (list ?? []).map(({ text }) => text);
  const ranks =
    legacy === undefined ? defaultRanks : ranksOf(named(legacy.orderFirst), named(legacy.orderLast));
  const items = objects.map((object) => {
    const { id } = object;
    return { object, id, rank: ranks.get(id.kind) ?? 0, texts: textsOf(id) };
  });
  return sorted(items, compareItems).map(({ object }) => object);
}

/** An object with what it is compared by. */
interface Item {
  readonly object: BuildObject;
  readonly id: ObjectId;
  readonly rank: number;
  readonly texts: Texts;
}

function compareItems({ id: a, rank: p, texts: x }: Item, { id: b, rank: q, texts: y }: Item): number {
  if (p !== q) return p - q;
  if (x.kind === y.kind) return compareText(x.whole, y.whole);
  const bothNamespaces = a.kind === 'Namespace' && b.kind === 'Namespace';
  const oneIsCore = a.group === '' || b.group === '';
  const difference = compareText(x.kind, y.kind);
  return bothNamespaces && oneIsCore ? -difference : difference;
}

/**
 * Namespaces of several groups have no order that holds for all, where a kind may stand between them: Go inserts up to
 * twelve one by one, and what it makes of more is its own.
 */
function sorted<T>(items: readonly T[], compare: (a: T, b: T) => number): readonly T[] {
  const result = items.slice();
  if (items.length > 12) return result.sort(compare);
  for (let end = 1; end < result.length; end++) {
    for (let at = end; at > 0 && compare(result[at]!, result[at - 1]!) < 0; at--) {
      [result[at], result[at - 1]] = [result[at - 1]!, result[at]!];
    }
  }
  return result;
}

interface Texts {
  readonly kind: string;
  readonly whole: string;
}

const texts = new WeakMap<ObjectId, Texts>();

/** What an id is compared by, worked out once: the objects of many overlays share it. */
function textsOf(id: ObjectId): Texts {
  let known = texts.get(id);
  if (known === undefined) {
    known = { kind: kindText(id), whole: idOrder(id) };
    texts.set(id, known);
  }
  return known;
}

function rankDifference(a: KindSelector, b: KindSelector, ranks: Ranks): number {
  return (ranks.get(a.kind) ?? 0) - (ranks.get(b.kind) ?? 0);
}

function idOrder(id: ObjectId): string {
  const kind = `${id.kind || '[noKind]'}.${id.version || '[noVer]'}.${id.group || '[noGrp]'}`;
  return `${kind}|${id.namespace || '~X'}|${id.name || '~N'}`;
}

/** By UTF-8 bytes, as Go compares strings. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) {
      const isHigh = (unit: number) => unit >= 0xd800 && unit <= 0xdfff;
      if (isHigh(x) !== isHigh(y)) return isHigh(x) ? 1 : -1;
      return x - y;
    }
  }
  return a.length - b.length;
}
