import type { Environment, ParseResult } from '@marcbachmann/cel-js';
import { NotEvaluated } from './not-evaluated.ts';
import { isBroken } from './regex.ts';
import { rewrite } from './rewrite.ts';

/** An expression that can run, one that the server would refuse, or one that only a server can judge. */
export type Compiled =
  | { readonly is: 'program'; readonly run: ParseResult; readonly type: string }
  | { readonly is: 'problem'; readonly message: string }
  | { readonly is: 'unsupported'; readonly what: string };

/** @param names of variables that are called otherwise in the environment */
export function compile(
  source: string,
  environment: Environment,
  names?: ReadonlyMap<string, string>,
): Compiled {
  const rewritten = rewrite(source, names);
  if ('unsupported' in rewritten) return { is: 'unsupported', what: rewritten.unsupported };
  try {
    const run = environment.parse(rewritten.text);
    const checked = run.check();
    if (!checked.valid) return { is: 'problem', message: summaryOf(checked.error) };
    const literal = wrongLiteral(run.ast, environment);
    if (literal !== undefined) return { is: 'problem', message: literal };
    return { is: 'program', run, type: checked.type ?? 'dyn' };
  } catch (error) {
    return { is: 'problem', message: summaryOf(error) };
  }
}

/** The message without the library's drawing of the place. */
function summaryOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const line = message
    .split('\n')[0]!
    .replaceAll('matchesRe2', 'matches')
    .replaceAll('has_', 'has')
    .replace(/\bSelf\d+\b/g, 'object')
    .replace(/\b(self|oldSelf)\d+\b/g, '$1');
  return `${line[0]?.toLowerCase() ?? ''}${line.slice(1)}`;
}

/** Literal arguments that can never be read: the server looks at them when it compiles. */
function wrongLiteral(node: unknown, environment: Environment): string | undefined {
  if (typeof node !== 'object' || node === null) return undefined;
  if (Array.isArray(node)) {
    for (const item of node) {
      const found = wrongLiteral(item, environment);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (!('op' in node) || !('args' in node)) return undefined;
  const { op, args } = node;
  if (Array.isArray(args)) {
    const [name] = args;
    if (op === 'rcall' && name === 'matchesRe2') {
      const pattern = literalOf(args[2]?.[0]);
      if (pattern !== undefined && isBroken(pattern)) return `"${pattern}" is no regular expression`;
    } else if (op === 'call' && (name === 'timestamp' || name === 'duration')) {
      const text = literalOf(args[1]?.[0]);
      if (text !== undefined && !reads(name, text, environment)) return `"${text}" is no ${name}`;
    }
  }
  return wrongLiteral(args, environment);
}

function literalOf(node: unknown): string | undefined {
  if (typeof node !== 'object' || node === null || !('op' in node) || !('args' in node)) return undefined;
  return node.op === 'value' && typeof node.args === 'string' ? node.args : undefined;
}

function reads(name: string, text: string, environment: Environment): boolean {
  try {
    environment.evaluate(`${name}(${JSON.stringify(text)})`);
    return true;
  } catch {
    return false;
  }
}

/** What an expression came to. */
export type Outcome =
  | { readonly is: 'value'; readonly value: unknown }
  | { readonly is: 'error'; readonly message: string }
  | { readonly is: 'not-evaluated'; readonly what: string };

export function evaluate(compiled: Compiled, variables: Readonly<Record<string, unknown>>): Outcome {
  if (compiled.is === 'unsupported') return { is: 'not-evaluated', what: compiled.what };
  if (compiled.is === 'problem') return { is: 'error', message: compiled.message };
  try {
    return { is: 'value', value: compiled.run(variables) };
  } catch (error) {
    if (error instanceof NotEvaluated) return { is: 'not-evaluated', what: error.message };
    return { is: 'error', message: summaryOf(error) };
  }
}
