// Names a build by everything that it is made of.
'use strict';
const { readdirSync, readFileSync, statSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..', '/');
/** Holds the name of the build that was used last. */
const latest = join(root, 'build', 'latest');

/** Where the bundle of some sources stands; builds of other sources stand beside it. */
const buildDir = (stamp) => join(root, 'build', stamp);

/** Differs when a program or a rule may have changed. */
function stamp() {
  const schemas = readdirSync(`${root}schemas`)
    .filter((name) => name.endsWith('.schema.json'))
    .map((name) => `schemas/${name}`);
  return hash(
    describe(['package-lock.json', ...sourcesBelow('scripts'), ...sourcesBelow('policies'), ...schemas]),
  );
}

/**
 * A line for each path: of a file its size and time, of a folder the names in it. What V8 compiled depends on the
 * processor, too.
 *
 * @param {readonly string[]} paths relative to the root
 */
function describe(paths) {
  const lines = [`${process.version} ${process.platform} ${process.arch}`];
  for (const path of paths) {
    const stats = statSync(root + path, { throwIfNoEntry: false });
    const facts = stats?.isDirectory() ? readdirSync(root + path) : `${stats?.size} ${stats?.mtimeMs}`;
    lines.push(`${path} ${facts}`);
  }
  return lines.join('\n');
}

/** The build that was used last, where nothing that the program is made of has changed since: fewer files to look at. */
function lastBuild(program) {
  const stamp = read(latest);
  const known = stamp && read(join(buildDir(stamp), `${program}.sources`));
  if (!known) return undefined;
  const [, ...lines] = known.split('\n');
  return describe(lines.map((line) => line.slice(0, line.indexOf(' ')))) === known ? stamp : undefined;
}

/** A folder that cannot be written to remembers nothing, which only costs time. */
function rememberBuild(stamp) {
  if (read(latest) === stamp) return;
  try {
    writeFileSync(latest, stamp);
  } catch {}
}

function* sourcesBelow(dir) {
  for (const entry of readdirSync(root + dir, { withFileTypes: true })) {
    const { name } = entry;
    if (entry.isDirectory()) {
      if (name !== 'cases') yield* sourcesBelow(`${dir}/${name}`);
    } else if (/\.(?:ts|[cm]js|json)$/.test(name) && !name.endsWith('.test.ts')) yield `${dir}/${name}`;
  }
}

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

module.exports = { root, buildDir, stamp, describe, lastBuild, rememberBuild };
