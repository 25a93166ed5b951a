import { Failure } from '../core/failure.ts';

/** What a program may touch of its process. */
export interface Terminal {
  readonly args: readonly string[];
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Standard output is a terminal and NO_COLOR is not set. */
  readonly color: boolean;
  /** Empties the screen where standard output is one. */
  readonly clear: () => void;
  /** Standard error is a terminal: progress may be shown there. */
  readonly interactive: boolean;
  /** Asks a person; yes where nobody is there to answer. */
  readonly confirm: (question: string) => Promise<boolean>;
}

/** 0 clean, 1 findings, 2 could not check. */
export type ExitCode = 0 | 1 | 2;

/**
 * Runs a program to its exit code. A Failure, and what `util.parseArgs` refuses, is printed as one message without
 * stack trace and ends in 2; so does a fault of the program itself, whose stack `PLANETARIUM_DEBUG=1` shows.
 */
export async function runEntry(main: (terminal: Terminal) => Promise<ExitCode> | ExitCode): Promise<void> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that closes early, as `head` does, is no error.
    if (error.code === 'EPIPE') process.exit();
    process.stderr.write(`Could not write to standard output: ${error.message}\n`);
    process.exit(2);
  });
  const terminal: Terminal = {
    args: process.argv.slice(2),
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    color: process.stdout.isTTY === true && !process.env.NO_COLOR,
    clear: () => void (process.stdout.isTTY === true && process.stdout.write('\u001b[2J\u001b[3J\u001b[H')),
    interactive: process.stderr.isTTY === true,
    confirm,
  };
  try {
    process.exitCode = await main(terminal);
  } catch (error) {
    terminal.err(`${describe(error)}\n`);
    process.exitCode = 2;
  }
}

function describe(error: unknown): string {
  if (process.env.PLANETARIUM_DEBUG !== undefined && error instanceof Error)
    return error.stack ?? error.message;
  if (error instanceof Failure) {
    const { origin } = error;
    return origin === undefined
      ? error.message
      : `${origin.file}:${origin.line}:${origin.column}: ${error.message}`;
  }
  if (isArgumentError(error)) return error.message;
  const message = error instanceof Error ? error.message : String(error);
  return `A fault of this program, not of your files: ${message}\nRun it again with PLANETARIUM_DEBUG=1 and report what it prints`;
}

function isArgumentError(error: unknown): error is Error {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    error.code.startsWith('ERR_PARSE_ARGS')
  );
}

async function confirm(question: string): Promise<boolean> {
  if (process.stdin.isTTY !== true || process.stderr.isTTY !== true) return true;
  const { createInterface } = await import('node:readline/promises');
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await prompt.question(`${question} [y/N] `)).trim());
  } finally {
    prompt.close();
  }
}
