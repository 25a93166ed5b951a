import {
  fieldOf,
  type MappingNode,
  mappingNode,
  type ScalarNode,
  stringNode,
  withContent,
  withField,
  withItem,
  withOthers,
  type YamlNode,
} from '../yaml/node.ts';
import { asPlugin, integer, list, shape, text } from './decode.ts';
import { overwrite } from './edit.ts';
import { failAt } from './failure.ts';
import type { Loader } from './loader.ts';
import { moveInto } from './namespace.ts';
import { type BuildObject, type Transformer, withRoot } from './object.ts';
import { selectObjects } from './selector.ts';
import { selectorShape } from './selector-fields.ts';

export const valueTargetShape = shape({
  selector: selectorShape,
  fieldPath: text,
  filePathPosition: integer,
});
type ValueTarget = ReturnType<typeof valueTargetShape>;

const targetsFile = shape({ targets: list(valueTargetShape) });

interface ValueAdd {
  readonly value?: ScalarNode;
  readonly targets?: readonly ValueTarget[];
  readonly targetFilePath?: ScalarNode;
  readonly node: MappingNode;
}

/** Writes one value to fields of selected objects, or into the file paths that they hold. */
export function valueAddTransformer(
  { value, targets, targetFilePath, node }: ValueAdd,
  loader: Loader,
): Transformer {
  const trimmed = value?.text.trim() ?? '';
  const folder = loader.root.slice(loader.root.lastIndexOf('/') + 1);
  const added: ScalarNode =
    value !== undefined && trimmed !== '' ? withContent(value, trimmed) : stringNode(folder, node.place);
  const all = [...(targets ?? []), ...(targetFilePath?.text ? readTargets(loader, targetFilePath) : [])];
  if (all.length === 0) failAt(node.place, 'Must specify at least one target');
  for (const target of all) {
    if (!target.fieldPath?.text) failAt(target.node.place, 'Field "fieldPath" cannot be empty');
    if (target.filePathPosition?.text.startsWith('-')) {
      failAt(target.filePathPosition.place, 'Value of FilePathPosition cannot be negative');
    }
  }
  return (objects) => all.reduce((result, target) => addTo(result, target, added), objects);
}

function readTargets(loader: Loader, path: ScalarNode): readonly ValueTarget[] {
  const document = loader.files.configuration(loader.load(path))[0];
  const problem = document?.problems[0];
  if (problem !== undefined) failAt(problem.place, problem.message);
  return document?.root === undefined ? [] : (targetsFile(document.root, '', asPlugin).targets ?? []);
}

function addTo(
  objects: readonly BuildObject[],
  target: ValueTarget,
  value: ScalarNode,
): readonly BuildObject[] {
  const selected =
    target.selector === undefined ? undefined : new Set(selectObjects(objects, target.selector));
  const path = target.fieldPath!;
  const position = Number(target.filePathPosition?.text ?? 0);
  const added = withOthers(value, [...value.others, target.node.place]);
  return objects.map((object) => {
    if (selected !== undefined && !selected.has(object)) return object;
    if (path.text === 'metadata/namespace') {
      return moveInto(object, {
        namespace: value,
        fieldSpecs: [],
        unsetOnly: false,
        subjects: 'defaultOnly',
        entry: target.node.place,
      });
    }
    const root = setAt(object.root, stepsOf(path.text), added, position);
    return root.kind === 'mapping' ? withRoot(object, root) : object;
  });
}

/** `a/b\/c`: a backslash keeps a slash in a name. */
function stepsOf(path: string): readonly string[] {
  const steps: string[] = [];
  for (const part of path.split('/')) {
    const last = steps.at(-1);
    if (last?.endsWith('\\')) steps[steps.length - 1] = `${last.slice(0, -1)}/${part}`;
    else steps.push(part);
  }
  return steps.filter((step) => step !== '');
}

function setAt(node: YamlNode, steps: readonly string[], value: ScalarNode, position: number): YamlNode {
  const [step, ...rest] = steps;
  if (step === undefined) {
    if (node.kind !== 'scalar')
      return failAt(node.place, 'A value can only be added to a scalar: wrong node kind');
    const text = position > 0 ? insertPart(node.text, position - 1, value.text) : value.text;
    const others = position > 0 ? [...value.others, node.place, ...node.others] : value.others;
    return overwrite(node, { text, tag: undefined, place: value.place, others });
  }
  if (node.kind === 'sequence' && /^\d+$/.test(step)) {
    const item = node.items[Number(step)];
    if (item === undefined) return node;
    return withItem(node, Number(step), setAt(item, rest, value, position));
  }
  if (node.kind !== 'mapping' || /^\d+$/.test(step))
    return failAt(node.place, `Field "${step}" is looked for in what is no mapping: wrong node kind`);
  const child = fieldOf(node, step);
  const made = rest.length === 0 ? stringNode('', value.place) : mappingNode([], value.place);
  return withField(node, step, setAt(child ?? made, rest, value, position), stringNode(step, value.place));
}

/** Puts a name into a file path: 0 before the first, a large position after the last. An absolute path stays one. */
function insertPart(path: string, position: number, part: string): string {
  const isAbsolute = path.startsWith('/');
  const parts = path.split('/').filter((name) => name !== '');
  parts.splice(Math.min(position, parts.length), 0, part);
  return (isAbsolute ? '/' : '') + parts.join('/');
}
