/** Text of one generated file: its path below the application's base and its content. */
export type GeneratedFile = readonly [path: string, content: string];

const IMAGE = 'registry.example/planetarium';
const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

/** The base of one application: 20 objects of the kinds that a web service with a worker and a store is made of. */
export function applicationFiles(app: string): readonly GeneratedFile[] {
  return [
    ['kustomization.yaml', kustomization(app)],
    ['settings.env', `LOG_LEVEL=info\nCACHE_SECONDS=60\nAPPLICATION=${app}\n`],
    ['namespace.yaml', namespace(app)],
    ['network-policies.yaml', networkPolicies(app)],
    [
      'web.yaml',
      `${deployment('web', true)}---\n${service('web')}---\n${scaling('web')}---\n${serviceAccount('web')}`,
    ],
    [
      'worker.yaml',
      `${deployment('worker', false)}---\n${scaling('worker')}---\n${serviceAccount('worker')}`,
    ],
    [
      'store.yaml',
      `${statefulSet()}---\n${headless()}---\n${budget('store')}---\n${serviceAccount('store')}`,
    ],
    ['clean-up.yaml', `${cronJob()}---\n${serviceAccount('clean-up')}`],
    ['ingress.yaml', ingress(app)],
  ];
}

function kustomization(app: string): string {
  return `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: ${app}
resources:
  - namespace.yaml
  - network-policies.yaml
  - web.yaml
  - worker.yaml
  - store.yaml
  - clean-up.yaml
  - ingress.yaml
labels:
  - pairs:
      app.kubernetes.io/part-of: ${app}
    includeTemplates: true
configMapGenerator:
  - name: settings
    envs:
      - settings.env
images:
  - name: ${IMAGE}
    digest: ${DIGEST}
`;
}

function namespace(app: string): string {
  return `apiVersion: v1
kind: Namespace
metadata:
  name: ${app}
  labels:
    pod-security.kubernetes.io/enforce: restricted
    pod-security.kubernetes.io/enforce-version: v1.36
`;
}

function networkPolicies(app: string): string {
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default-deny
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: allow
spec:
  podSelector:
    matchLabels:
      app.kubernetes.io/part-of: ${app}
  policyTypes: [Ingress, Egress]
  ingress:
    - from:
        - podSelector: {}
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: traefik
      ports:
        - port: http
  egress:
    - to:
        - podSelector: {}
    - to:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: kube-system
          podSelector:
            matchLabels:
              k8s-app: kube-dns
      ports:
        - port: 53
          protocol: UDP
        - port: 53
          protocol: TCP
`;
}

function metadata(name: string): string {
  return `metadata:
  name: ${name}
  labels:
    app.kubernetes.io/name: ${name}
`;
}

function deployment(name: string, serves: boolean): string {
  return `apiVersion: apps/v1
kind: Deployment
${metadata(name)}spec:
  minReadySeconds: 10
  progressDeadlineSeconds: 180
  revisionHistoryLimit: 5
  selector:
    matchLabels:
      app.kubernetes.io/name: ${name}
  strategy:
    type: RollingUpdate
    rollingUpdate:
      maxSurge: 25%
      maxUnavailable: 0
  template:
${podTemplate(name, serves ? '/readyz' : '/queue')}`;
}

function statefulSet(): string {
  return `apiVersion: apps/v1
kind: StatefulSet
${metadata('store')}spec:
  replicas: 3
  serviceName: store
  selector:
    matchLabels:
      app.kubernetes.io/name: store
  template:
${podTemplate('store', '/readyz')}`;
}

function podTemplate(name: string, ready: string): string {
  return `    metadata:
      labels:
        app.kubernetes.io/name: ${name}
    spec:
      serviceAccountName: ${name}
      automountServiceAccountToken: false
      enableServiceLinks: false
      terminationGracePeriodSeconds: 45
      securityContext:
        runAsNonRoot: true
        runAsUser: 10001
        runAsGroup: 10001
        fsGroup: 10001
        seccompProfile:
          type: RuntimeDefault
      topologySpreadConstraints:
        - topologyKey: topology.kubernetes.io/zone
          maxSkew: 1
          whenUnsatisfiable: DoNotSchedule
          labelSelector:
            matchLabels:
              app.kubernetes.io/name: ${name}
        - topologyKey: kubernetes.io/hostname
          maxSkew: 1
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels:
              app.kubernetes.io/name: ${name}
      containers:
        - name: ${name}
          image: ${IMAGE}
          imagePullPolicy: IfNotPresent
          args: ["--role=${name}", "--port=8080"]
          ports:
            - name: http
              containerPort: 8080
              protocol: TCP
          envFrom:
            - configMapRef:
                name: settings
          env:
            - name: POD_NAME
              valueFrom:
                fieldRef:
                  fieldPath: metadata.name
            - name: GOMAXPROCS
              value: "2"
          startupProbe:
            httpGet: {path: /healthz, port: http}
            periodSeconds: 2
            failureThreshold: 30
          readinessProbe:
            httpGet: {path: ${ready}, port: http}
            periodSeconds: 5
            timeoutSeconds: 2
            failureThreshold: 2
          livenessProbe:
            httpGet: {path: /healthz, port: http}
            periodSeconds: 10
            timeoutSeconds: 5
            failureThreshold: 6
          lifecycle:
            preStop:
              sleep:
                seconds: 10
          resources:
            requests: {cpu: 100m, memory: 128Mi, ephemeral-storage: 64Mi}
            limits: {memory: 128Mi, ephemeral-storage: 128Mi}
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop: [ALL]
          volumeMounts:
            - name: tmp
              mountPath: /tmp
      volumes:
        - name: tmp
          emptyDir:
            sizeLimit: 32Mi
`;
}

function service(name: string): string {
  return `apiVersion: v1
kind: Service
${metadata(name)}spec:
  selector:
    app.kubernetes.io/name: ${name}
  ports:
    - name: http
      port: 80
      targetPort: http
`;
}

function headless(): string {
  return `apiVersion: v1
kind: Service
${metadata('store')}spec:
  clusterIP: None
  selector:
    app.kubernetes.io/name: store
  ports:
    - name: http
      port: 8080
      targetPort: http
`;
}

function scaling(name: string): string {
  return `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
${metadata(name)}spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: ${name}
  minReplicas: 3
  maxReplicas: 12
  metrics:
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: 70
---
${budget(name)}`;
}

function budget(name: string): string {
  return `apiVersion: policy/v1
kind: PodDisruptionBudget
${metadata(name)}spec:
  maxUnavailable: 1
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels:
      app.kubernetes.io/name: ${name}
`;
}

function serviceAccount(name: string): string {
  return `apiVersion: v1
kind: ServiceAccount
${metadata(name)}automountServiceAccountToken: false
`;
}

function cronJob(): string {
  const pod = podTemplate('clean-up', '/readyz')
    .replace(/^ {10}(startup|readiness|liveness)Probe:\n(?: {12}.*\n)+/gm, '')
    .replace(/^ {6}topologySpreadConstraints:\n(?: {8}.*\n)+/m, '')
    .replace('      serviceAccountName', '      restartPolicy: Never\n      serviceAccountName')
    .replace(/^/gm, '    ')
    .replace(/ +$/, '');
  return `apiVersion: batch/v1
kind: CronJob
${metadata('clean-up')}spec:
  schedule: "17 3 * * *"
  timeZone: Etc/UTC
  concurrencyPolicy: Forbid
  startingDeadlineSeconds: 600
  jobTemplate:
    spec:
      backoffLimit: 2
      activeDeadlineSeconds: 1800
      template:
${pod}`;
}

function ingress(app: string): string {
  return `apiVersion: networking.k8s.io/v1
kind: Ingress
${metadata('web')}spec:
  ingressClassName: traefik
  tls:
    - hosts: [${app}.planetarium.example]
      secretName: ${app}-tls
  rules:
    - host: ${app}.planetarium.example
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: web
                port:
                  name: http
`;
}
