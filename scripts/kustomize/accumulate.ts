import { join } from 'node:path';
import { work } from '../core/work.ts';
import type { Place, ScalarNode } from '../yaml/node.ts';
import {
  follow,
  type Maker,
  type Tracking,
  trackingOf,
  withFileOrigin,
  withMakerOrigin,
  withTransformation,
} from './build-metadata.ts';
import { type Entry, sharedTransformers } from './built-in-transformers.ts';
import { loadCrds } from './crds.ts';
import { failAt } from './failure.ts';
import type { File } from './files.ts';
import { generate } from './generate.ts';
import { apiVersionOf } from './id.ts';
import {
  type GeneratorArguments,
  isComponent,
  type Kustomization,
  loadKustomization,
} from './kustomization.ts';
import { cycleOf, type Loader } from './loader.ts';
import { isForOutput } from './local-config.ts';
import type { BuildObject, NoteTarget } from './object.ts';
import { absorbAll, append } from './object-set.ts';
import { chosenOpenApi, type OpenApi } from './open-api.ts';
import { makerOf, readInline } from './plugin-entries.ts';
import { loadGenerator, loadTransformer } from './plugins.ts';
import { readObjects } from './read-objects.ts';
import { blamed } from './replacements.ts';
import { hasBuiltInScope } from './scopes.ts';
import { selectObjects } from './selector.ts';
import { emptyConfig, loadConfigurations, mergeAt, type TransformerConfig } from './transformer-config.ts';
import { isUnchangedButForLabel } from './validators.ts';
import { collectVariables, mergeVariables, type Variable } from './vars.ts';
import { writtenTwice } from './written-twice.ts';

/** What a kustomization and all below it come to, before the steps that look at the whole tree. */
export interface Accumulation {
  readonly objects: readonly BuildObject[];
  readonly config: TransformerConfig;
  readonly variables: readonly Variable[];
}

const NOTHING: Accumulation = { objects: [], config: emptyConfig, variables: [] };

/** A kustomization built up to the steps of the root: the same for every overlay that uses it. */
interface Base {
  readonly accumulation: Accumulation;
  /** The OpenAPI in force afterwards: a base may set it where nothing above did. */
  readonly openApi: OpenApi | undefined;
  readonly hasUnknownKind: boolean;
  readonly warnings: readonly string[];
  readonly effects: readonly Effect[];
  /** The folders that it led to, each with the entry that names it. */
  readonly visited: readonly { readonly root: string; readonly place: Place }[];
  /** Every path that it depends on. */
  readonly asked: ReadonlySet<string>;
}

/** The bases of a run, by what they depend on. */
export type Bases = Map<string, Base>;

/** What changes while one tree is built. */
interface Progress {
  openApi: OpenApi | undefined;
  /** An object was read of a kind that the built-in OpenAPI does not know, before any other OpenAPI was chosen. */
  hasUnknownKind: boolean;
  readonly defaultOpenApi: OpenApi;
  readonly warnings: string[];
  readonly effects: Effect[];
  readonly visited: { readonly root: string; readonly place: Place }[];
  readonly bases: Bases;
  readonly keys: Map<OpenApi | undefined, number>;
}

/** Whether an entry changed anything where it ran. */
export interface Effect {
  readonly entry: Entry;
  readonly changed: boolean;
  /** The field of an entry that changed nothing which a person would mend, where it is known. */
  readonly blamed?: Place;
}

export interface Root {
  readonly accumulation: Accumulation;
  readonly openApi: OpenApi;
  readonly warnings: readonly string[];
  readonly effects: readonly Effect[];
}

/** Builds everything below a root kustomization. */
export function accumulateRoot(
  loader: Loader,
  loaded: {
    readonly kustomization: Kustomization;
    readonly file: File;
    readonly warnings: readonly string[];
  },
  defaultOpenApi: OpenApi,
  shared: { readonly bases: Bases; readonly keys: Map<OpenApi | undefined, number> },
): Root {
  const { kustomization } = loaded;
  const tracking = trackingOf(kustomization.buildMetadata ?? []);
  const progress: Progress = {
    openApi: chosenOpenApi(loader, kustomization.openapi, false),
    hasUnknownKind: false,
    defaultOpenApi,
    warnings: [...loaded.warnings],
    effects: [],
    visited: [],
    ...shared,
  };
  const target = new Target(loader, kustomization, loaded.file, tracking, progress);
  const accumulation = target.accumulate(NOTHING);
  const { warnings, effects, openApi = defaultOpenApi } = progress;
  // Kustomize asks for scopes again and again, so that a schema file is read for any kind that is not built in.
  if (openApi !== defaultOpenApi) {
    for (const { id } of accumulation.objects) openApi.scopes.isClusterScoped(apiVersionOf(id), id.kind);
  }
  return { accumulation, openApi, warnings, effects };
}

function effectOf(entry: Entry, before: readonly BuildObject[], after: readonly BuildObject[]): Effect {
  const changed = differ(before, after);
  const { target, place } = entry;
  if (changed || target === undefined || selectObjects(before, target).length > 0) return { entry, changed };
  return { entry, changed, blamed: blamed(before, target, place) };
}

/** One kustomization on its way. */
class Target {
  constructor(
    private readonly loader: Loader,
    private readonly kustomization: Kustomization,
    private readonly file: File,
    private readonly tracking: Tracking | undefined,
    private readonly progress: Progress,
  ) {}

  /** @param start nothing for a kustomization, what its parent holds for a component */
  accumulate(start: Accumulation): Accumulation {
    work.kustomizationsAccumulated++;
    const { kustomization, loader } = this;
    this.noteTwice(writtenTwice(kustomization.node));
    const entries = [...(kustomization.resources ?? []), ...(kustomization.bases ?? [])];
    let current = this.withResources(start, entries);
    const configurations = kustomization.configurations ?? [];
    const place = { place: kustomization.node.place };
    let config = mergeAt(place, current.config, loadConfigurations(loader, configurations));
    config = mergeAt(place, config, loadCrds(loader, kustomization.crds ?? []));
    current = { ...current, config };
    current = { ...current, objects: this.withGenerated(current.objects) };
    for (const entry of kustomization.components ?? []) current = this.withComponent(current, entry);
    current = { ...current, objects: this.transformed(current) };
    this.validate(current.objects);
    const { objects, variables } = collectVariables(
      current.objects,
      current.variables,
      kustomization.vars ?? [],
    );
    return { objects, variables, config: current.config };
  }

  private get openApi(): OpenApi {
    return this.progress.openApi ?? this.progress.defaultOpenApi;
  }

  private get fileName(): string {
    return this.file.path.slice(this.file.path.lastIndexOf('/') + 1);
  }

  private maker(kind: string): Maker {
    const path = this.tracking?.path ?? '';
    return {
      configuredIn: path === '' ? this.fileName : `${path}/${this.fileName}`,
      apiVersion: 'builtin',
      kind,
    };
  }

  /** Each entry is a file of objects, or the folder of a kustomization. */
  private withResources(start: Accumulation, entries: readonly ScalarNode[]): Accumulation {
    let current = start;
    for (const entry of entries) {
      if (this.isFolder(entry)) {
        current = this.withBase(current, entry);
      } else {
        const objects = readObjects(
          this.loader.files.resources(this.loader.load(entry)),
          this.openApi.scopes,
        );
        this.noteKinds(objects);
        // Of what is printed, the printer refuses it.
        for (const object of objects) if (!isForOutput(object)) this.noteTwice(writtenTwice(object.root));
        const tracked = withFileOrigin(objects, this.tracking, entry.text);
        current = { ...current, objects: append(current.objects, tracked) };
      }
    }
    return current;
  }

  private noteKinds(objects: readonly BuildObject[]): void {
    const { progress } = this;
    if (progress.openApi !== undefined || progress.hasUnknownKind) return;
    progress.hasUnknownKind = objects.some(({ id: { group, version, kind } }) => {
      return !hasBuiltInScope(apiVersionOf({ group, version }), kind);
    });
  }

  private noteTwice(keys: readonly Place[]): void {
    for (const place of keys) this.progress.effects.push({ entry: { field: 'key', place }, changed: false });
  }

  private isFolder(entry: ScalarNode): boolean {
    const { files, root } = this.loader;
    const { text } = entry;
    const path = text.startsWith('/') ? text : join(root, text);
    const real = files.real(path);
    // What is not there at all may be a remote folder, which `enter` says better than `load`.
    return real === undefined
      ? !/^https?:/i.test(text) && !/\.(ya?ml|json)$/.test(text)
      : files.isDirectory(real);
  }

  private withBase(current: Accumulation, entry: ScalarNode): Accumulation {
    const base = this.baseOf(entry);
    const objects = append(current.objects, base.accumulation.objects);
    const config = mergeAt(entry, current.config, base.accumulation.config);
    const variables = mergeVariables(current.variables, base.accumulation.variables);
    return { objects, config, variables };
  }

  private baseOf(entry: ScalarNode): Base {
    const { progress, tracking } = this;
    const loader = this.loader.enter(entry);
    const next = follow(tracking, entry.text);
    const key = [
      loader.root,
      `${this.keyOfOpenApi()} ${progress.hasUnknownKind}`,
      next === undefined ? '' : `${next.path}\n${originKey(next.place)}`,
    ].join('\n');
    let base = progress.bases.get(key);
    if (base === undefined) {
      base = this.build(loader, entry, next);
      progress.bases.set(key, base);
    } else {
      for (const { root, place } of base.visited) {
        if (cycleOf(this.loader.chain, root) !== undefined) {
          failAt(place, 'Path leads back to a folder that is already being built: cycle detected');
        }
      }
    }
    loader.files.note(base.asked);
    progress.openApi = base.openApi;
    progress.hasUnknownKind = base.hasUnknownKind;
    progress.warnings.push(...base.warnings);
    progress.effects.push(...base.effects);
    progress.visited.push({ root: loader.root, place: entry.place }, ...base.visited);
    return base;
  }

  private keyOfOpenApi(): number {
    const { keys, openApi } = this.progress;
    let key = keys.get(openApi);
    if (key === undefined) {
      key = keys.size;
      keys.set(openApi, key);
    }
    return key;
  }

  private build(loader: Loader, entry: ScalarNode, tracking: Tracking | undefined): Base {
    const progress: Progress = { ...this.progress, warnings: [], effects: [], visited: [] };
    const asked = new Set<string>();
    const accumulation = loader.files.noting(asked, () =>
      this.child(loader, entry, tracking, progress, false).accumulate(NOTHING),
    );
    return {
      accumulation,
      openApi: progress.openApi,
      hasUnknownKind: progress.hasUnknownKind,
      warnings: progress.warnings,
      effects: progress.effects,
      visited: progress.visited,
      asked,
    };
  }

  private child(
    loader: Loader,
    entry: ScalarNode,
    tracking: Tracking | undefined,
    progress: Progress,
    asComponent: boolean,
  ): Target {
    const { kustomization, file, warnings } = loadKustomization(loader, entry);
    progress.warnings.push(...warnings);
    const { openApi, hasUnknownKind } = progress;
    progress.openApi = chosenOpenApi(loader, kustomization.openapi, hasUnknownKind, openApi);
    if (isComponent(kustomization) !== asComponent) {
      const message = asComponent
        ? `Expected kind 'Component' for path "${entry.text}" but got 'Kustomization'`
        : `Expected kind != 'Component' for path "${entry.text}": list it under "components"`;
      failAt(entry.place, message);
    }
    return new Target(loader, kustomization, file, tracking, progress);
  }

  /** A component works on everything that its parent holds so far. */
  private withComponent(current: Accumulation, entry: ScalarNode): Accumulation {
    const loader = this.loader.enter(entry);
    this.progress.visited.push({ root: loader.root, place: entry.place });
    const tracking = follow(this.tracking, entry.text);
    const result = this.child(loader, entry, tracking, this.progress, true).accumulate(current);
    // What it comes to is added to nothing once more, which drops specs that an earlier one stands for.
    return { ...result, config: mergeAt(entry, emptyConfig, result.config) };
  }

  private withGenerated(objects: readonly BuildObject[]): readonly BuildObject[] {
    const { kustomization, loader, tracking } = this;
    const { scopes } = this.openApi;
    let result = objects;
    const add = (kind: 'ConfigMap' | 'Secret', generators: readonly GeneratorArguments[] | undefined) => {
      for (const generator of generators ?? []) {
        const object = generate(kind, loader, generator, kustomization.generatorOptions, scopes);
        result = absorbAll(result, withMakerOrigin([object], tracking, this.maker(`${kind}Generator`)));
      }
    };
    add('ConfigMap', kustomization.configMapGenerator);
    add('Secret', kustomization.secretGenerator);
    for (const plugin of this.plugins(kustomization.generators ?? [])) {
      const generated = loadGenerator(plugin, loader, scopes)();
      result = absorbAll(result, withMakerOrigin(generated, tracking, makerOf(plugin)));
    }
    return result;
  }

  private transformed({ objects, config }: Accumulation): readonly BuildObject[] {
    const { kustomization, loader, tracking, openApi } = this;
    const { effects } = this.progress;
    const note: NoteTarget = (place, blamed) => {
      const entry = { field: 'replacements', place } as const;
      effects.push(blamed === undefined ? { entry, changed: true } : { entry, changed: false, blamed });
    };
    let result = objects;
    for (const { kind, transform, entry, twice } of sharedTransformers(
      kustomization,
      loader,
      config,
      openApi,
    )) {
      this.noteTwice(twice ?? []);
      const made = transform(result, note);
      if (entry !== undefined) effects.push(effectOf(entry, result, made));
      result = withTransformation(made, tracking, this.maker(kind));
    }
    for (const plugin of this.plugins(kustomization.transformers ?? [])) {
      result = withTransformation(
        loadTransformer(plugin, loader, openApi)(result),
        tracking,
        makerOf(plugin),
      );
    }
    return result;
  }

  private validate(objects: readonly BuildObject[]): void {
    for (const plugin of this.plugins(this.kustomization.validators ?? [])) {
      const validated = loadTransformer(plugin, this.loader, this.openApi)(objects);
      if (!isUnchangedButForLabel(objects, validated)) {
        failAt(plugin.root.place, "Validator shouldn't modify the resource map");
      }
    }
  }

  /** Configurations of generators, transformers or validators: written in place, or in files and folders. */
  private plugins(entries: readonly ScalarNode[]): readonly BuildObject[] {
    const { scopes } = this.openApi;
    let inline: readonly BuildObject[] = [];
    const paths: ScalarNode[] = [];
    for (const entry of entries) {
      const objects = readInline(entry, scopes);
      if (objects === undefined) paths.push(entry);
      else inline = append(inline, withFileOrigin(objects, this.tracking, this.fileName));
    }
    return this.withResources({ ...NOTHING, objects: inline }, paths).objects;
  }
}

function originKey(place: Place): string {
  return `${place.source.file}:${place.start}`;
}

/** A transformer gives the very same objects for what it leaves alone, but for a note of a patch that spared them. */
function differ(before: readonly BuildObject[], after: readonly BuildObject[]): boolean {
  return (
    before.length !== after.length ||
    before.some((object, index) => {
      const next = after[index]!;
      return object !== next && object.state.sparedBy === next.state.sparedBy;
    })
  );
}
