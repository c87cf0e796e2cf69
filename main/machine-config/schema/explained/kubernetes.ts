import type { FieldWords } from './field-words.ts';

/** Documents about Kubernetes. */
export const KUBERNETES: FieldWords = {
  'k8s.KubeletConfigV1Alpha1': {
    image: 'The image of the kubelet: its tag is the version of Kubernetes on this machine.',
    config: 'Fields of the KubeletConfiguration, such as maxPods. Some are fixed by Talos and refused.',
    extraArgs: 'Flags for the kubelet without their dashes. Those that Talos sets itself cannot be overridden.',
    clusterDNS: 'Addresses of the cluster DNS in the place of the one that follows from the service subnets.',
    defaultRuntimeSeccompProfileEnabled: 'Pods that name no seccomp profile get the one of the container runtime.',
  },
  'k8s.KubeNodeConfigV1Alpha1': {
    skipNodeRegistration: 'The kubelet runs without a node in Kubernetes.',
    registerWithFQDN: 'The node registers with its full name and domain. Changing it makes another node.',
    nodeIP: 'Which addresses of the machine become those of its node.',
    labels: 'Labels of the node. Talos keeps them, and takes away those that leave this list.',
    annotations: 'Annotations of the node, kept by Talos.',
    taints: 'Taints of the node, as key: value:Effect or key: Effect.',
  },
  'k8s.NodeIPConfig': {
    validSubnets: 'Subnets in which the address of the node has to lie; one with ! in front excludes.',
  },
  'k8s.KubeClusterConfigV1Alpha1': {
    clusterName: 'The name of the cluster, as it stands in kubeconfigs.',
    endpoint: 'The URL by which machines and kubeconfigs reach the API servers.',
  },
  'k8s.KubeAPIServerConfigV1Alpha1': {
    image: 'The image: its tag is the version of the API server.',
    extraArgs:
      'Flags for the API server without their dashes. Those for authentication and authorization have documents of their own.',
    env: 'Environment variables of the API server.',
    resources: 'What it requests of the processor and memory.',
    apiPort: 'The port on which it listens on the machine.',
    certExtraSANs: 'Further names and addresses in its certificate: those by which clients reach it.',
  },
  'k8s.KubeControllerManagerConfigV1Alpha1': {
    image: 'The image: its tag is the version of the controller manager.',
    enabled: 'Whether it runs on this control plane.',
    extraArgs: 'Flags for the controller manager without their dashes.',
  },
  'k8s.KubeSchedulerConfigV1Alpha1': {
    image: 'The image: its tag is the version of the scheduler.',
    enabled: 'Whether it runs on this control plane.',
    config: 'Fields of the KubeSchedulerConfiguration.',
  },
  'k8s.KubeProxyConfigV1Alpha1': {
    enabled: 'Whether kube-proxy is deployed. False where the network of pods does its work.',
    mode: 'How services are led to pods. nftables is recommended; Talos warns of the others.',
  },
  'k8s.KubeNetworkConfigV1Alpha1': {
    dnsDomain: 'The domain of services, cluster.local.',
    podSubnets: 'Addresses of pods, one subnet or one of each IP version. A patch replaces the list.',
    serviceSubnets: 'Addresses of services, as many as there are for pods. A patch replaces the list.',
  },
  'k8s.KubePrismConfigV1Alpha1': { port: 'The port on localhost by which components reach the API servers.' },
  'k8s.KubeCoreDNSConfigV1Alpha1': { enabled: 'Whether Talos deploys the DNS of the cluster.' },
  'k8s.KubeAuthorizerConfigV1Alpha1': {
    type: 'Node, RBAC or Webhook.',
    webhook: 'How the webhook is asked, for that type.',
  },
  'k8s.KubeAdmissionControlConfigV1Alpha1': {
    name: 'The plugin, such as PodSecurity.',
    configuration: 'Its configuration, as Kubernetes has it.',
  },
  'k8s.KubeAuditPolicyConfigV1Alpha1': {
    configuration: 'What is written into the audit log. A patch replaces it as a whole.',
  },
  'k8s.KubeInlineManifestConfigV1Alpha1': {
    manifest: 'What control planes apply to the cluster. It is shown to whoever may read the config.',
  },
  'k8s.KubeExternalManifestConfigV1Alpha1': {
    url: 'From where the manifest is fetched, by http or https.',
    headers: 'Headers that are sent along, such as one that signs in.',
  },
  'k8s.KubeStaticPodConfigV1Alpha1': {
    pod: 'The pod that the kubelet runs without the API server. A patch replaces it as a whole.',
  },
  'k8s.KubeTalosAPIAccessConfigV1Alpha1': {
    allowedRoles: 'Roles of the Talos API that pods may get, such as os:reader.',
    allowedKubernetesNamespaces: 'Namespaces whose pods may ask for them.',
  },
  'k8s.KubeFlannelCNIConfigV1Alpha1': {
    backendType: 'How flannel carries packets between machines, such as vxlan.',
    backendPort: 'The port it uses for that.',
  },
};
