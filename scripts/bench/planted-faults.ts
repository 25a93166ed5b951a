/** A mistake put in on purpose, and how it must be reported: once, at its line, for exactly these clusters. */
export interface PlantedFault {
  readonly rule: string;
  readonly file: string;
  readonly line: number;
  readonly clusters: readonly string[];
}

interface Plan {
  readonly rule: string;
  /** In the base, where it reaches every region, or in one overlay. */
  readonly in: 'base' | 'overlay';
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  /** The line that is at fault after the edit holds this text. */
  readonly at: string;
}

const PLANS: readonly Plan[] = [
  {
    rule: 'unknown-field',
    in: 'overlay',
    file: 'scale.yaml',
    find: 'maxReplicas: 24',
    replace: 'maxReplicas: 24\n  maxReplica: 24',
    at: 'maxReplica: 24',
  },
  {
    rule: 'wrong-type',
    in: 'overlay',
    file: 'scale.yaml',
    find: 'minReplicas: 4',
    replace: 'minReplicas: "four"',
    at: 'minReplicas',
  },
  {
    rule: 'node-port-service',
    in: 'base',
    file: 'web.yaml',
    find: 'spec:\n  selector:\n    app.kubernetes.io/name: web\n  ports:',
    replace: 'spec:\n  type: NodePort\n  selector:\n    app.kubernetes.io/name: web\n  ports:',
    at: 'type: NodePort',
  },
  {
    rule: 'liveness-probe-missing',
    in: 'base',
    file: 'worker.yaml',
    find: '          livenessProbe:\n            httpGet: {path: /healthz, port: http}\n            periodSeconds: 10\n            timeoutSeconds: 5\n            failureThreshold: 6\n',
    replace: '',
    at: '- name: worker',
  },
];

/** Edits the files in place. The same size gets the same faults; never two in one file. */
export function plantFaults(
  files: Map<string, string>,
  count: number,
  regions: readonly string[],
  apps: readonly string[],
): readonly PlantedFault[] {
  const planted: PlantedFault[] = [];
  const used = new Set<string>();
  for (let turn = 0; planted.length < count && turn < count * 50; turn++) {
    const plan = PLANS[turn % PLANS.length]!;
    // A fixed stride that spreads the faults over regions and applications.
    const app = apps[(turn * 7) % apps.length]!;
    const region = regions[(turn * 13) % regions.length]!;
    const file = plan.in === 'base' ? `base/${app}/${plan.file}` : `overlays/${region}/${app}/${plan.file}`;
    const text = files.get(file)!;
    if (used.has(file) || !text.includes(plan.find)) continue;
    used.add(file);
    const edited = text.replace(plan.find, plan.replace);
    files.set(file, edited);
    const line = edited.slice(0, edited.lastIndexOf(plan.at)).split('\n').length;
    planted.push({ rule: plan.rule, file, line, clusters: plan.in === 'base' ? regions : [region] });
  }
  return planted;
}
