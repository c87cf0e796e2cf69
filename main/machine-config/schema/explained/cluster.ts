import type { FieldWords } from './field-words.ts';

/** The cluster section of the v1alpha1 document. */
export const CLUSTER: FieldWords = {
  'v1alpha1.ClusterConfig': {
    id: 'By it machines find each other in discovery. Random, and no secret.',
    secret: 'Encrypts what machines tell each other by discovery. The same on all machines.',
    controlPlane: 'By which address the API servers are reached.',
    clusterName: 'The name of the cluster, as it stands in kubeconfigs.',
    network: 'Networks of pods and services, and what connects pods.',
    token: 'With it a machine joins Kubernetes. The same on all machines.',
    aescbcEncryptionSecret:
      'An older key that encrypts secrets of Kubernetes in etcd. Without it they cannot be read any more.',
    secretboxEncryptionSecret:
      'The key that encrypts secrets of Kubernetes in etcd. Without it they cannot be read any more.',
    ca: 'The authority of Kubernetes. Control planes have its key, workers only the certificate.',
    aggregatorCA: 'The authority for extensions of the API server.',
    serviceAccount: 'The key that signs tokens of service accounts. Another one makes all of them invalid.',
    apiServer: 'The API server of Kubernetes on this control plane.',
    controllerManager: 'The controller manager on this control plane.',
    proxy: 'kube-proxy, which leads services to pods. It can be switched off where the network of pods does that.',
    scheduler: 'The scheduler on this control plane.',
    discovery: 'How machines of the cluster find each other.',
    etcd: 'etcd on this control plane.',
    coreDNS: 'The DNS of the cluster.',
    externalCloudProvider: 'Leaves addresses and load balancers to the controller of a cloud.',
    extraManifests: 'URLs of manifests that control planes apply to the cluster, such as a network for pods.',
    inlineManifests:
      'Manifests in the config itself that control planes apply to the cluster. They are no place for secrets.',
    adminKubeconfig: 'How long kubeconfigs that Talos hands out are valid.',
    allowSchedulingOnControlPlanes: 'Ordinary pods may run on control planes: their taint is left out.',
  },
  'v1alpha1.ControlPlaneConfig': {
    endpoint:
      'The URL of the API servers: a load balancer, a virtual IP or a DNS name. Machines and kubeconfigs use it.',
    localAPIServerPort: 'The port of the API server on the machine itself, 6443.',
  },
  'v1alpha1.ClusterNetworkConfig': {
    cni: 'What connects pods: flannel by itself, or custom or none for one that you bring.',
    dnsDomain: 'The domain of services, cluster.local.',
    podSubnets:
      'Addresses of pods. They have to be free in your network, and are chosen once. A patch replaces the list.',
    serviceSubnets:
      'Addresses of services. They have to be free as well, and are chosen once. A patch replaces the list.',
  },
  'v1alpha1.CNIConfig': {
    name: 'flannel, custom (with urls) or none: then the cluster has no network of pods until you bring one.',
    urls: 'Manifests of a custom network.',
  },
  'v1alpha1.APIServerConfig': {
    image: 'The image: its tag is the version of the API server. Upgrades of Kubernetes change it.',
    extraArgs: 'Flags for the API server without their dashes.',
    extraVolumes: 'Paths of the machine that the API server can read.',
    certSANs: 'Further names and addresses in its certificate: those by which clients reach it.',
    admissionControl: 'Settings of admission plugins. Patches find one by its name.',
    auditPolicy: 'What is written into the audit log. A patch replaces it as a whole.',
    resources: 'What it requests of the processor and memory.',
  },
  'v1alpha1.ControllerManagerConfig': {
    image: 'The image: its tag is the version of the controller manager.',
    extraArgs: 'Flags for the controller manager without their dashes.',
  },
  'v1alpha1.SchedulerConfig': {
    image: 'The image: its tag is the version of the scheduler.',
    extraArgs: 'Flags for the scheduler without their dashes.',
    config: 'Fields of the KubeSchedulerConfiguration.',
  },
  'v1alpha1.ProxyConfig': {
    disabled: 'kube-proxy is not deployed. One that runs already has to be deleted by hand.',
    image: 'The image: its tag is the version of kube-proxy.',
    mode: 'How services are led to pods: nftables, iptables or ipvs.',
    extraArgs: 'Flags for kube-proxy without their dashes.',
  },
  'v1alpha1.EtcdConfig': {
    image: 'The image of etcd. It follows Talos unless it is said here.',
    ca: 'The authority of etcd. Only control planes have it.',
    extraArgs: 'Flags for etcd without their dashes.',
    subnet: 'The subnet of the address of etcd; advertisedSubnets takes several.',
    advertisedSubnets:
      'Subnets in which members tell their address. Needed where control planes have several networks.',
    listenSubnets:
      'Subnets on whose addresses etcd listens: those of advertisedSubnets where nothing is said, and all addresses without these.',
  },
  'v1alpha1.ClusterDiscoveryConfig': {
    enabled: 'Machines find each other. KubeSpan and lists of members need it.',
    registries: 'Where machines tell of themselves.',
  },
  'v1alpha1.RegistryServiceConfig': {
    disabled: 'The discovery service is not used.',
    endpoint: 'Another discovery service than the public one.',
  },
  'v1alpha1.CoreDNS': {
    disabled: 'The DNS of the cluster is left to you.',
    image: 'The image of CoreDNS. It follows Talos unless it is said here.',
  },
  'v1alpha1.ClusterInlineManifest': {
    name: 'Its name, each once.',
    contents: 'The manifest itself. It is shown to whoever may read the config.',
  },
  'v1alpha1.AdminKubeconfigConfig': { certLifetime: 'How long a kubeconfig is valid, a year where nothing is said.' },
  'v1alpha1.AdmissionPluginConfig': {
    name: 'The plugin, such as PodSecurity.',
    configuration: 'Its configuration, as Kubernetes has it.',
  },
  'pem.CertificateAndKey': {
    crt: 'The certificate, as base64 of PEM.',
    key: 'Its key, as base64 of PEM. Whoever has it can sign for the cluster.',
  },
};
