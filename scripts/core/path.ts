/** Where a value stands in a manifest, from its root: `['spec', 'containers', 0, 'image']`. */
export type Path = readonly (string | number)[];

/** RFC 6901: `/spec/containers/0/image`; the empty path is the empty string. */
export function toPointer(path: Path): string {
  let pointer = '';
  for (const step of path) pointer += `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`;
  return pointer;
}

/** The path as people write it: `spec.containers[0].image`; keys with a dot or slash in brackets. */
export function toFieldPath(path: Path): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (/^[A-Za-z0-9_$-]+$/.test(step)) text += text === '' ? step : `.${step}`;
    else text += `[${step}]`;
  }
  return text;
}
