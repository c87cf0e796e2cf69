import { isSubnet, plainText } from '../documents/scalars.ts';
import { endpointProblem, isSubnetFilter } from './addresses.ts';
import { booleanIn, isIn, listIn, mapIn, numberIn, textIn, textsIn } from './looked-at.ts';
import { isControlPlane } from './machine-rules.ts';
import { refuse, warn, type ConfigRule, type RuleVerdict } from './rule.ts';

/** The cluster: its endpoint, names, etcd, manifests and discovery. */
export const clusterParts: ConfigRule = (config) => {
  if (!isIn(config, 'cluster')) return refuse(true, 'cluster instructions are required');
  const endpoint = textIn(config, 'cluster.controlPlane.endpoint');
  const wrong = endpoint === '' ? undefined : endpointProblem(endpoint);
  const domain = textIn(config, 'cluster.network.dnsDomain');
  return [
    ...refuse(
      isIn(config, 'cluster.controlPlane') && endpoint === '',
      'cluster controlplane endpoint is required',
      'cluster.controlPlane',
    ),
    ...refuse(wrong !== undefined, `invalid controlplane endpoint: ${wrong ?? ''}`, 'cluster.controlPlane.endpoint'),
    ...refuse(
      domain !== '' && !DNS_NAME.test(domain),
      `"${domain}" is not a valid DNS name`,
      'cluster.network.dnsDomain',
    ),
    ...refuse(
      booleanIn(config, 'cluster.externalCloudProvider.enabled') !== true &&
        listIn(config, 'cluster.externalCloudProvider.manifests').length > 0,
      'external cloud provider is disabled, but manifests are provided',
      'cluster.externalCloudProvider',
    ),
    ...etcdRules(config),
    ...manifestRules(config),
    ...discoveryRules(config),
    ...cniRules(config),
  ];
};

const DNS_NAME = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i;

function etcdRules(config: Parameters<ConfigRule>[0]): readonly RuleVerdict[] {
  if (!isIn(config, 'cluster.etcd')) return [];
  if (!isControlPlane(textIn(config, 'machine.type')))
    return refuse(true, 'etcd config is only allowed on control plane machines', 'cluster.etcd');
  const [advertised, listening] = ['advertisedSubnets', 'listenSubnets'].map((name) =>
    textsIn(config, `cluster.etcd.${name}`),
  );
  const bad = (texts: readonly string[] | undefined, what: string): readonly RuleVerdict[] =>
    (texts ?? [])
      .filter((text) => !isSubnetFilter(text))
      .flatMap((text) => refuse(true, `etcd ${what} subnet is not valid: "${text}"`, 'cluster.etcd'));
  return [
    ...refuse(!isIn(config, 'cluster.etcd.ca'), 'key/cert combination should not be empty', 'cluster.etcd'),
    ...refuse(
      textIn(config, 'cluster.etcd.subnet') !== '' && (advertised ?? []).length > 0,
      "etcd subnet can't be set when advertised subnets are set",
      'cluster.etcd.subnet',
    ),
    ...bad(advertised, 'advertised'),
    ...bad(listening, 'listen'),
  ];
}

function manifestRules(config: Parameters<ConfigRule>[0]): readonly RuleVerdict[] {
  const names = listIn(config, 'cluster.inlineManifests').map((one) => textIn(one, 'name'));
  return [
    ...refuse(names.includes(''), "inline manifest name can't be empty", 'cluster.inlineManifests'),
    ...[...new Set(names.filter((name, i) => name !== '' && names.indexOf(name) !== i))].flatMap((name) =>
      refuse(true, `inline manifest name "${name}" is duplicate`, 'cluster.inlineManifests'),
    ),
  ];
}

function discoveryRules(config: Parameters<ConfigRule>[0]): readonly RuleVerdict[] {
  const at = 'cluster.discovery';
  if (booleanIn(config, `${at}.enabled`) !== true || booleanIn(config, `${at}.registries.service.disabled`) === true)
    return [];
  return [
    ...refuse(textIn(config, 'cluster.id') === '', 'cluster discovery service requires .cluster.id', at),
    ...refuse(textIn(config, 'cluster.secret') === '', 'cluster discovery service requires .cluster.secret', at),
  ];
}

function cniRules(config: Parameters<ConfigRule>[0]): readonly RuleVerdict[] {
  const at = 'cluster.network.cni';
  const name = textIn(config, `${at}.name`);
  if (name === '' || !isControlPlane(textIn(config, 'machine.type'))) return [];
  const urls = listIn(config, `${at}.urls`).length;
  return [
    ...refuse(name === 'flannel' && urls > 0, '"urls" field should be empty for "flannel" CNI', at),
    ...warn(name === 'custom' && urls === 0, '"urls" field should not be empty for "custom" CNI', at),
    ...refuse(
      !['flannel', 'custom', 'none'].includes(name),
      'cni name should be one of ["flannel", "custom", "none"]',
      at,
    ),
  ];
}

/** KubeSpan, disks, the kubelet and encrypted partitions. */
export const machineResources: ConfigRule = (config) => {
  const mtu = numberIn(config, 'machine.network.kubespan.mtu');
  const filters = 'machine.network.kubespan.filters';
  const disks = listIn(config, 'machine.disks');
  return [
    ...refuse(
      mtu !== undefined && mtu < 1280,
      'kubespan link MTU must be at least 1280',
      'machine.network.kubespan.mtu',
    ),
    ...textsIn(config, `${filters}.endpoints`)
      .filter((text) => !isSubnetFilter(text))
      .flatMap((text) => refuse(true, `KubeSpan endpoint filter is not valid: "${text}"`, filters)),
    ...textsIn(config, `${filters}.excludeAdvertisedNetworks`)
      .filter((text) => !isSubnet(text))
      .flatMap((text) => refuse(true, `KubeSpan exclude advertised networks filter is not valid: "${text}"`, filters)),
    ...disks.flatMap((disk, i) => refuse(plainText(disk) === '', `machine.disks[${i}] is null`, 'machine.disks')),
    ...disks.flatMap((disk) => {
      const sizes = listIn(disk, 'partitions').map((one) => textIn(one, 'size'));
      return refuse(
        sizes.slice(0, -1).some((size) => size === '' || size === '0'),
        `partition for disk "${textIn(disk, 'device')}" is set to occupy full disk, but it's not the last partition in the list`,
        'machine.disks',
      );
    }),
    ...textsIn(config, 'machine.kubelet.nodeIP.validSubnets')
      .filter((text) => !isSubnetFilter(text))
      .flatMap((text) => refuse(true, `kubelet nodeIP subnet is not valid: "${text}"`, 'machine.kubelet.nodeIP')),
    ...kubeletOverrides(mapIn(config, 'machine.kubelet.extraConfig'), 'machine.kubelet.extraConfig'),
    ...(['ephemeral', 'state'] as const).flatMap((partition) => encryptionRules(config, partition)),
  ];
};

const FIXED_FOR_KUBELET: readonly string[] = [
  ...['apiVersion', 'authentication', 'authorization', 'cgroupRoot', 'kind', 'kubeletCgroups', 'port'],
  ...['protectKernelDefaults', 'resolvConf', 'rotateCertificates', 'systemCgroups', 'staticPodPath', 'seccompDefault'],
];

/** Fields of the kubelet's configuration that Talos sets itself. */
export const kubeletOverrides = (extra: ReadonlyMap<string, unknown>, path: string): readonly RuleVerdict[] =>
  FIXED_FOR_KUBELET.filter((name) => extra.has(name)).flatMap((name) =>
    refuse(true, `kubelet configuration field "${name}" can't be overridden`, path),
  );

function encryptionRules(config: Parameters<ConfigRule>[0], partition: 'ephemeral' | 'state'): readonly RuleVerdict[] {
  const at = `machine.systemDiskEncryption.${partition}`;
  if (!isIn(config, at)) return [];
  const name = `partition "${partition.toUpperCase()}"`;
  const keys = listIn(config, `${at}.keys`);
  const slots = keys.map((key) => numberIn(key, 'slot') ?? 0);
  return [
    ...refuse(keys.length === 0, `${name}: no encryption keys provided`, at),
    ...keys.flatMap((key, i) => [
      ...refuse(
        slots.indexOf(slots[i] ?? 0) !== i,
        `${name}: encryption key slot ${slots[i] ?? 0} is already in use`,
        at,
      ),
      ...refuse(
        !['static', 'nodeID', 'kms', 'tpm'].some((kind) => isIn(key, kind)),
        `${name}: encryption key at slot ${slots[i] ?? 0} doesn't have the configuration parameters`,
        at,
      ),
    ]),
  ];
}
