import type { VirtualCluster } from '../cluster.ts';
import { steadyHex } from '../random.ts';
import type { VirtualNode } from '../virtual-node.ts';
import { resourceType, type ResourceDraft } from './resource-type.ts';

/** As discovery names a node: 32 bytes in URL-safe base64. */
export const nodeId = (node: VirtualNode): string =>
  Buffer.from(steadyHex(64, node.facts.seed, node.name, 'node-id'), 'hex').toString('base64url');

const memberSpec = (node: VirtualNode): ResourceDraft['spec'] => ({
  nodeId: nodeId(node),
  addresses: [node.address],
  hostname: node.name,
  machineType: node.role,
  operatingSystem: `Talos (${node.version})`,
  ...(node.role === 'controlplane' ? { controlPlane: { apiServerPort: 6443 } } : {}),
});

/** What discovery knows, and what the cluster is. */
export const clusterTypes = [
  resourceType({
    type: 'Members.cluster.talos.dev',
    namespace: 'cluster',
    owner: 'cluster.MemberController',
    columns: [
      ['Hostname', '{.hostname}'],
      ['Machine Type', '{.machineType}'],
      ['OS', '{.operatingSystem}'],
      ['Addresses', '{.addresses}'],
    ],
    drafts: (_node, cluster) => cluster.nodes.map((member) => ({ id: member.name, spec: memberSpec(member) })),
  }),
  resourceType({
    type: 'Affiliates.cluster.talos.dev',
    namespace: 'cluster',
    owner: 'cluster.DiscoveryServiceController',
    columns: [
      ['Hostname', '{.hostname}'],
      ['Machine Type', '{.machineType}'],
      ['Addresses', '{.addresses}'],
    ],
    drafts: (_node, cluster) => cluster.nodes.map((member) => ({ id: nodeId(member), spec: memberSpec(member) })),
  }),
  resourceType({
    type: 'Identities.cluster.talos.dev',
    namespace: 'cluster',
    owner: 'cluster.NodeIdentityController',
    columns: [['ID', '{.nodeId}']],
    drafts: (node) => [{ id: 'local', spec: { nodeId: nodeId(node) } }],
  }),
  resourceType({
    type: 'Infos.cluster.talos.dev',
    namespace: 'cluster',
    owner: 'cluster.InfoController',
    columns: [
      ['Cluster ID', '{.clusterId}'],
      ['Cluster Name', '{.clusterName}'],
    ],
    drafts: (_node: VirtualNode, cluster: VirtualCluster) => [
      { id: 'current', spec: { clusterId: cluster.id, clusterName: cluster.name } },
    ],
  }),
];
