import { join } from 'node:path';
import { writeFiles } from '../core/write-files.ts';

const BASE: Readonly<Record<string, string>> = {
  'kustomization.yaml': 'resources:\n  - deployment.yaml\n  - service.yaml\n',
  'deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 3
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: registry.example/web:1.4.2
          ports:
            - name: http
              containerPort: 8080
          resources:
            requests: {cpu: 100m, memory: 64Mi}
            limits: {memory: 64Mi}
`,
  'service.yaml': `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: 80
      targetPort: http
`,
};

const overlay = (name: string, number: number): Readonly<Record<string, string>> => ({
  'kustomization.yaml': `namePrefix: ${name}-
resources:
  - ../../base
labels:
  - pairs:
      region: ${name}
patches:
  - path: patch.yaml
`,
  'patch.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: ${(number % 9) + 1}
  template:
    spec:
      containers:
        - name: web
          env:
            - name: REGION
              value: ${name}
`,
});

/** Writes a small base and so many overlays of it, each with a strategic merge patch; returns the overlays' folders. */
export function writeOverlays(dir: string, count: number): readonly string[] {
  writeFiles(join(dir, 'base'), Object.entries(BASE));
  return Array.from({ length: count }, (_, number) => {
    const name = `region-${String(number).padStart(4, '0')}`;
    const folder = join(dir, 'overlays', name);
    writeFiles(folder, Object.entries(overlay(name, number)));
    return folder;
  });
}
