import { type Fields, shape, text } from './decode.ts';

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

export const selectorShape = shape(selectorFields);
