// TypeScript → build/<stamp>/*.js, one bundle an entry with shared chunks, policies included.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const sources = ['scripts', 'policies'];

/** Names, sizes and times of every source: differs when a program or a rule may have changed. */
export function stamp() {
  const facts = [process.version];
  const add = (path, { size, mtimeMs }) => facts.push(`${path} ${size} ${mtimeMs}`);
  const visit = (dir) => {
    for (const entry of readdirSync(`${root}${dir}`, { withFileTypes: true })) {
      const { name } = entry;
      const path = `${dir}/${name}`;
      if (entry.isDirectory()) {
        if (name !== 'cases') visit(path);
      } else if (/\.(?:ts|mjs|json)$/.test(name) && !name.endsWith('.test.ts')) {
        add(path, statSync(`${root}${path}`));
      }
    }
  };
  for (const dir of sources) visit(dir);
  for (const name of readdirSync(join(root, 'schemas'))) {
    if (name.endsWith('.schema.json')) facts.push(readFileSync(join(root, 'schemas', name), 'utf8'));
  }
  const lock = statSync(join(root, 'package-lock.json'), { throwIfNoEntry: false });
  if (lock !== undefined) add('package-lock.json', lock);
  return createHash('sha256').update(facts.join('\n')).digest('hex').slice(0, 16);
}

/** Where the bundle of these sources stands; builds of other sources stand beside it. */
export const buildDir = (current) => join(root, 'build', current);

/** `policies/index.ts` lists every folder beside it, so that nobody has to. */
const policyIndex = {
  name: 'policy-index',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]policies[\\/]index\.ts$/ }, () => {
      const ids = readdirSync(join(root, 'policies'), { withFileTypes: true })
        .filter((entry) => existsSync(join(root, 'policies', entry.name, 'policy.ts')))
        .map((entry) => entry.name)
        .sort();
      const imports = ids.map((id, index) => `import p${index} from './${id}/policy.ts';\n`).join('');
      return {
        contents: `${imports}export const policies = [${ids.map((_, index) => `p${index}`).join(', ')}];`,
        loader: 'ts',
        resolveDir: join(root, 'policies'),
      };
    });
  },
};

/** `import isCluster from '…/cluster.schema.json?validate'`: compiled here, so that no run pays for the compiler. */
const compiledSchemas = {
  name: 'compiled-schemas',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\.schema\.json\?validate$/ }, ({ path, resolveDir }) => ({
      path: resolve(resolveDir, path.replace('?validate', '')),
      namespace: 'compiled-schema',
    }));
    onLoad({ filter: /.*/, namespace: 'compiled-schema' }, async ({ path }) => {
      const { Ajv } = await import('ajv');
      const { default: standalone } = await import('ajv/dist/standalone/index.js');
      // With what was found and what was expected, for the messages.
      const ajv = new Ajv({ allErrors: true, verbose: true, code: { source: true, esm: true } });
      const validate = ajv.compile(JSON.parse(readFileSync(path, 'utf8')));
      return { contents: standalone.default(ajv, validate), loader: 'js', resolveDir: root };
    });
  },
};

const options = {
  absWorkingDir: root,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  logLevel: 'silent',
  plugins: [policyIndex, compiledSchemas],
};
// Packages written as CommonJS call require() inside an ES module bundle.
const requireBanner =
  "import { createRequire as planetariumRequire } from 'node:module'; const require = planetariumRequire(import.meta.url);";

/** An entry whose start counts for most of its time: in one file, since each chunk costs about a millisecond to load. */
const SINGLE = 'render.ts';

/**
 * Bundles every `scripts/*.ts` into a folder named by the stamp. It is built beside and moved, so that two runs that
 * meet never see half of it.
 */
export async function bundle(current = stamp()) {
  const { build } = await import('esbuild');
  const entries = readdirSync(join(root, 'scripts')).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  );
  const outdir = join(root, 'build', `${process.pid}.tmp`);
  try {
    const scripts = (names) => ({ entryPoints: names.map((name) => `scripts/${name}`), outdir });
    const banner = { js: requireBanner };
    await Promise.all([
      build({
        ...options,
        ...scripts(entries.filter((name) => name !== SINGLE)),
        banner,
        minifyWhitespace: true,
        minifySyntax: true,
      }),
      build({
        ...options,
        ...scripts([SINGLE]),
        banner,
        splitting: false,
        minifyWhitespace: true,
        minifySyntax: true,
      }),
    ]);
    moveTo(buildDir(current), outdir);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
  removeOld(current);
}

/** What another run has put there meanwhile is the same. */
function moveTo(place, folder) {
  try {
    renameSync(folder, place);
  } catch (error) {
    if (!existsSync(place)) throw error;
  }
}

/** Keeps the newest builds: one may still be running, or serve a branch that is switched back to. */
function removeOld(current) {
  const builds = readdirSync(join(root, 'build'))
    // Another run may take its folder away between the listing and the look at it.
    .map((name) => ({
      name,
      time: statSync(join(root, 'build', name), { throwIfNoEntry: false })?.mtimeMs ?? 0,
    }))
    .sort((a, b) => b.time - a.time);
  for (const { name } of builds.slice(4)) {
    if (name !== current) rmSync(join(root, 'build', name), { recursive: true, force: true });
  }
}

/** Bundles test files for the runner; packages stay outside the bundle. */
export async function bundleTests(entryPoints, outdir) {
  const { build } = await import('esbuild');
  await build({
    ...options,
    sourcemap: 'linked',
    packages: 'external',
    entryPoints,
    outdir,
    outbase: '.',
    banner: { js: requireBanner },
  });
}

/** What esbuild has to say, a line each, without its summary. */
export function describeBuildError(error) {
  const messages = error.errors?.map(({ location, text }) =>
    location === null ? text : `${location.file}:${location.line}:${location.column + 1}: ${text}`,
  );
  return messages?.join('\n') ?? error.message;
}
