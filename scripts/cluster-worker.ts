import { parentPort } from 'node:worker_threads';
import { openClusterJudge } from './checks/judge-cluster.ts';
import { judgeShare, type Share } from './checks/judge-clusters.ts';
import { toMessage } from './checks/share-message.ts';

// Judges a share of the clusters in a thread of its own; `validate` starts it, and then says which.
parentPort?.once('message', (share: Share) => {
  parentPort?.postMessage(toMessage(judgeShare(share, openClusterJudge(share.options))));
});
