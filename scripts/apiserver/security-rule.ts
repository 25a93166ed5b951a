import { serverRule } from './rule.ts';

export const REFUSED_SECURITY_CONTEXT = serverRule({
  id: 'refused-security-context',
  title: 'Security context that the API server refuses',
  why: 'Settings that contradict each other, or that the operating system of the pod lacks, are refused rather than guessed.',
  fix: 'Take one of the contradicting settings out.',
  covers: [
    'ids of users and groups from 0 to 2147483647',
    'seccomp and AppArmor profiles: their type, and a local profile exactly with Localhost',
    '`allowPrivilegeEscalation: false` excludes `privileged` and `CAP_SYS_ADMIN`',
    'policies for file systems, groups and SELinux are known ones',
    "sysctls: names, each once, none of a namespace that is the host's",
    'settings of Windows on Linux and the reverse, `hostProcess`, `runAsUserName`, credentials',
    'host namespaces with `hostUsers: false` and `shareProcessNamespace`',
  ],
});
