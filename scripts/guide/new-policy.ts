/** The files of a policy that does something already, to be made into another. */
export function newPolicy(id: string): Readonly<Record<'policy.ts' | 'pass.yaml' | 'fail.yaml', string>> {
  return {
    'policy.ts': `import type { PodPolicy } from '../../scripts/core/policy.ts';

export default {
  id: '${id}',
  of: 'pod',
  severity: 'warning',
  default: 'off',
  title: 'Containers of the pod see each other’s processes',
  why: 'Say what happens to whom when nobody mends it.',
  fix: 'Say what to write in its place.',

  *check(spec) {
    if (spec.shareProcessNamespace !== true) return;
    yield { at: ['shareProcessNamespace'], message: 'Pod shares its processes between its containers' };
  },
} satisfies PodPolicy;
`,
    'pass.yaml': `# Here the policy must be silent.
${pod('')}`,
    'fail.yaml': `# Each comment that begins with "expect:" stands on the line of a finding and says its whole message.
${pod('  shareProcessNamespace: true # expect: Pod shares its processes between its containers\n')}`,
  };
}

function pod(field: string): string {
  return `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
${field}  containers:
    - name: web
      image: example.org/web:1
`;
}
