/**
 * Whether any of these files is among the names that a folder depends on: see `ClusterReport.asked`.
 *
 * @param changed files by name, relative to the root
 */
export function dependsOnAny(asked: readonly string[], changed: ReadonlySet<string>): boolean {
  return asked.some((name) => {
    if (!name.endsWith('/')) return changed.has(name);
    for (const file of changed) {
      if (file.startsWith(name) && !file.includes('/', name.length)) return true;
    }
    return false;
  });
}
