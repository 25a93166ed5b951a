/**
 * A repository's address without what does not tell two repositories apart: scheme, user, port, case and `.git`.
 * `git@github.com:Org/Repo.git` and `https://github.com/org/repo` are one.
 */
export function normalizeRepositoryUrl(url: string): string {
  return url
    .trim()
    .replace(/^git\+/, '')
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
    .replace(/^[^@/]+@/, '')
    .replace(/^([^/:]+):(?:\d+\/)?/, '$1/')
    .replace(/\/+$/, '')
    .replace(/\.git$/i, '')
    .toLowerCase();
}
