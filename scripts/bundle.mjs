// TypeScript → build/<stamp>/*.cjs, one bundle an entry, policies included.
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { buildDir, describe, rememberBuild, root, stamp } from './stamp.cjs';

export { root };

/** `policies/index.ts` lists every folder beside it, so that nobody has to. */
const policyIndex = {
  name: 'policy-index',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]policies[\\/]index\.ts$/ }, () => {
      const files = policyFiles().filter((file) => existsSync(join(root, file)));
      const imports = files.map((file, index) => `import p${index} from '../${file}';\n`).join('');
      return {
        contents: `${imports}export const policies = [${files.map((_, index) => `p${index}`).join(', ')}];`,
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
  platform: 'node',
  target: 'node20',
  logLevel: 'silent',
  plugins: [policyIndex, compiledSchemas],
};

/**
 * Bundles every `scripts/*.ts` into a folder named by the stamp. It is built beside and moved, so that two runs that
 * meet never see half of it.
 *
 * @returns the stamp, which is another one where a source changed meanwhile
 */
export async function bundle(current = stamp()) {
  const { build } = await import('esbuild');
  const entries = readdirSync(join(root, 'scripts')).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  );
  const outdir = join(root, 'build', `${process.pid}.tmp`);
  try {
    const { metafile } = await build({
      ...options,
      metafile: true,
      format: 'cjs',
      outExtension: { '.js': '.cjs' },
      entryPoints: entries.map((name) => `scripts/${name}`),
      outdir,
      // A script that is not a module of its own cannot import().
      supported: { 'dynamic-import': false },
      minifyWhitespace: true,
      minifySyntax: true,
      define: { 'import.meta.url': 'planetariumUrl' },
      banner: { js: "const planetariumUrl = require('node:url').pathToFileURL(__filename).href;" },
    });
    writeSources(outdir, metafile.outputs);
    // Of a file that was saved meanwhile nobody knows which text was bundled.
    if (stamp() !== current) return bundle();
    moveTo(buildDir(current), outdir);
    rememberBuild(current);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
  removeOld(current);
  return current;
}

/** Keeps of each program what it was made of, and what it may start. */
function writeSources(outdir, outputs) {
  const all = readdirSync(join(root, 'scripts'))
    .filter((name) => /\.(?:ts|cjs)$|^bundle\.mjs$/.test(name) && !name.endsWith('.test.ts'))
    .map((name) => `scripts/${name}`);
  for (const [output, { inputs }] of Object.entries(outputs)) {
    const own = Object.keys(inputs)
      .map((input) => relative(root, resolve(root, input.replace('compiled-schema:', ''))))
      .filter((path) => /^(?:scripts|policies|schemas)\b/.test(path));
    const listed = own.includes('policies/index.ts') ? ['policies', ...policyFiles()] : [];
    const paths = new Set(['package-lock.json', ...all, ...listed, ...own]);
    writeFileSync(join(outdir, basename(output).replace('.cjs', '.sources')), describe([...paths]));
  }
}

/** Of every policy, and where one may come. */
function policyFiles() {
  return readdirSync(join(root, 'policies'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((id) => `policies/${id}/policy.ts`);
}

/** What another run has put there meanwhile is the same; what is left of one that was removed in part gives way. */
function moveTo(place, folder) {
  try {
    renameSync(folder, place);
  } catch (error) {
    if (!existsSync(place)) throw error;
    if (readdirSync(folder).every((name) => existsSync(join(place, name)))) return;
    rmSync(place, { recursive: true });
    renameSync(folder, place);
  }
}

/** Keeps the newest builds: one may still be running, or serve a branch that is switched back to. */
function removeOld(current) {
  const builds = readdirSync(join(root, 'build'))
    .filter((name) => name !== 'latest')
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

// Code that ajv writes calls require() inside an ES module bundle.
const requireBanner =
  "import { createRequire as planetariumRequire } from 'node:module'; const require = planetariumRequire(import.meta.url);";

/** Bundles test files for the runner; packages stay outside the bundle. */
export async function bundleTests(entryPoints, outdir) {
  const { build } = await import('esbuild');
  await build({
    ...options,
    format: 'esm',
    splitting: true,
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
  return messages === undefined ? error.message : [...new Set(messages)].join('\n');
}
