import { fieldOf } from '../yaml/node.ts';
import type { BuildObject } from './object.ts';

/** The annotation `config.kubernetes.io/local-config` keeps an object for the build alone. */
export function isForOutput({ root }: BuildObject): boolean {
  const annotations = fieldOf(fieldOf(root, 'metadata'), 'annotations');
  const local = fieldOf(annotations, 'config.kubernetes.io/local-config');
  return local === undefined || (local.kind === 'scalar' && local.text === 'false');
}
