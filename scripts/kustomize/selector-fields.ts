import { type Fields, shape, text, type Unknown } from './decode.ts';

const selectorFields = {
  group: text,
  version: text,
  kind: text,
  name: text,
  namespace: text,
  annotationSelector: text,
  labelSelector: text,
};

/** A selector as written in a kustomization or a transformer's configuration. */
export type SelectorEntry = Fields<typeof selectorFields>;

export function selectorShape(unknown: Unknown) {
  return shape(selectorFields, unknown);
}
