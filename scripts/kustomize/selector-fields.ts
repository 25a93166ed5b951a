import { embedded, type Fields, shape, text } from './decode.ts';

const selectorFields = {
  group: embedded(text),
  version: embedded(text),
  kind: embedded(text),
  name: embedded(text),
  namespace: embedded(text),
  annotationSelector: text,
  labelSelector: text,
};

/** A selector as written in a kustomization or a transformer's configuration. */
export type SelectorEntry = Fields<typeof selectorFields>;

export const selectorShape = shape(selectorFields);
