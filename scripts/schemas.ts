import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { type ExitCode, runEntry, type Terminal } from './cli/entry.ts';
import { Failure } from './core/failure.ts';
import { isMapping, type Mapping } from './core/value.ts';
import { type Document, factsOf } from './schema/collect.ts';
import { clusterDocuments, type ReadRaw } from './schema/collect-cluster.ts';
import { readFile, type Section, writeFile } from './schema/file.ts';
import { customFiles, kubernetesFiles } from './schema/generate.ts';
import { DEFINITIONS_FILE, indexFile } from './schema/library.ts';

const USAGE = 'npm run schemas -- --from DIR | --from-cluster CONTEXT [--output DIR]';

/** Makes the files in `schemas/` from a folder of documents or from what a cluster says of itself. */
function main({ args, out }: Terminal): ExitCode {
  const { values } = parseArgs({
    args: [...args],
    options: {
      from: { type: 'string', multiple: true },
      'from-cluster': { type: 'string' },
      output: { type: 'string', default: 'schemas' },
    },
  });
  const context = values['from-cluster'];
  const folders = values.from ?? [];
  if (folders.length > 0 === (context !== undefined)) throw new Failure(`Expected ${USAGE}`);
  const documents =
    context === undefined
      ? folders.flatMap((dir) => folderDocuments(dir))
      : clusterDocuments(kubectl(context));
  const { servers, customResources } = factsOf(documents);
  if (servers.length === 0 && customResources.size === 0)
    throw new Failure(`Found neither an OpenAPI document with its discovery nor a CustomResourceDefinition`);

  const dir = values.output;
  mkdirSync(dir, { recursive: true });
  for (const server of servers) {
    const { minor, index, definitions } = kubernetesFiles(server);
    replace(join(dir, indexFile(minor)), writeFile(index));
    const kept = keptDefinitions(dir, definitions);
    replace(
      join(dir, DEFINITIONS_FILE),
      writeFile({ source: 'see the file of each version', sections: { definitions: kept } }),
    );
    out(`Kubernetes ${server.kubernetesVersion}: ${Object.keys(index.sections.kinds ?? {}).length} kinds\n`);
  }
  for (const [source, found] of customResources) {
    for (const [group, file] of customFiles(found, source)) {
      replace(join(dir, `${group}.json`), writeFile(file));
      out(`${group}: ${Object.keys(file.sections.kinds ?? {}).join(', ')}\n`);
    }
  }
  return 0;
}

/** The definitions that any version's index still names, and the new ones. */
function keptDefinitions(dir: string, added: Section): Section {
  const old = existsSync(join(dir, DEFINITIONS_FILE))
    ? readFile(dir, DEFINITIONS_FILE).section('definitions')
    : {};
  const all: Section = { ...old, ...added };
  const used = new Set<string>();
  for (const name of readdirSync(dir)) {
    if (!/^kubernetes-\d+\.\d+\.json$/.test(name)) continue;
    const ids = readFile(dir, name).section('definitions');
    for (const definition of Object.keys(ids)) used.add(`${definition}#${String(ids[definition])}`);
  }
  return Object.fromEntries(Object.entries(all).filter(([key]) => used.has(key)));
}

function replace(path: string, text: string): void {
  const beside = `${path}.${process.pid}.tmp`;
  writeFileSync(beside, text);
  renameSync(beside, path);
}

function folderDocuments(dir: string): Document[] {
  const found: Document[] = [];
  const visit = (folder: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) visit(path);
      else if (/\.(json|ya?ml)$/.test(entry.name)) found.push(...documentsOf(path));
    }
  };
  try {
    visit(dir);
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    throw new Failure(`Could not read the documents in ${dir}: ${String(cause)}`, { cause });
  }
  return found;
}

function documentsOf(path: string): Document[] {
  const text = readFileSync(path, 'utf8');
  const folder = dirname(path);
  try {
    const values: unknown[] = path.endsWith('.json')
      ? [JSON.parse(text)]
      : parseAllDocuments(text).map((document) => document.toJS() as unknown);
    return values.filter(isMapping).map((value: Mapping) => ({ folder, value }));
  } catch (cause) {
    throw new Failure(`Could not read ${path}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}

function kubectl(context: string): ReadRaw {
  return (path) => {
    const command = ['--context', context, 'get', '--raw', path];
    try {
      return execFileSync('kubectl', command, {
        encoding: 'utf8',
        maxBuffer: 2 ** 30,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
    } catch (cause) {
      throw new Failure(
        `Could not ask the cluster: kubectl ${command.join(' ')} failed: ${messageOf(cause)}`,
        { cause },
      );
    }
  };
}

function messageOf(error: unknown): string {
  if (error instanceof Error && 'stderr' in error && typeof error.stderr === 'string' && error.stderr !== '')
    return error.stderr.trim();
  return error instanceof Error ? error.message : String(error);
}

void runEntry(main);
