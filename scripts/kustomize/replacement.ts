import type { ScalarNode, YamlNode } from '../yaml/node.ts';
import { asPlugin, described, isNull, list, shape } from './decode.ts';
import { followChanges } from './edit.ts';
import { failAt } from './failure.ts';
import { type ReplacementEntry, replacementFields } from './kustomization.ts';
import type { Loader } from './loader.ts';
import type { BuildObject, NoteTarget, Transformer } from './object.ts';
import { requireUnique } from './object-set.ts';
import { applyReplacement } from './replacements.ts';

type Entry = ReplacementEntry & { readonly path?: ScalarNode };

/** `replacements`: written in place, or in files that hold one or a list of them. */
export function replacementTransformer(entries: readonly Entry[], loader: Loader): Transformer {
  const replacements = entries.flatMap((entry) => {
    const { path, source, targets } = entry;
    if (path === undefined || path.text === '') return [entry];
    if (source !== undefined || (targets?.length ?? 0) > 0) {
      failAt(path.place, 'Cannot specify both path and inline replacement');
    }
    return readReplacements(path, loader);
  });
  return (objects, note) => {
    const result = replacements.reduce(
      (current, replacement) => replaced(current, replacement, note),
      objects,
    );
    if (result.some(({ id }, index) => id.key !== objects[index]!.id.key)) requireUnique(result);
    return result;
  };
}

function replaced(
  objects: readonly BuildObject[],
  replacement: ReplacementEntry,
  note: NoteTarget | undefined,
): readonly BuildObject[] {
  const result = applyReplacement(objects, replacement, note);
  return result.map((next, index) => {
    const old = objects[index];
    return old === undefined || old === next ? next : followChanges(old, next);
  });
}

const replacementShape = shape(replacementFields);
const replacementList = list(replacementShape);

function readReplacements(path: ScalarNode, loader: Loader): readonly ReplacementEntry[] {
  const document = loader.files.configuration(loader.load(path))[0];
  const problem = document?.problems[0];
  if (problem !== undefined) failAt(problem.place, problem.message);
  const root: YamlNode | undefined = document?.root;
  if (root?.kind === 'sequence') return replacementList(root, '', asPlugin);
  if (root?.kind === 'mapping') return [replacementShape(root, '', asPlugin)];
  const what = root === undefined || isNull(root) ? 'empty' : described(root);
  return failAt(
    path.place,
    `Unsupported replacement type encountered within replacement path "${path.text}": it is ${what}`,
  );
}
