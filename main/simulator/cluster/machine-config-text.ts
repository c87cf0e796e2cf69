import type { VirtualCluster } from './cluster.ts';
import type { VirtualNode } from '../node/virtual-node.ts';
import { talosYaml } from '../wire/talos-yaml.ts';

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

/**
 * The machine config a node runs with, or starts with the next time (`persistent`): the one it was given, else one that follows from the cluster. The secrets of that
 * look real and open nothing: the keys were never used to sign.
 */
export function machineConfigText(
  node: VirtualNode,
  cluster: VirtualCluster,
  which: 'active' | 'persistent' = 'active',
): string {
  const given = node.machine.configs[which];
  if (given !== null) return given;
  const { secrets } = cluster;
  const controlPlane = node.role === 'controlplane';
  return talosYaml({
    version: 'v1alpha1',
    debug: false,
    persist: true,
    machine: {
      type: node.role,
      token: secrets.machineToken,
      ca: { crt: base64(cluster.certificates.caPem), key: controlPlane ? secrets.caKey : '' },
      certSANs: [],
      kubelet: {
        image: `ghcr.io/siderolabs/kubelet:${cluster.kubernetesVersion}`,
        defaultRuntimeSeccompProfileEnabled: true,
        disableManifestsDirectory: true,
      },
      network: { hostname: node.name },
      install: {
        disk: `/dev/${node.profile.disk.name}`,
        image: `ghcr.io/siderolabs/installer:${node.version}`,
        wipe: false,
      },
      features: { rbac: true, stableHostname: true, apidCheckExtKeyUsage: true, diskQuotaSupport: true },
    },
    cluster: {
      id: cluster.id,
      secret: secrets.clusterSecret,
      controlPlane: { endpoint: cluster.kubernetesUrl },
      clusterName: cluster.name,
      network: {
        dnsDomain: 'cluster.local',
        podSubnets: ['10.244.0.0/16'],
        serviceSubnets: ['10.96.0.0/12'],
      },
      token: secrets.bootstrapToken,
      ...(controlPlane ? { secretboxEncryptionSecret: secrets.secretboxSecret, etcd: {} } : {}),
      discovery: { enabled: true },
    },
  });
}
