import { serverRule } from './rule.ts';

export const REFUSED_SERVICE = serverRule({
  id: 'refused-service',
  title: 'Service that the API server refuses',
  why: 'What a Service may say depends on its type; a field of another type, or two ports that cannot be told apart, cannot be carried out.',
  fix: 'Take out what the type does not have, and give each port a name and a number of its own.',
  covers: [
    'type, session affinity, traffic policies and distribution are known ones',
    'ports: there, named when there are several, names and numbers unique; protocols, target ports, application protocols',
    'node ports, load balancer fields and traffic policies only with the types that have them',
    'cluster IPs, families and their policy agree; external IPs and source ranges are addresses',
    '`externalName` of an ExternalName Service, which has no addresses of its own',
  ],
});
