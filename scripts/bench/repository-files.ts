import { applicationFiles, type GeneratedFile } from './application-files.ts';
import { type PlantedFault, plantFaults } from './planted-faults.ts';

export interface Size {
  readonly regions: number;
  /** Applications in every region, 20 objects each. */
  readonly apps: number;
  /** How many faults to plant. */
  readonly faults: number;
}

export interface GeneratedRepository {
  readonly files: ReadonlyMap<string, string>;
  readonly faults: readonly PlantedFault[];
}

const REPOSITORY = 'https://github.com/planetarium/benchmark';

/** A repository in this layout. The same size gives the same bytes. */
export function generateRepository(size: Size): GeneratedRepository {
  const files = new Map<string, string>();
  files.set(
    'package.json',
    `${JSON.stringify({ name: 'benchmark', private: true, repository: REPOSITORY }, undefined, 2)}\n`,
  );
  const apps = names('app', size.apps);
  const regions = names('region', size.regions);
  for (const app of apps) addAll(files, `base/${app}`, applicationFiles(app));
  addAll(files, 'base/graceful', GRACEFUL);
  for (const region of regions) {
    addAll(files, `clusters/${region}`, clusterFiles(region, apps));
    for (const app of apps) addAll(files, `overlays/${region}/${app}`, overlayFiles(region, app));
  }
  return { files, faults: plantFaults(files, size.faults, regions, apps) };
}

function names(prefix: string, count: number): readonly string[] {
  const width = String(count - 1).length;
  return Array.from({ length: count }, (_, index) => `${prefix}-${String(index).padStart(width, '0')}`);
}

function addAll(files: Map<string, string>, dir: string, added: readonly GeneratedFile[]): void {
  for (const [path, content] of added) files.set(`${dir}/${path}`, content);
}

/** A Component that every overlay uses. */
const GRACEFUL: readonly GeneratedFile[] = [
  [
    'kustomization.yaml',
    `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
patches:
  - target:
      kind: Deployment
    patch: |-
      - op: replace
        path: /spec/revisionHistoryLimit
        value: 3
`,
  ],
];

function overlayFiles(region: string, app: string): readonly GeneratedFile[] {
  return [
    [
      'kustomization.yaml',
      `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: ${app}
resources:
  - ../../../base/${app}
components:
  - ../../../base/graceful
labels:
  - pairs:
      planetarium.dev/region: ${region}
configMapGenerator:
  - name: settings
    behavior: merge
    literals:
      - REGION=${region}
patches:
  - path: scale.yaml
  - path: host.yaml
    target:
      kind: Ingress
`,
    ],
    [
      'scale.yaml',
      `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: web
spec:
  minReplicas: 4
  maxReplicas: 24
`,
    ],
    [
      'host.yaml',
      `- op: replace
  path: /spec/rules/0/host
  value: ${app}.${region}.planetarium.example
- op: replace
  path: /spec/tls/0/hosts/0
  value: ${app}.${region}.planetarium.example
`,
    ],
  ];
}

function clusterFiles(region: string, apps: readonly string[]): readonly GeneratedFile[] {
  return [
    ['cluster.yaml', clusterFile(region, apps)],
    [
      'kustomization.yaml',
      `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: argocd
resources:
  - project.yaml
  - applications.yaml
labels:
  - pairs:
      planetarium.dev/region: ${region}
`,
    ],
    ['project.yaml', PROJECT],
    ['applications.yaml', apps.map((app) => application(region, app)).join('---\n')],
  ];
}

function clusterFile(region: string, apps: readonly string[]): string {
  const secrets = apps.map(
    (app) => `    - apiVersion: v1
      kind: Secret
      namespace: ${app}
      name: ${app}-tls
      reason: Made by the region's certificate authority
`,
  );
  return `apiVersion: planetarium.dev/v1alpha1
kind: Cluster
metadata:
  name: ${region}
  annotations:
    config.kubernetes.io/local-config: "true"
spec:
  region: ${region}
  kubernetesVersion: "1.36"
  zones: [${region}-a, ${region}-b, ${region}-c]
  load:
    requestsPerSecond: 300
  externals:
    - apiVersion: networking.k8s.io/v1
      kind: IngressClass
      name: traefik
      reason: Made by the Traefik chart
    - apiVersion: v1
      kind: Namespace
      name: argocd
      reason: Made when Argo CD is installed
    - apiVersion: v1
      kind: Namespace
      name: traefik
      reason: Made when Traefik is installed
${secrets.join('')}  kindsWithoutSchema: []
`;
}

const PROJECT = `apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata:
  name: applications
spec:
  description: What the regions run
  sourceRepos:
    - ${REPOSITORY}.git
  destinations:
    - server: https://kubernetes.default.svc
      namespace: "*"
  clusterResourceWhitelist:
    - group: ""
      kind: Namespace
`;

function application(region: string, app: string): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: ${app}
spec:
  project: applications
  source:
    repoURL: ${REPOSITORY}.git
    targetRevision: refs/heads/main
    path: overlays/${region}/${app}
  destination:
    server: https://kubernetes.default.svc
    namespace: ${app}
  syncPolicy:
    automated: {enabled: true, prune: true, selfHeal: true, allowEmpty: false}
    syncOptions:
      - ServerSideApply=true
`;
}
