const GIT_SCHEMES = ['ssh://', 'https://', 'http://', 'file://'];

/** A path that Kustomize would fetch over HTTP. */
export function isRemoteFile(path: string): boolean {
  return /^https?:/i.test(path);
}

/** A path that Kustomize would clone with git; follows the order of its repository URL parser. */
export function isRemoteDirectory(path: string): boolean {
  // Neither a host nor a user begins like that, and nearly every path does.
  if (path.startsWith('/') || path.startsWith('.')) return false;
  const withoutQuery = path.split('?')[0]!;
  let rest = stripPrefix(withoutQuery, 'git::');
  let scheme = '';
  for (const candidate of GIT_SCHEMES) {
    const after = stripPrefix(rest, candidate);
    if (after !== rest) {
      scheme = candidate;
      rest = after;
      break;
    }
  }
  const user = /^[a-zA-Z][a-zA-Z0-9-]*@/.exec(rest)?.[0] ?? '';
  rest = rest.slice(user.length);
  const github = /^github\.com[/:]/i.test(rest);
  const scp = scheme === '' && (user !== '' || github);
  if (scheme === '' && !scp) return false;
  if (scheme === 'file://') return rest !== '';
  const slash = rest.indexOf('/');
  const colon = rest.indexOf(':');
  const end = scp && (slash < 0 || (colon > 0 && colon < slash)) ? colon : slash;
  if (end < 0) return false;
  const repository = rest.slice(end + 1);
  const marked = /_git\/|\/\/|\.git/.exec(repository);
  if (marked !== null) return !(marked[0] === '//' && marked.index === 0);
  return repository.split('/').length >= 2;
}

function stripPrefix(text: string, prefix: string): string {
  return text.slice(0, prefix.length).toLowerCase() === prefix ? text.slice(prefix.length) : text;
}
