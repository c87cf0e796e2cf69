import { resources } from './resource-type.ts';

/** Configurations of what runs as static pods; that of the API server holds secrets. */
const CONTROLLERS = [
  ['APIServerConfigs.kubernetes.talos.dev', 'kube-apiserver'],
  ['ControllerManagerConfigs.kubernetes.talos.dev', 'kube-controller-manager'],
  ['SchedulerConfigs.kubernetes.talos.dev', 'kube-scheduler'],
] as const;

/** What a node knows of Kubernetes and etcd. */
export const kubernetesTypes = [
  resources({
    type: 'Nodenames.kubernetes.talos.dev',
    owner: 'k8s.NodenameController',
    drafts: (node) => [{ id: 'nodename', spec: { nodename: node.name, hostnameVersion: '2' } }],
  }),
  resources({
    type: 'NodeStatuses.kubernetes.talos.dev',
    owner: 'k8s.NodeStatusController',
    // Read from the API server, without which nothing is known of it.
    drafts: (node, { etcd }) =>
      (etcd.members.length === 0 ? [] : [node]).map(() => ({
        id: node.name,
        spec: {
          nodename: node.name,
          nodeReady:
            node.ills.isNotReadyInKubernetes !== true &&
            node.services.list().some((service) => service.id === 'kubelet' && service.healthy === true),
          unschedulable: node.ills.isCordoned === true,
          annotations: { 'networking.talos.dev/self-ips': node.address, ...node.ills.annotations },
        },
      })),
  }),
  resources({
    type: 'KubeletSpecs.kubernetes.talos.dev',
    owner: 'k8s.KubeletSpecController',
    drafts: (node, { kubernetesVersion }) => [
      {
        id: 'kubelet',
        spec: { image: `ghcr.io/siderolabs/kubelet:${kubernetesVersion}`, expectedNodename: node.name },
      },
    ],
  }),
  resources({
    type: 'StaticPodStatuses.kubernetes.talos.dev',
    owner: 'k8s.KubeletStaticPodController',
    drafts: (node) =>
      node.role === 'worker'
        ? []
        : ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'].map((pod) => ({
            id: `kube-system/${pod}-${node.name}`,
            spec: {
              phase: 'Running',
              conditions: [
                { type: 'Initialized', status: 'True' },
                {
                  type: 'Ready',
                  status: node.ills.isApiServerNotReady === true && pod === 'kube-apiserver' ? 'False' : 'True',
                },
              ],
            },
          })),
  }),
  ...CONTROLLERS.map(([type, id]) =>
    resources({
      type,
      owner: 'k8s.ControlPlaneController',
      drafts: (node, { kubernetesVersion }) =>
        node.role === 'worker'
          ? []
          : [{ id, spec: { enabled: true, image: `registry.k8s.io/${id}:${kubernetesVersion}` } }],
    }),
  ),
  resources({
    type: 'BootstrapManifestsConfigs.kubernetes.talos.dev',
    owner: 'k8s.ControlPlaneController',
    drafts: (node) =>
      node.role === 'worker'
        ? []
        : [{ id: 'manifests', spec: { clusterDomain: 'cluster.local', proxyEnabled: true, cniName: 'flannel' } }],
  }),
  resources({
    type: 'EtcdMembers.etcd.talos.dev',
    owner: 'etcd.MemberController',
    drafts: (node, { etcd }) => {
      const member = etcd.memberOn(node);
      return member === undefined ? [] : [{ id: 'local', spec: { memberID: member.hex } }];
    },
  }),
];
