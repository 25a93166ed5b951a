import type { Resource } from '../core/resource.ts';
import { emit } from '../yaml/emit.ts';

/** Resources as `kustomize build` prints them. */
export function print(resources: readonly Resource[]): string {
  return resources.map(({ manifest }) => emit(manifest)).join('---\n');
}
