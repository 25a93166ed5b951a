import { items, mapping, mappings, text } from '../../scripts/core/fields.ts';
import type { Path } from '../../scripts/core/path.ts';
import type { ClusterPolicy } from '../../scripts/core/policy.ts';
import type { Mapping, Value } from '../../scripts/core/value.ts';

export default {
  id: 'forbidden-by-project',
  of: 'cluster',
  severity: 'error',
  default: 'in-clusters',
  title: 'Application is forbidden by its AppProject',
  why: 'Argo CD refuses an Application that leaves the sources and destinations of its project (InvalidSpecError): it syncs nothing, and the region stays as it is.',
  fix: 'Correct the repository or the destination, or allow it in `sourceRepos` or `destinations` of the AppProject.',
  category: 'reference',

  *check(inventory) {
    for (const resource of inventory.ofKind('argoproj.io', 'Application')) {
      const spec = mapping(resource.manifest.spec);
      const name = text(spec.project) ?? 'default';
      const project = inventory.find('argoproj.io', 'AppProject', inventory.namespaceOf(resource), name);
      if (project === undefined) continue;
      const allowed = mapping(project.manifest.spec);
      const application = `Application "${resource.id.name}"`;
      for (const [at, source] of sourcesOf(spec)) {
        const url = text(source.repoURL);
        const repositories = items(allowed.sourceRepos).flatMap((each) => text(each) ?? []);
        if (url === undefined || isAllowed(repositories, (each) => matches(each, url))) continue;
        const message = `${application} takes "${url}", which AppProject "${name}" does not allow`;
        yield { resource, at: [...at, 'repoURL'], message };
      }
      const destination = mapping(spec.destination);
      const permits = [...mappings(allowed.destinations)].map(([, each]) => each);
      const namespace = text(destination.namespace) ?? '';
      if (permits.some((each) => isCluster(each, destination) && covers(each.namespace, namespace))) continue;
      yield {
        resource,
        at: ['spec', 'destination', 'namespace'],
        message: `${application} goes to namespace "${namespace}", which AppProject "${name}" does not allow`,
      };
    }
  },
} satisfies ClusterPolicy;

function sourcesOf(spec: Mapping): readonly (readonly [Path, Mapping])[] {
  const several = [...mappings(spec.sources)];
  if (several.length === 0) return [[['spec', 'source'], mapping(spec.source)]];
  return several.map(([index, source]) => [['spec', 'sources', index], source]);
}

function isCluster(permit: Mapping, destination: Mapping): boolean {
  const server = text(destination.server);
  return server === undefined
    ? covers(permit.name, text(destination.name) ?? '')
    : covers(permit.server, server);
}

function covers(pattern: Value | undefined, value: string): boolean {
  return isAllowed([text(pattern) ?? ''], (each) => matches(each, value));
}

/** One that begins with "!" forbids, whatever else allows. */
function isAllowed(patterns: readonly string[], fits: (pattern: string) => boolean): boolean {
  return (
    patterns.some((each) => !each.startsWith('!') && fits(each)) &&
    !patterns.some((each) => each.startsWith('!') && fits(each.slice(1)))
  );
}

/** As Argo CD's globs: `*` alone is everything, in an address one `*` stays between two "/" (AppProject.IsSourcePermitted). */
function matches(pattern: string, value: string): boolean {
  if (pattern === '*') return true;
  const plain = withoutSuffix(pattern);
  if (!/[*?]/.test(plain)) return plain === withoutSuffix(value);
  const one = value.includes('://') ? '[^/]*' : '.*';
  const source = plain
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll(/\*\*?/g, (stars) => (stars === '*' ? one : '.*'))
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`).test(withoutSuffix(value));
}

/** Addresses of one repository may end in ".git" or not. */
function withoutSuffix(url: string): string {
  return url.replace(/\.git$/, '').replace(/\/$/, '');
}
