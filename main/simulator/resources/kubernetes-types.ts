import { etcdMemberHex } from '../etcd-members.ts';
import { resourceType } from './resource-type.ts';

/** What a node knows of Kubernetes and etcd. */
export const kubernetesTypes = [
  resourceType({
    type: 'Nodenames.kubernetes.talos.dev',
    namespace: 'k8s',
    owner: 'k8s.NodenameController',
    columns: [['Nodename', '{.nodename}']],
    drafts: (node) => [{ id: 'nodename', spec: { nodename: node.name, hostnameVersion: '2' } }],
  }),
  resourceType({
    type: 'NodeStatuses.kubernetes.talos.dev',
    namespace: 'k8s',
    owner: 'k8s.NodeStatusController',
    columns: [
      ['Ready', '{.nodeReady}'],
      ['Unschedulable', '{.unschedulable}'],
    ],
    drafts: (node) => [
      {
        id: node.name,
        spec: {
          nodename: node.name,
          nodeReady: node.services.list().some((service) => service.id === 'kubelet' && service.healthy === true),
          unschedulable: false,
        },
      },
    ],
  }),
  resourceType({
    type: 'StaticPodStatuses.kubernetes.talos.dev',
    namespace: 'k8s',
    owner: 'k8s.KubeletStaticPodController',
    aliases: ['podstatus'],
    columns: [['Ready', '{.podStatus.conditions[?(@.type=="Ready")].status}']],
    drafts: (node) =>
      node.role === 'worker'
        ? []
        : ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'].map((pod) => ({
            id: `kube-system/${pod}-${node.name}`,
            spec: {
              podStatus: {
                phase: 'Running',
                conditions: [
                  { type: 'Initialized', status: 'True' },
                  { type: 'Ready', status: 'True' },
                ],
              },
            },
          })),
  }),
  resourceType({
    type: 'EtcdMembers.etcd.talos.dev',
    namespace: 'etcd',
    owner: 'etcd.MemberController',
    columns: [['Member ID', '{.memberID}']],
    drafts: (node) => (node.role === 'worker' ? [] : [{ id: 'local', spec: { memberID: etcdMemberHex(node) } }]),
  }),
];
