import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../core/failure.ts';
import { isMapping, type Value } from '../../core/value.ts';
import type { Restrictor } from '../loader.ts';
import { print } from '../print.ts';
import { createRenderer } from '../render.ts';
import { difference } from './difference.ts';
import { isAboutTheSame } from './same-subject.ts';

/** The cases of a folder, by name: each a folder with `case.json`, `in/`, and `expected.yaml` or `error.txt`. */
export function casesOf(dir: string): readonly string[] {
  return readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(dir, entry.name, 'case.json')))
    .map(({ name }) => name)
    .sort();
}

/** Renders a case; what differs from the answer of the real program, or undefined where nothing does. */
export function judge(dir: string, name: string): string | undefined {
  const folder = join(dir, name);
  const { target, flags, expect } = describe(join(folder, 'case.json'));
  const restrictor: Restrictor = flags.some((flag) => flag.includes('LoadRestrictionsNone'))
    ? 'LoadRestrictionsNone'
    : 'LoadRestrictionsRootOnly';
  let output: string;
  try {
    output = print(
      createRenderer({ root: join(folder, 'in'), restrictor }).render(join(folder, 'in', target)).resources,
    );
  } catch (error) {
    if (!(error instanceof Failure))
      return `a fault of the renderer: ${error instanceof Error ? error.stack : error}`;
    const said = placed(error);
    if (expect === 'output') return `expected output, got the error\n  ${said}`;
    const wanted = readFileSync(join(folder, 'error.txt'), 'utf8');
    return isAboutTheSame(wanted, said)
      ? undefined
      : `the error is about something else\n- ${wanted.trim()}\n+ ${said}`;
  }
  if (expect === 'error') {
    return `expected an error, got output\n- ${readFileSync(join(folder, 'error.txt'), 'utf8').trim()}`;
  }
  return difference(readFileSync(join(folder, 'expected.yaml'), 'utf8'), output);
}

function placed({ origin, message }: Failure): string {
  return origin === undefined ? message : `${origin.file}:${origin.line}:${origin.column}: ${message}`;
}

interface Description {
  readonly target: string;
  readonly flags: readonly string[];
  readonly expect: 'output' | 'error';
}

function describe(path: string): Description {
  let value: Value;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new Failure(`Could not read ${path}`, { cause });
  }
  const { target, flags, expect } = isMapping(value) ? value : {};
  if (typeof target !== 'string' || (expect !== 'output' && expect !== 'error')) {
    throw new Failure(`${path} lacks "target" or "expect", expected both`);
  }
  return { target, expect, flags: Array.isArray(flags) ? flags.map(String) : [] };
}
