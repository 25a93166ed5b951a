import { serverRule } from './rule.ts';

export const REFUSED_CONTAINER = serverRule({
  id: 'refused-container',
  title: 'Container that the API server refuses',
  why: 'A container needs a name of its own and an image, and its ports and policies must be ones that a node can carry out.',
  fix: 'Complete the container, or take out what its kind (regular or init) does not take.',
  covers: [
    'names: DNS labels, each once among regular and init containers',
    'an image; pull, restart, termination message and resize policies',
    'ports: numbers, names, protocols, host ports used once and equal to the port on the network of the host',
    'probes and hooks only on regular containers and sidecars',
    'restart rules by exit code',
  ],
});
