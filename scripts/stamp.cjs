// Names a build by everything that it is made of.
'use strict';
const { readdirSync, readFileSync, statSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

exports.root = join(__dirname, '..', '/');
/** Holds the name of the build that was used last. */
const latest = join(exports.root, 'build', 'latest');

/** Where the bundle of some sources stands; builds of other sources stand beside it. */
exports.buildDir = (stamp) => join(exports.root, 'build', stamp);

/** Differs when a program or a rule may have changed. */
exports.stamp = () =>
  hash(exports.describe([...SOURCES, ...sourcesBelow('scripts'), ...policies(), ...schemas()]));

const SOURCES = ['package-lock.json', 'policies', 'policies/index.ts'];

/**
 * A line for each path: of a file its size and time, of a folder the names in it.
 *
 * @param {readonly string[]} paths relative to the root
 */
exports.describe = (paths) => {
  const lines = [process.version];
  for (const path of paths) {
    const stats = statSync(exports.root + path, { throwIfNoEntry: false });
    const facts = stats?.isDirectory() ? names(path) : `${stats?.size} ${stats?.mtimeMs}`;
    lines.push(`${path} ${facts}`);
  }
  return lines.join('\n');
};

/** The build that was used last, where nothing that the program is made of has changed since: fewer files to look at. */
exports.lastBuild = (program) => {
  const stamp = read(latest);
  const known = stamp && read(join(exports.buildDir(stamp), `${program}.sources`));
  if (!known) return undefined;
  const [, ...lines] = known.split('\n');
  return exports.describe(lines.map((line) => line.slice(0, line.indexOf(' ')))) === known
    ? stamp
    : undefined;
};

/** A folder that cannot be written to remembers nothing, which only costs time. */
exports.rememberBuild = (stamp) => {
  if (read(latest) === stamp) return;
  try {
    writeFileSync(latest, stamp);
  } catch {}
};

function* sourcesBelow(dir) {
  for (const entry of readdirSync(exports.root + dir, { withFileTypes: true })) {
    const { name } = entry;
    if (entry.isDirectory()) {
      if (name !== 'cases') yield* sourcesBelow(`${dir}/${name}`);
    } else if (/\.(?:ts|[cm]js|json)$/.test(name) && !name.endsWith('.test.ts')) yield `${dir}/${name}`;
  }
}

const policies = () =>
  names('policies')
    .filter((name) => !name.includes('.'))
    .map((id) => `policies/${id}/policy.ts`);
const schemas = () =>
  names('schemas')
    .filter((name) => name.endsWith('.schema.json'))
    .map((name) => `schemas/${name}`);
const names = (dir) => readdirSync(exports.root + dir);

/** FNV-1a from two starts: loading node:crypto would take longer than all of the rest. */
function hash(text) {
  let a = 0x811c9dc5;
  let b = 0x01000193;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x85ebca6b);
  }
  return [a, b].map((part) => (part >>> 0).toString(16).padStart(8, '0')).join('');
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
