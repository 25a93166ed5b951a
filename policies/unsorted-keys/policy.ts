import type { Path } from '../../scripts/core/path.ts';
import type { ResourcePolicy } from '../../scripts/core/policy.ts';
import { isMapping, type Value } from '../../scripts/core/value.ts';

export default {
  id: 'unsorted-keys',
  of: 'resource',
  severity: 'warning',
  default: 'off',
  title: 'Fields do not stand in alphabetical order',
  why: 'Two people then write the same manifest in two ways. Off by default: `apiVersion`, `kind` and `name` first read better.',
  fix: 'Sort the fields of every mapping.',
  peers: ['kube-linter/sorted-keys'],

  *check({ id, manifest }) {
    const at = unsorted(manifest, []);
    if (at === undefined) return;
    yield {
      at,
      message: `Field "${String(at.at(-1))}" of ${id.kind} "${id.name}" stands after a field that it sorts before`,
    };
  },
} satisfies ResourcePolicy;

/** The first field that stands too late. */
function unsorted(value: Value | undefined, at: Path): Path | undefined {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const found = unsorted(item, [...at, index]);
      if (found !== undefined) return found;
    }
  } else if (isMapping(value)) {
    let before = '';
    for (const key in value) {
      if (key < before) return [...at, key];
      before = key;
      const found = unsorted(value[key], [...at, key]);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
