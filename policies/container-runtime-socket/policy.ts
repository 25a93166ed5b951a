import { mapping, mappings, text } from '../../scripts/core/fields.ts';
import type { PodPolicy } from '../../scripts/core/policy.ts';

const SOCKETS = ['docker.sock', 'containerd.sock', 'crio.sock', 'cri-dockerd.sock'];

export default {
  id: 'container-runtime-socket',
  of: 'pod',
  severity: 'error',
  default: 'on',
  title: 'Pod mounts the socket of the container runtime',
  why: 'Through it a program starts any container with any right: it is root on the node.',
  fix: 'Remove the volume; build images with a tool that needs no daemon.',
  peers: ['kube-linter/docker-sock'],

  *check(spec) {
    for (const [index, volume] of mappings(spec.volumes)) {
      const path = text(mapping(volume.hostPath).path);
      if (path === undefined || !SOCKETS.some((socket) => path.endsWith(socket))) continue;
      yield {
        at: ['volumes', index, 'hostPath', 'path'],
        message: `Volume "${String(volume.name)}" mounts "${path}", the socket of the container runtime`,
      };
    }
  },
} satisfies PodPolicy;
