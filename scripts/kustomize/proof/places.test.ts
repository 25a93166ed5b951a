/**
 * Places are proved: one scalar of a random source file is changed and the case rendered again. Every output value that
 * changed names that scalar among its places; and another value at the first place of a value gives that value.
 * `ROUNDS`, `SEED` and `KUSTOMIZE_CASES` (a folder of cases) make a run longer or another.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Failure } from '../../core/failure.ts';
import type { Origin } from '../../core/origin.ts';
import { toFieldPath } from '../../core/path.ts';
import type { Resource } from '../../core/resource.ts';
import { valueAt } from '../../core/value.ts';
import type { Source } from '../../yaml/node.ts';
import { type Case, type Copy, casesIn, copyOf, filesIn } from './case.ts';
import { type Change, outputChanges, type Spot, spotsOf } from './output-difference.ts';
import { Random } from './random.ts';
import { editCharacter, editScalar, isYaml, type ScalarEdit, scalarsIn } from './scalar-edit.ts';

const { KUSTOMIZE_CASES = 'scripts/kustomize/cases', ROUNDS = '150', SEED = '1' } = process.env;
/** Whether its references still know an object's former names is told by a patch of another object's annotations. */
const FORGETTING = 'patch-of-all-annotations-forgets-names';
const cases = casesIn(KUSTOMIZE_CASES).filter(({ name, refused }) => !refused && name !== FORGETTING);

/** Fields that choose what others are about: an object's identity, and the keys by which list elements are merged. */
const SELECTING = new Set([
  ...['apiGroup', 'apiVersion', 'kind', 'name', 'namespace', 'generateName', '$patch'],
  ...[
    'containerPort',
    'devicePath',
    'id',
    'ip',
    'mountPath',
    'port',
    'protocol',
    'topologyKey',
    'type',
    'uid',
  ],
  ...[
    'whenUnsatisfiable',
    'definitions',
    'labels',
    'annotations',
    'matchLabels',
    'selector',
    'finalizers',
    'podCIDRs',
  ],
]);

interface Outcome {
  readonly kind: 'refused' | 'nothing' | 'proved' | 'wrong';
  readonly message?: string;
}

if (cases.length > 0) {
  test('every value of every output has a place in a file', () => {
    for (const one of cases) {
      const copy = copyOf(one);
      try {
        const wrong = copy
          .render()
          .resources.flatMap((resource) => spotsOf(resource).filter((spot) => !isPlaced(copy, spot)));
        assert.equal(
          wrong.map(({ path }) => `${one.name}: ${toFieldPath(path)}`),
          [],
        );
      } finally {
        copy.remove();
      }
    }
  });

  test('a changed scalar is among the places of every value that it changes', () => prove(changedRound, 0.2));
  test('the first place of a value is where to change it', () => prove(firstPlaceRound, 0.2));
}

/** Runs the rounds, and demands that a fair share of them could prove something. */
function prove(round: (copy: Copy, random: Random) => Outcome, share: number): void {
  const wrong: string[] = [];
  let proved = 0;
  for (let index = 0; index < Number(ROUNDS); index++) {
    const seed = Number(SEED) * 1_000_003 + index;
    const random = new Random(seed);
    const chosen: Case = random.pick(cases);
    const copy = copyOf(chosen);
    try {
      const { kind, message } = round(copy, random);
      if (kind === 'wrong') wrong.push(`seed ${seed}, ${chosen.name}: ${message}`);
      if (kind === 'proved') proved++;
    } finally {
      copy.remove();
    }
  }
  assert.equal(wrong, []);
  assert.ok(proved >= Number(ROUNDS) * share, `only ${proved} of ${ROUNDS} rounds proved something`);
}

function changedRound(copy: Copy, random: Random): Outcome {
  const before = copy.render().resources;
  const source = sourceIn(copy, random.pick(filesIn(copy.folder)));
  const edit = editIn(source, random);
  if (edit === undefined) return { kind: 'nothing' };
  const after = rendered(copy, edit);
  if (after === undefined) return { kind: 'refused' };
  const changes = outputChanges(before, after);
  const wrong = changes.find((change) => !isExplained(change, edit));
  if (wrong !== undefined) {
    const at = wrong.before ?? wrong.after;
    return {
      kind: 'wrong',
      message: `${whereOf(edit)} changes ${at?.resource.id.kind} ${toFieldPath(at?.path ?? [])}`,
    };
  }
  return { kind: changes.length === 0 ? 'nothing' : 'proved' };
}

function firstPlaceRound(copy: Copy, random: Random): Outcome {
  const before = copy.render().resources;
  const spots = before.flatMap(spotsOf);
  if (spots.length === 0) return { kind: 'nothing' };
  const spot = random.pick(spots);
  const [first] = spot.resource.originsOf(spot.path);
  const source = sourceIn(copy, first!.file);
  const scalar = isYaml(source.file)
    ? scalarsIn(source).find(
        (each) => each.origin.line === first!.line && each.origin.column === first!.column,
      )
    : undefined;
  // Over several lines, what is written and what it means differ in more than quotes.
  if (scalar === undefined || scalar.origin.line !== scalar.origin.endLine) return { kind: 'nothing' };
  const whole = String(valueAt(spot.resource.manifest, spot.path)) === scalar.node.text;
  const edit = whole ? editScalar(source, scalar, random) : undefined;
  if (edit === undefined) return { kind: 'nothing' };
  const after = rendered(copy, edit);
  if (after === undefined) return { kind: 'refused' };
  const old = valueAt(spot.resource.manifest, spot.path);
  const changes = outputChanges(before, after);
  const change = changes.find(
    ({ before: at }) => at?.resource === spot.resource && toFieldPath(at.path) === toFieldPath(spot.path),
  );
  const value = change?.after && valueAt(change.after.resource.manifest, change.after.path);
  const gives = ({ after: at }: Change) =>
    at && String(valueAt(at.resource.manifest, at.path)) === edit.value;
  // An element that a patch repeats by its key stays, beside the one of the new key.
  if (change === undefined ? changes.some(gives) : value === undefined || String(value) === edit.value)
    return { kind: 'proved' };
  return {
    kind: 'wrong',
    message: `${whereOf(edit)} should change ${spot.resource.id.kind} ${toFieldPath(spot.path)} from ${String(old)}, but it is ${String(change === undefined ? old : value)}`,
  };
}

function isPlaced(copy: Copy, { resource, path }: Spot): boolean {
  const names = new Set(filesIn(copy.folder));
  const origins = resource.originsOf(path);
  return (
    origins.length > 0 && origins.every(({ file, line, column }) => names.has(file) && line > 0 && column > 0)
  );
}

/** Whether a value that changed, or the object or element around it, names the scalar before or after the edit. */
function isExplained({ before, after }: Change, edit: ScalarEdit): boolean {
  const sides = [
    { spot: before, at: edit.before, around: edit.aroundBefore },
    { spot: after, at: edit.after, around: edit.aroundAfter },
  ];
  // With another name, other entries select the object: what they change names them beside its own place.
  const isRenamed =
    before !== undefined && after !== undefined && before.resource.id.name !== after.resource.id.name;
  return sides.some(({ spot, at, around }) => {
    if (spot === undefined) return false;
    const origins = spot.resource.originsOf(spot.path);
    if (origins.some((origin) => isWithin(origin, at) || isWithin(at, origin))) return true;
    if (isRenamed && origins.length > 1) return true;
    if (!edit.path.some((step) => SELECTING.has(String(step)))) return false;
    if (origins.some((origin) => isWithin(origin, around))) return true;
    return spot.path.some((_, depth) =>
      spot.resource.originsOf(spot.path.slice(0, depth)).some((origin) => isWithin(at, origin)),
    );
  });
}

function isWithin(inner: Origin, outer: Origin): boolean {
  if (inner.file !== outer.file) return false;
  const starts = inner.line > outer.line || (inner.line === outer.line && inner.column >= outer.column);
  const ends =
    inner.endLine < outer.endLine || (inner.endLine === outer.endLine && inner.endColumn <= outer.endColumn);
  return starts && ends;
}

function sourceIn(copy: Copy, file: string): Source {
  return { file, text: readFileSync(join(copy.folder, file), 'utf8') };
}

function editIn(source: Source, random: Random): ScalarEdit | undefined {
  if (!isYaml(source.file)) return editCharacter(source, random);
  const scalars = scalarsIn(source);
  return scalars.length === 0 ? undefined : editScalar(source, random.pick(scalars), random);
}

/** The output after an edit; undefined where it is refused. */
function rendered(copy: Copy, { file, text }: ScalarEdit): readonly Resource[] | undefined {
  writeFileSync(join(copy.folder, file), text);
  try {
    return copy.render().resources;
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}

function whereOf({ file, before, path, value }: ScalarEdit): string {
  return `${file}:${before.line} (${toFieldPath(path)} becomes ${value.slice(0, 40)})`;
}

test.run();
