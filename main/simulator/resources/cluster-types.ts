import type { VirtualCluster } from '../cluster/cluster.ts';
import { steadyHex } from '../wire/random.ts';
import type { VirtualNode } from '../node/virtual-node.ts';
import { resources, type ResourceDraft } from './resource-type.ts';

/** As discovery names a node: 32 bytes in URL-safe base64. */
export const nodeId = (node: VirtualNode): string =>
  Buffer.from(steadyHex(64, node.facts.seed, node.name, 'node-id', ...again(node)), 'hex').toString('base64url');

const again = ({ identities }: VirtualNode): readonly number[] => (identities === 1 ? [] : [identities]);

const memberSpec = (node: VirtualNode): ResourceDraft['spec'] => ({
  nodeId: nodeId(node),
  addresses: [node.address],
  hostname: node.name,
  machineType: node.role,
  operatingSystem: `Talos (${node.version})`,
  ...(node.role === 'controlplane' ? { controlPlane: { port: 6443 } } : {}),
});

/** What discovery knows, and what the cluster is. */
export const clusterTypes = [
  resources({
    type: 'Members.cluster.talos.dev',
    owner: 'cluster.MemberController',
    drafts: (_node, cluster) =>
      cluster.nodes
        .filter(({ ills }) => ills.isUndiscovered !== true)
        .map((member) => ({ id: member.name, spec: memberSpec(member) })),
  }),
  resources({
    type: 'Affiliates.cluster.talos.dev',
    owner: 'cluster.DiscoveryServiceController',
    drafts: (_node, cluster) => cluster.nodes.map((member) => ({ id: nodeId(member), spec: memberSpec(member) })),
  }),
  resources({
    type: 'Identities.cluster.talos.dev',
    owner: 'cluster.NodeIdentityController',
    drafts: (node) => [{ id: 'local', spec: { nodeId: nodeId(node) } }],
  }),
  resources({
    type: 'Infos.cluster.talos.dev',
    owner: 'cluster.InfoController',
    drafts: (_node: VirtualNode, cluster: VirtualCluster) => [
      { id: 'current', spec: { clusterId: cluster.id, clusterName: cluster.name } },
    ],
  }),
];
