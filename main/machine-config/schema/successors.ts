/** What stands for a field of the v1alpha1 document in newer configs. */
export interface Successor {
  /** Kinds of documents; none where another field of the same section does. */
  readonly kinds: readonly string[];
  /** The field of the same section. */
  readonly field?: string;
  /** Minor version of Talos 1 that is known to take them (version contracts, SPEC-2 G5). */
  readonly since: number;
}

const by = (since: number, ...kinds: readonly string[]): Successor => ({ kinds, since });
const HOST_ENTRIES = by(14, 'StaticHostConfig');
const CERTIFICATES = by(14, 'KubeAPIServerCAConfig');
const ENCRYPTION = by(14, 'KubeEtcdEncryptionConfig');
const NODE = by(14, 'KubeNodeConfig');
const IDENTITY = by(14, 'DiscoveryIdentityConfig');
const RESOLVER = by(14, 'ResolverConfig');

/**
 * Fields that the schema calls deprecated and whose content has a document, by type (without its package) and name: those that Talos refuses
 * beside that document (SPEC-2 F8), and those whose fields the document has. For the others the facts name none. Not `machine.disks`: a user
 * volume is made anew, and would not find what is on their partitions.
 */
export const SUCCESSORS: Readonly<Record<string, Successor>> = {
  'NetworkConfig.hostname': by(12, 'HostnameConfig'),
  'NetworkConfig.interfaces': by(
    14,
    'LinkConfig',
    'BondConfig',
    'BridgeConfig',
    'VLANConfig',
    'WireguardConfig',
    'DHCPv4Config',
  ),
  'NetworkConfig.nameservers': RESOLVER,
  'NetworkConfig.searchDomains': RESOLVER,
  'NetworkConfig.disableSearchDomain': RESOLVER,
  'NetworkConfig.extraHostEntries': HOST_ENTRIES,
  'NetworkConfig.kubespan': by(13, 'KubeSpanConfig'),
  'FeaturesConfig.hostDNS': RESOLVER,
  'FeaturesConfig.kubePrism': by(14, 'KubePrismConfig'),
  'FeaturesConfig.imageCache': by(14, 'ImageCacheConfig'),
  'FeaturesConfig.kubernetesTalosAPIAccess': by(14, 'KubeTalosAPIAccessConfig'),
  'MachineConfig.kubelet': by(14, 'KubeletConfig', 'KubeNodeConfig'),
  'MachineConfig.pods': by(14, 'KubeStaticPodConfig'),
  'MachineConfig.install': by(14, 'UnattendedInstallConfig'),
  'MachineConfig.env': by(14, 'EnvironmentConfig'),
  'MachineConfig.time': by(14, 'TimeSyncConfig'),
  'MachineConfig.sysctls': by(14, 'SysctlConfig'),
  'MachineConfig.sysfs': by(14, 'SysfsConfig'),
  'MachineConfig.registries': by(12, 'RegistryMirrorConfig', 'RegistryAuthConfig', 'RegistryTLSConfig'),
  'MachineConfig.systemDiskEncryption': by(11, 'VolumeConfig'),
  'MachineConfig.udev': by(14, 'UdevRulesConfig'),
  'MachineConfig.baseRuntimeSpecOverrides': by(14, 'CRIBaseRuntimeSpecConfig'),
  'MachineConfig.nodeLabels': NODE,
  'MachineConfig.nodeAnnotations': NODE,
  'MachineConfig.nodeTaints': NODE,
  'KernelConfig.modules': by(14, 'KernelModuleConfig'),
  'ClusterConfig.id': IDENTITY,
  'ClusterConfig.secret': IDENTITY,
  'ClusterConfig.controlPlane': by(14, 'KubeClusterConfig'),
  'ClusterConfig.clusterName': by(14, 'KubeClusterConfig'),
  'ClusterConfig.network': by(14, 'KubeNetworkConfig'),
  'ClusterConfig.aescbcEncryptionSecret': ENCRYPTION,
  'ClusterConfig.secretboxEncryptionSecret': ENCRYPTION,
  'ClusterConfig.ca': CERTIFICATES,
  'ClusterConfig.acceptedCAs': CERTIFICATES,
  'ClusterConfig.aggregatorCA': by(14, 'KubeAggregatorCAConfig'),
  'ClusterConfig.serviceAccount': by(14, 'KubeServiceAccountConfig'),
  'ClusterConfig.apiServer': by(14, 'KubeAPIServerConfig'),
  'ClusterConfig.controllerManager': by(14, 'KubeControllerManagerConfig'),
  'ClusterConfig.proxy': by(14, 'KubeProxyConfig'),
  'ClusterConfig.scheduler': by(14, 'KubeSchedulerConfig'),
  'ClusterConfig.discovery': by(14, 'DiscoveryServiceConfig'),
  'ClusterConfig.coreDNS': by(14, 'KubeCoreDNSConfig'),
  'ClusterConfig.extraManifests': by(14, 'KubeExternalManifestConfig'),
  'ClusterConfig.inlineManifests': by(14, 'KubeInlineManifestConfig'),
  'ClusterConfig.allowSchedulingOnMasters': { kinds: [], field: 'allowSchedulingOnControlPlanes', since: 2 },
  'EtcdConfig.subnet': { kinds: [], field: 'advertisedSubnets', since: 2 },
};

/** What stands for a field of a type of the schema; undefined where the facts name nothing. */
export const successorOf = (type: string, field: string): Successor | undefined =>
  SUCCESSORS[`${type.replace('v1alpha1.', '')}.${field}`];
