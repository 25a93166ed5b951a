import { mappingNode, type Pair, type Place, type ScalarNode, stringNode } from '../yaml/node.ts';
import { implicitTag } from '../yaml/resolve.ts';
import { type Fields, shape, text } from './decode.ts';
import { failAt } from './failure.ts';
import { type BuildObject, newObject } from './object.ts';
import type { Scopes } from './scopes.ts';

const policyFields = {
  cloud: text,
  kubernetesService: shape({ name: text, namespace: text }),
  serviceAccount: shape({ name: text, projectId: text }),
};

export const policyShape = shape(policyFields);

/** A ServiceAccount that acts as one of Google Cloud, as IAMPolicyGenerator makes it. */
export function serviceAccount(policy: Fields<typeof policyFields>, scopes: Scopes): BuildObject {
  const { cloud, kubernetesService, serviceAccount: account, node } = policy;
  if (cloud?.text !== 'gke') {
    failAt(cloud?.place ?? node.place, `Cloud provider "${cloud?.text ?? ''}" not supported, expected gke`);
  }
  const { place } = node;
  const field = (key: string, value: Pair['value']): Pair => ({ key: stringNode(key, place), value });
  const name = kubernetesService?.name;
  const namespace = kubernetesService?.namespace;
  const email = `${account?.name?.text ?? ''}@${account?.projectId?.text ?? ''}.iam.gserviceaccount.com`;
  // Kustomize puts the parts into a YAML text, where no value may begin as this one then does.
  if (email.startsWith('@')) {
    failAt(
      account?.node.place ?? place,
      'Field "serviceAccount.name" is absent, expected the name of an account',
    );
  }
  const others = account?.projectId === undefined ? [] : [account.projectId.place];
  const metadata = [
    field(
      'annotations',
      mappingNode(
        [field('iam.gke.io/gcp-service-account', stringNode(email, account?.name?.place ?? place, others))],
        place,
      ),
    ),
    field('name', inTemplate(name?.text ?? '', name?.place ?? place)),
    ...(namespace !== undefined && namespace.text !== ''
      ? [field('namespace', inTemplate(namespace.text, namespace.place))]
      : []),
  ];
  const root = mappingNode(
    [
      field('apiVersion', stringNode('v1', place)),
      field('kind', stringNode('ServiceAccount', place)),
      field('metadata', mappingNode(metadata, place)),
    ],
    place,
  );
  return newObject(root, scopes);
}

/** A value that stands in a YAML text without quotes. */
function inTemplate(text: string, place: Place): ScalarNode {
  return { ...stringNode(text, place), tag: implicitTag(text, 'go-yaml-v3') };
}
