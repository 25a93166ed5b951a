import type { Rule } from '../core/finding.ts';

/** What can be wrong before there is an object to look at. */
export const doesNotBuild: Rule = {
  id: 'kustomization-does-not-build',
  category: 'kustomize',
  severity: 'error',
  title: 'Kustomize cannot build this folder',
  why: 'Argo CD runs the same build: the sync would fail and the region would stay at its last state.',
  fix: 'Mend the line that the message names, then run "npm run render -- <folder>".',
};

export const patchChangesNothing: Rule = {
  id: 'patch-changes-nothing',
  category: 'kustomize',
  severity: 'warning',
  title: 'Patch changes nothing in any cluster',
  why: 'Kustomize says nothing when a patch matches no object, so a misspelled name or kind leaves every region without the change.',
  fix: 'Correct the name, kind or selector that the patch aims at, or delete the patch.',
};

export const imageChangesNothing: Rule = {
  id: 'image-entry-changes-nothing',
  category: 'kustomize',
  severity: 'warning',
  title: 'Entry of "images" changes nothing in any cluster',
  why: 'Kustomize says nothing when no container has an image of that name, so a misspelled name leaves the old version running.',
  fix: 'Write "name" as the manifests write the image, without tag and digest, or delete the entry.',
};

export const replacementSelectsNothing: Rule = {
  id: 'replacement-selects-nothing',
  category: 'kustomize',
  severity: 'warning',
  title: 'Target of a replacement selects no object in any cluster',
  why: 'Kustomize says nothing when a target selects nothing, so a misspelled name or kind leaves the old value in place.',
  fix: 'Correct the kind, name or other fields of "select", or delete the target.',
};

export const keyWrittenTwice: Rule = {
  id: 'key-written-twice',
  category: 'kustomize',
  severity: 'error',
  title: 'Key is written twice in one mapping',
  why: 'Kustomize takes one of the two values and says nothing: the last in a kustomization and a JSON patch, the first in a merge patch and in what is kept out of the cluster.',
  fix: 'Delete the value that is not meant.',
};

export const noResources: Rule = {
  id: 'no-resources',
  category: 'kustomize',
  severity: 'error',
  title: 'Nothing to apply: no object is there',
  why: 'Nothing to apply is nothing to prove, and with pruning Argo CD would delete what the folder once held.',
  fix: 'Add the missing manifests or "resources", or remove what is empty and the Application that names it.',
};

export const applicationPathMissing: Rule = {
  id: 'application-path-missing',
  category: 'argo-cd',
  severity: 'error',
  title: 'Application names a path that does not exist',
  why: 'Argo CD cannot compare or sync such an Application, so the region drifts in silence.',
  fix: 'Correct "path", or add the folder.',
};

export const applicationSourceUnknown: Rule = {
  id: 'application-source-unknown',
  category: 'argo-cd',
  severity: 'error',
  title: 'Application syncs from a repository that is not checked here',
  why: 'What comes from elsewhere can change without a review here, and nothing here can prove it.',
  fix: 'Use the URL in package.json\'s "repository", or a Helm chart with a pinned version.',
};

export const applicationInlineOptions: Rule = {
  id: 'application-inline-options',
  category: 'argo-cd',
  severity: 'error',
  title: 'Application changes the manifests while it syncs',
  why: 'Options inside an Application are applied after everything that is checked here, so what syncs is not what was proved.',
  fix: 'Write the change into the kustomization that the Application names.',
};

export const applicationOtherRevision: Rule = {
  id: 'application-other-revision',
  category: 'argo-cd',
  severity: 'error',
  title: 'Application follows another revision than the main branch',
  why: 'A region that follows another branch or commit gets releases at another time, and unchecked.',
  fix: 'Set "targetRevision: refs/heads/main".',
};

export const chartNotPinned: Rule = {
  id: 'chart-not-pinned',
  category: 'argo-cd',
  severity: 'error',
  title: 'Helm chart has no exact version',
  why: 'A range takes whatever was published last: two regions get two versions, and nobody decided on either.',
  fix: 'Write the one version that was tried as "targetRevision".',
};

export const unreachedFile: Rule = {
  id: 'unreached-file',
  category: 'fleet',
  severity: 'error',
  title: 'File is part of no cluster',
  why: 'A file that nothing reads looks like desired state and is not: a change to it does nothing, and no check sees it.',
  fix: 'Name it under "resources" (or "components", "patches") of a kustomization that a cluster reaches, or delete it.',
};

export const DISCOVERY_RULES: readonly Rule[] = [
  doesNotBuild,
  patchChangesNothing,
  imageChangesNothing,
  replacementSelectsNothing,
  keyWrittenTwice,
  noResources,
  applicationPathMissing,
  applicationSourceUnknown,
  applicationInlineOptions,
  applicationOtherRevision,
  chartNotPinned,
  unreachedFile,
];
