import { parentPort, workerData } from 'node:worker_threads';
import { openClusterJudge } from './checks/judge-cluster.ts';
import { judgeShare, type Share } from './checks/threads.ts';

// Judges a share of the clusters in a thread of its own; `validate` starts it.
const share: Share = workerData;
parentPort?.postMessage(judgeShare(share, openClusterJudge(share.options)));
