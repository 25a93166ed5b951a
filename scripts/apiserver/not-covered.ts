/** What the API server may refuse and the rules here leave out, with the reason; Markdown. */
export const NOT_COVERED: readonly (readonly [what: string, reason: string])[] = [
  [
    'Whether a referenced object is there (ServiceAccount, PriorityClass, RuntimeClass, namespace)',
    'Rules of category `reference` look at that; the server itself only asks for it when a pod is made.',
  ],
  [
    'Cluster IPs, node ports and names that are taken, addresses outside the range of the cluster',
    'Only the running cluster knows. A node port outside 30000–32767 and a wish for IPv6 are warnings.',
  ],
  [
    'What MutatingAdmissionPolicies would change',
    'Their expressions are compiled, but not applied: the objects that other rules see are those in git.',
  ],
  [
    'Rules of definitions that compare with the object as it was (`oldSelf`)',
    'They hold for every new object; changes are compared for fields that built-in kinds do not let change.',
  ],
  [
    'Webhooks, and permissions of whoever applies (RBAC escalation)',
    'Both are answers of programs and accounts that are not in git.',
  ],
  [
    'Fields of features that are off by default (`podCertificate` and `clusterTrustBundle` volumes, `stopSignal`, gang scheduling)',
    'The server drops such a field before it looks; what remains is judged.',
  ],
  [
    'ResourceQuotas with scopes, and quotas of `count/…` and of storage classes',
    'Which pods a scope selects depends on what admission sets later; counts of other kinds change at run time.',
  ],
  [
    'Kinds that controllers write (Node, Event, ControllerRevision, CSINode, VolumeAttachment, CertificateSigningRequest) and those of dynamic resource allocation and flow control',
    'A GitOps repository does not hold them. Their metadata is checked as that of any object.',
  ],
  [
    'An update against the state of the cluster',
    'Updates are compared with what was declared at the merge base. A field that a controller or a person changed in the cluster is not known.',
  ],
  [
    'The size of a whole request (3 MiB) and of an object in etcd (1.5 MiB)',
    'The bytes depend on managed fields and on the encoding. ConfigMaps and Secrets are held to their own limit of 1 MiB.',
  ],
];
