import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Share, ShareResult } from './judge-clusters.ts';
import { fromMessage, type ShareMessage } from './share-message.ts';

/** How clusters may be judged in other threads. */
export interface ThreadOptions {
  /** Absolute paths of the program that judges a share, and of what loads it. */
  readonly program: string;
  readonly loader: string;
  /** With the one that asks; as many as pay, unless given. */
  readonly count: number | undefined;
}

/** Clusters that one thread judges in the time that another takes to start. */
const WORTH_A_THREAD = 12;
const MOST = 8;

/** What a cluster comes to outlives several of the collections that V8 makes of a small young generation. */
const resourceLimits = { maxYoungGenerationSizeMb: 96 };

interface Thread {
  readonly worker: Worker;
  readonly result: Promise<ShareResult>;
}

/** Threads beside the one that asks. */
export class ThreadPool {
  readonly #options: ThreadOptions;
  #waiting: Thread[] = [];

  constructor(options: ThreadOptions) {
    this.#options = options;
  }

  /** Starts the threads that these clusters are worth: they load while something else is waited for. */
  prepare(clusters: number): void {
    const count = threadCount(clusters, this.#options.count) - 1;
    while (this.#waiting.length < count) this.#waiting.push(startThread(this.#options));
  }

  /** Has as many threads as a share is worth judge it; none where it is best judged by the one that asks. */
  judge(share: Share): readonly Promise<ShareResult>[] {
    this.prepare(share.names.length);
    const threads = this.#waiting;
    this.#waiting = [];
    return threads.map(({ worker, result }) => {
      worker.ref();
      worker.postMessage(share);
      return result;
    });
  }
}

/** @param wanted however many clusters there are */
function threadCount(clusters: number, wanted: number | undefined): number {
  if (wanted !== undefined) return Math.max(1, Math.min(wanted, clusters));
  return Math.max(1, Math.min(availableParallelism(), MOST, Math.floor(clusters / WORTH_A_THREAD)));
}

/** Nobody waits for a thread that is given nothing to do. */
function startThread({ program, loader }: ThreadOptions): Thread {
  const worker = new Worker(loader, { argv: [program], resourceLimits });
  const result = new Promise<ShareResult>((resolve, reject) => {
    worker.once('message', (message: ShareMessage) => resolve(fromMessage(message)));
    worker.once('error', reject);
    worker.once('messageerror', reject);
    worker.once('exit', (code) => reject(new Error(`A thread ended with ${code} and gave no answer`)));
  });
  // After the listeners, since one for messages makes the process wait again.
  worker.unref();
  // Whoever gave it a share is told.
  result.catch(() => undefined);
  return { worker, result };
}
