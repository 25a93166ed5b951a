import { serverRule } from './rule.ts';

export const REFUSED_CRD = serverRule({
  id: 'refused-custom-resource-definition',
  title: 'CustomResourceDefinition that the API server refuses',
  why: 'A definition becomes an API: its names have to fit together and its schema has to be structural, or the server could neither store nor prune its objects.',
  fix: 'Give every version a structural schema (a type at each part, junctors without types), exactly one stored version, and the name `<plural>.<group>`.',
  covers: [
    'names of the group, the kind and its versions fit together',
    'exactly one version is stored, and each has a schema',
    'schemas are structural: types everywhere, nothing but value checks within `allOf`, `anyOf`, `oneOf`, `not`',
    'keywords that Kubernetes does not know, list and map types with their keys, embedded resources, defaults that satisfy their own schema',
    'rules of `x-kubernetes-validations` compile to bool, their messages to text, and their cost stays in bounds',
    'printer columns, the scale subresource, selectable fields, conversion webhooks',
  ],
});
