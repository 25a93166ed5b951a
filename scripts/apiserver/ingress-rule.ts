import { serverRule } from './rule.ts';

export const REFUSED_INGRESS = serverRule({
  id: 'refused-ingress',
  title: 'Ingress or IngressClass that the API server refuses',
  why: 'A host is a DNS name and a path belongs to a URL; a rule without a backend leads nowhere.',
  fix: 'Write the host without scheme and port, the path from its "/", and one backend with one port.',
  covers: [
    'a default backend or rules are there; rules have paths',
    'hosts are DNS names, wildcards only as the whole first part',
    'path types, and what each asks of the path',
    'a backend is a service with a port by name or number, or a resource',
    'names of Secrets and IngressClasses; the annotation of old and `ingressClassName` agree',
    'controller and parameters of an IngressClass',
  ],
});
