/**
 * The resource types of what runs on it: containers, etcd, Kubernetes, and their secrets. A type a line: full name | default namespace |
 * declared aliases | `sensitive` (needs os:admin) or another flag | print columns. `-` is nothing.
 */
export const KUBERNETES_TYPES = `
ContainerImageStatuses.containers.talos.dev | containers | containerimagestatus, containerimagestatuses | - | Phase = {.phase}; Digest = {.digest}
ContainerInstanceSpecs.containers.talos.dev | containers | containerinstancespec, containerinstancespecs | - | Container = {.containerID}; Generation = {.generation}; Image = {.image}
ContainerSpecs.containers.talos.dev | containers | containerspec, containerspecs | - | Image = {.image}
BaseRuntimeSpecConfigs.cri.talos.dev | cri | - | - | -
CustomizationConfigs.cri.talos.dev | cri | - | sensitive | -
ImageCacheConfigs.cri.talos.dev | cri | - | - | Status = {.status}; CopyStatus = {.copyStatus}; Roots = {.roots}
RegistryConfigs.cri.talos.dev | cri | - | sensitive | -
SeccompProfiles.cri.talos.dev | cri | - | - | -
EtcdConfigs.etcd.talos.dev | etcd | - | - | Image = {.image}
EtcdMembers.etcd.talos.dev | etcd | - | - | Member ID = {.memberID}
EtcdSpecs.etcd.talos.dev | etcd | - | - | Name = {.name}; AdvertisedAddresses = {.advertisedAddresses}; ListenPeerAddresses = {.listenPeerAddresses}; ListenClientAddresses = {.listenClientAddresses}
PKIStatuses.etcd.talos.dev | etcd | - | - | Ready = {.ready}; Secrets Version = {.version}
APIServerConfigs.kubernetes.talos.dev | controlplane | - | sensitive | -
AdmissionControlConfigs.kubernetes.talos.dev | controlplane | - | - | -
AuditPolicyConfigs.kubernetes.talos.dev | controlplane | - | sensitive | -
AuthenticationConfigs.kubernetes.talos.dev | controlplane | - | sensitive | -
AuthorizationConfigs.kubernetes.talos.dev | controlplane | - | sensitive | -
BootstrapManifestsConfigs.kubernetes.talos.dev | controlplane | - | - | -
ConfigStatuses.kubernetes.talos.dev | controlplane | - | - | Ready = {.ready}; Secrets Version = {.version}
ControllerManagerConfigs.kubernetes.talos.dev | controlplane | - | - | -
Endpoints.kubernetes.talos.dev | controlplane | - | - | Addresses = {.addresses}; Hosts = {.hosts}
EtcdEncryptionConfigs.kubernetes.talos.dev | k8s | - | sensitive | -
ExtraManifestsConfigs.kubernetes.talos.dev | controlplane | - | - | -
KubePrismConfigs.kubernetes.talos.dev | k8s | - | - | Host = {.host}; Port = {.port}; Endpoints = {.endpoints}
KubePrismEndpoints.kubernetes.talos.dev | k8s | - | - | Hosts = {.endpoints[*].host}; Ports = {.endpoints[*].port}
KubePrismStatuses.kubernetes.talos.dev | k8s | - | - | HOST = {.host}; HEALTHY = {.healthy}
KubeletConfigs.kubernetes.talos.dev | k8s | - | sensitive | -
KubeletKubeconfigs.kubernetes.talos.dev | k8s | - | - | Hash = {.hash}
KubeletLifecycles.kubernetes.talos.dev | k8s | - | - | -
KubeletSpecs.kubernetes.talos.dev | k8s | - | sensitive | -
KubeletStatuses.kubernetes.talos.dev | k8s | - | - | Image = {.image}
ManifestStatuses.kubernetes.talos.dev | controlplane | - | - | -
Manifests.kubernetes.talos.dev | controlplane | - | - | -
NodeAnnotationSpecs.k8s.talos.dev | k8s | - | sensitive | Value = {.value}
NodeCordonedSpecs.k8s.talos.dev | k8s | - | sensitive | -
NodeIPConfigs.kubernetes.talos.dev | k8s | - | - | -
NodeIPs.kubernetes.talos.dev | k8s | - | - | -
NodeLabelSpecs.k8s.talos.dev | k8s | - | sensitive | Value = {.value}
NodeStatuses.kubernetes.talos.dev | k8s | - | - | Ready = {.nodeReady}; Unschedulable = {.unschedulable}
NodeTaintSpecs.k8s.talos.dev | k8s | - | sensitive | Effect = {.effect}; Value = {.value}
Nodenames.kubernetes.talos.dev | k8s | - | - | Nodename = {.nodename}
SchedulerConfigs.kubernetes.talos.dev | controlplane | - | - | -
SecretStatuses.kubernetes.talos.dev | controlplane | - | - | Ready = {.ready}; Secrets Version = {.version}
StaticPodServerStatuses.kubernetes.talos.dev | k8s | - | - | -
StaticPodStatuses.kubernetes.talos.dev | k8s | podstatus | - | Ready = {.conditions[?(@.type=="Ready")].status}
StaticPods.kubernetes.talos.dev | k8s | - | - | -
KubernetesAccessConfigs.cluster.talos.dev | config | - | - | -
ApiCertificates.secrets.talos.dev | secrets | - | sensitive | -
CertSANs.secrets.talos.dev | secrets | - | sensitive | -
EncryptionSalts.secrets.talos.dev | secrets | - | sensitive | -
EtcdRootSecrets.secrets.talos.dev | secrets | - | sensitive | -
EtcdSecrets.secrets.talos.dev | secrets | - | sensitive | -
KubeletSecrets.secrets.talos.dev | secrets | - | sensitive | -
KubernetesDynamicCerts.secrets.talos.dev | secrets | - | sensitive | -
KubernetesRootSecrets.secrets.talos.dev | secrets | - | sensitive | -
KubernetesSecrets.secrets.talos.dev | secrets | - | sensitive | -
MaintenanceRootSecrets.secrets.talos.dev | secrets | - | sensitive | -
OSRootSecrets.secrets.talos.dev | secrets | - | sensitive | -
TrustdCertificates.secrets.talos.dev | secrets | - | sensitive | -
ImageVerificationRules.security.talos.dev | security | - | - | Pattern = {.imagePattern}; Skip = {.skip}; Deny = {.deny}
TUFTrustedRoots.security.talos.dev | security | - | - | Last Refresh = {.lastRefreshTime}
`;
