import { isAbsolute, relative, sep } from 'node:path';

/** How a file is named to people: relative to the repository's root with '/', or absolute where it stands outside. */
export function fileName(root: string, absolute: string): string {
  const name = relative(root, absolute);
  if (name === '..' || name.startsWith(`..${sep}`) || isAbsolute(name)) return absolute.split(sep).join('/');
  return name.split(sep).join('/');
}
