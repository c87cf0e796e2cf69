import type { ConfigFieldHelp, ConfigHelp } from '../../../preload/contract/index.ts';
import { fieldsOf, kindNamed, kindNames, typeIds, typeWord, type Field } from './schema.ts';

let made: ConfigHelp | undefined;

/** What may stand in machine configs, as the page completes and explains it. Made once. */
export function configHelp(): ConfigHelp {
  return (made ??= {
    kinds: Object.fromEntries(
      kindNames().flatMap((name) => {
        const kind = kindNamed(name);
        return kind ? [[name, { type: kind.root, apiVersion: kind.apiVersion }]] : [];
      }),
    ),
    types: Object.fromEntries(
      typeIds().map((id) => [
        id,
        Object.fromEntries([...fieldsOf(id)].map(([name, field]) => [name, helpOf(id, name, field)])),
      ]),
    ),
  });
}

function helpOf(id: string, name: string, { type, values, deprecated }: Field): ConfigFieldHelp {
  const words = values ?? (type.is === 'enum' ? type.words.map((word) => word.split(' ')[0] ?? word) : undefined);
  const successors = SUCCESSORS[`${id.replace('v1alpha1.', '')}.${name}`];
  return {
    type: typeWord(id, name),
    ...(words && { words }),
    ...(deprecated && { isDeprecated: true }),
    ...(successors && { successors }),
  };
}

/** Documents that took the place of sections of the v1alpha1 document, as far as they refuse to stand beside them (SPEC-2 F8). */
const SUCCESSORS: Readonly<Record<string, readonly string[]>> = {
  'NetworkConfig.hostname': ['HostnameConfig'],
  'NetworkConfig.interfaces': ['LinkConfig', 'BondConfig', 'VLANConfig', 'WireguardConfig'],
  'NetworkConfig.nameservers': ['ResolverConfig'],
  'NetworkConfig.searchDomains': ['ResolverConfig'],
  'NetworkConfig.kubespan': ['KubeSpanConfig'],
  'FeaturesConfig.hostDNS': ['ResolverConfig'],
  'FeaturesConfig.kubePrism': ['KubePrismConfig'],
  'MachineConfig.baseRuntimeSpecOverrides': ['CRIBaseRuntimeSpecConfig'],
  'MachineConfig.install': ['UnattendedInstallConfig'],
  'ClusterConfig.id': ['DiscoveryIdentityConfig'],
  'ClusterConfig.secret': ['DiscoveryIdentityConfig'],
  'ClusterConfig.discovery': ['DiscoveryServiceConfig'],
  'ClusterConfig.network': ['KubeNetworkConfig'],
  'ClusterConfig.clusterName': ['KubeClusterConfig'],
};
