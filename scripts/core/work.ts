/**
 * How much was done in this thread. A test holds the numbers for a small fleet, so that what is shared stays shared:
 * noise, which hides a loss of speed from every clock, cannot touch them.
 */
export const work = {
  /** Texts: files, and patches written inside one. */
  textsParsed: 0,
  kustomizationsAccumulated: 0,
  objectsRendered: 0,
  /** Fields of objects (`spec`, `metadata`) that were held to a schema, and that were found to have been before. */
  partsValidated: 0,
  partsKnown: 0,
  /** Specs of pods that policies looked at, and that they had looked at before. */
  podsJudged: 0,
  podsKnown: 0,
  objectsJudged: 0,
};
