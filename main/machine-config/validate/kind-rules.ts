import { isIP } from 'node:net';
import type { PlainMap } from '../../yaml/plain-value.ts';
import { durationOf, isSubnet } from '../documents/scalars.ts';
import { endpointProblem } from './addresses.ts';
import { kubeletOverrides } from './cluster-rules.ts';
import { booleanIn, isIn, listIn, mapIn, numberIn, textIn, textsIn } from './looked-at.ts';
import { refuse, warn, type RuleVerdict } from './rule.ts';

type KindRule = (document: PlainMap) => readonly RuleVerdict[];

const required =
  (path: string, text: string): KindRule =>
  (one) =>
    refuse(textIn(one, path) === '' && !isIn(one, path), text, path);
const scheme = (path: string, allowed: RegExp, text: (found: string) => string): KindRule => {
  return (one) => {
    const url = textIn(one, path);
    return refuse(url !== '' && !allowed.test(url), text(url.split('://')[0] ?? ''), path);
  };
};
const all =
  (...rules: readonly KindRule[]): KindRule =>
  (one) =>
    rules.flatMap((rule) => rule(one));

/** Names of volumes: the label of a partition has 36 characters, two of which are a prefix. */
const volumeName: KindRule = (one) => {
  const name = textIn(one, 'name');
  if (name === '') return refuse(true, 'name is required', 'name');
  return [
    ...refuse(name.length > 34, 'name must be between 1 and 34 characters long', 'name'),
    ...refuse(
      !/^[a-z0-9-]+$/i.test(name),
      'name can only contain lowercase and uppercase ASCII letters, digits, and hyphens',
      'name',
    ),
  ];
};

const encryption: KindRule = (one) => {
  if (!isIn(one, 'encryption')) return [];
  const keys = listIn(one, 'encryption.keys');
  const slots = keys.map((key) => numberIn(key, 'slot') ?? 0);
  return [
    ...refuse(keys.length === 0, 'encryption keys are required', 'encryption'),
    ...slots.flatMap((slot, i) => refuse(slots.indexOf(slot) !== i, `duplicate key slot ${slot}`, 'encryption.keys')),
    ...keys.flatMap((key, i) =>
      refuse(
        !['static', 'nodeID', 'kms', 'tpm'].some((kind) => isIn(key, kind)),
        `at least one encryption key type must be specified for slot ${slots[i] ?? 0}`,
        'encryption.keys',
      ),
    ),
  ];
};

const linkName = required('name', 'name must be specified');
const addresses: KindRule = (one) =>
  listIn(one, 'addresses').flatMap((address, i) => {
    const text = textIn(address, 'address');
    if (text === '') return refuse(true, `address ${i} must be specified`, 'addresses');
    return refuse(!isSubnet(text), `address ${i} must be a valid IP prefix`, 'addresses');
  });
const link = all(linkName, addresses);

const subnets =
  (path: string, what: string): KindRule =>
  (one) => {
    const texts = textsIn(one, path);
    const versions = texts.map((text) => isIP(text.split('/')[0] ?? ''));
    const at = `${what} subnets: `;
    return [
      ...refuse(texts.length === 0, `${at}at least one subnet must be specified`, path),
      ...refuse(texts.length > 2, `${at}at most two subnets can be specified for dual-stack clusters`, path),
      ...refuse(
        texts.length === 2 && versions[0] === versions[1],
        `${at}at most one IPv4 and one IPv6 subnet can be specified for dual-stack clusters`,
        path,
      ),
    ];
  };

const hostname: KindRule = (one) => {
  const [auto, name] = [textIn(one, 'auto'), textIn(one, 'hostname')];
  return [
    ...refuse(auto === '' && name === '', "either 'auto' or 'hostname' must be set"),
    ...refuse(
      auto !== '' && auto !== 'off' && name !== '',
      "'auto' and 'hostname' cannot be set at the same time",
      'auto',
    ),
    ...refuse(name.length > 253, `fqdn is too long: ${name.length}`, 'hostname'),
  ];
};

const bond: KindRule = (one) => [
  ...refuse(textsIn(one, 'links').length === 0, 'at least one link must be specified', 'links'),
  ...refuse(textIn(one, 'bondMode') === '', 'bond mode must be specified', 'bondMode'),
  ...refuse(
    textIn(one, 'primary') !== '' && !textsIn(one, 'links').includes(textIn(one, 'primary')),
    `primary link "${textIn(one, 'primary')}" is not in the list of bonded links`,
    'primary',
  ),
  ...(textIn(one, 'bondMode') === '802.3ad' ? ['miimon', 'updelay', 'downdelay'] : []).flatMap((name) =>
    warn(!isIn(one, name), `${name} was not specified for 802.3ad bond`, 'bondMode'),
  ),
];

const vlan: KindRule = (one) => {
  const id = numberIn(one, 'vlanID') ?? 0;
  return [
    ...refuse(id < 1 || id > 4094, 'vlanID must be specified and between 1 and 4094', 'vlanID'),
    ...refuse(textIn(one, 'parent') === '', 'parent must be specified', 'parent'),
  ];
};

const resolver: KindRule = (one) => [
  ...listIn(one, 'nameservers').flatMap((server, i) => {
    const protocol = textIn(server, 'protocol') || 'Do53';
    const name = textIn(server, 'tlsServerName');
    return [
      ...refuse(
        protocol !== 'Do53' && name === '',
        `tlsServerName must be set when protocol is ${protocol}: entry ${i}`,
        'nameservers',
      ),
      ...refuse(
        protocol === 'Do53' && name !== '',
        `tlsServerName must be empty when protocol is Do53: entry ${i}`,
        'nameservers',
      ),
      ...refuse(
        isIP(textIn(server, 'address')) === 0,
        `nameserver address must be a valid IP: entry ${i}`,
        'nameservers',
      ),
    ];
  }),
  ...refuse(
    booleanIn(one, 'hostDNS.forwardKubeDNSToHost') === true && booleanIn(one, 'hostDNS.enabled') !== true,
    'hostDNS.forwardKubeDNSToHost cannot be enabled when hostDNS.enabled is false',
    'hostDNS',
  ),
];

const authorizer: KindRule = (one) => {
  const type = textIn(one, 'type');
  return [
    ...refuse(textIn(one, 'name') === '', 'authorizer name is required', 'name'),
    ...(type === ''
      ? refuse(true, 'authorizer type is required', 'type')
      : refuse(
          !['Node', 'RBAC', 'Webhook'].includes(type),
          `authorizer type ${type} is not allowed, allowed types are [Node RBAC Webhook]`,
          'type',
        )),
    ...refuse(
      type === 'Webhook' && mapIn(one, 'webhook').size === 0,
      'authorizer webhook configuration is required for Webhook authorizer type',
      'webhook',
    ),
  ];
};

const HTTP = /^https?:\/\//;

/** What Talos says of single documents, by kind (SPEC-2 F8): the rules that can be judged from the text alone. */
export const KIND_RULES: Readonly<Record<string, KindRule>> = {
  UserVolumeConfig: all(volumeName, encryption),
  RawVolumeConfig: all(volumeName, encryption),
  SwapVolumeConfig: all(volumeName, encryption),
  ExternalVolumeConfig: volumeName,
  ExistingVolumeConfig: all(volumeName, required('discovery.volumeSelector.match', 'volume selector is required')),
  VolumeConfig: (one) => [
    ...refuse(
      !['STATE', 'EPHEMERAL', 'IMAGECACHE', 'ETCD', 'CRI', 'KUBELET', 'LOG'].includes(textIn(one, 'name')),
      'only ["STATE" "EPHEMERAL" "IMAGECACHE" "ETCD" "CRI" "KUBELET" "LOG"] volumes are supported',
      'name',
    ),
    ...refuse(
      textIn(one, 'name') === 'STATE' && isIn(one, 'provisioning'),
      'provisioning config is not allowed for the "STATE" volume',
      'provisioning',
    ),
    ...encryption(one),
  ],
  FilesystemTrimConfig: (one) =>
    refuse((durationOf(textIn(one, 'interval')) ?? 0n) < 0n, 'interval cannot be negative', 'interval'),
  ZswapConfig: (one) => {
    const percent = numberIn(one, 'maxPoolPercent') ?? 0;
    return refuse(percent < 0 || percent > 100, 'maxPoolPercent must be between 0 and 100', 'maxPoolPercent');
  },
  DiscoveryIdentityConfig: all(
    required('clusterID', 'clusterID is required'),
    required('clusterSecret', 'clusterSecret is required'),
  ),
  DiscoveryServiceConfig: all(
    required('name', 'name is required'),
    required('endpoint', 'endpoint is required'),
    scheme('endpoint', /^(?:https?|grpc):\/\//, () => 'endpoint scheme must be http://, https:// or grpc://'),
  ),
  RegistryAuthConfig: (one) => [
    ...refuse(textIn(one, 'name') === '', 'name must be specified', 'name'),
    ...refuse(
      [isIn(one, 'auth'), isIn(one, 'username') || isIn(one, 'password'), isIn(one, 'identityToken')].filter(Boolean)
        .length > 1,
      'only one of auth, username/password or identityToken authentication can be specified',
    ),
  ],
  RegistryMirrorConfig: all(required('name', 'name must be specified'), (one) =>
    listIn(one, 'endpoints').flatMap((endpoint, i) => {
      const url = textIn(endpoint, 'url');
      if (url === '') return refuse(true, `endpoints[${i}].url must be specified`, 'endpoints');
      return refuse(
        !HTTP.test(url),
        `endpoints[${i}].url has unsupported scheme: "${url.split('://')[0] ?? ''}"`,
        'endpoints',
      );
    }),
  ),
  KubeAPIServerConfig: required('image', 'kube-apiserver image cannot be empty'),
  KubeControllerManagerConfig: required('image', 'kube-controller-manager image cannot be empty'),
  KubeSchedulerConfig: required('image', 'scheduler image cannot be empty'),
  KubeletConfig: all(required('image', 'kubelet image cannot be empty'), (one) =>
    kubeletOverrides(mapIn(one, 'config'), 'config'),
  ),
  KubeProxyConfig: (one) => {
    const mode = textIn(one, 'mode') || 'nftables';
    return [
      ...refuse(
        !['iptables', 'ipvs', 'nftables'].includes(mode),
        `invalid proxy mode "${mode}": supported modes are iptables, ipvs and nftables`,
        'mode',
      ),
      ...warn(
        mode === 'iptables' || mode === 'ipvs',
        `proxy mode "${mode}" is not recommended, please switch to nftables if possible`,
        'mode',
      ),
    ];
  },
  KubeNetworkConfig: all(subnets('podSubnets', 'pod'), subnets('serviceSubnets', 'service'), (one) =>
    refuse(
      textsIn(one, 'podSubnets').length !== textsIn(one, 'serviceSubnets').length,
      'the number of pod subnets must match the number of service subnets',
      'podSubnets',
    ),
  ),
  KubeClusterConfig: all(
    required('clusterName', 'clusterName must be specified'),
    required('endpoint', 'endpoint must be specified'),
    (one) => {
      const endpoint = textIn(one, 'endpoint');
      const wrong = endpoint === '' ? undefined : endpointProblem(endpoint);
      return refuse(wrong !== undefined, `cluster endpoint is invalid: ${wrong ?? ''}`, 'endpoint');
    },
  ),
  KubeAuthorizerConfig: authorizer,
  KubePrismConfig: (one) => {
    const port = numberIn(one, 'port') ?? 0;
    return refuse(port < 1 || port > 65_535, `invalid port ${port}: must be in range 1-65535`, 'port');
  },
  KubeStaticPodConfig: (one) => refuse(mapIn(one, 'pod').size === 0, 'static pod spec is required', 'pod'),
  LinkConfig: link,
  DummyLinkConfig: link,
  BridgeConfig: link,
  BondConfig: all(link, bond),
  VLANConfig: all(link, vlan),
  VRFConfig: link,
  WireguardConfig: all(link, required('privateKey', 'wireguard private key must be specified')),
  VethConfig: all(link, (one) =>
    refuse(textIn(one, 'name') === textIn(one, 'peer.name'), 'name and peer name must be different', 'peer'),
  ),
  HostnameConfig: hostname,
  ResolverConfig: resolver,
  Layer2VIPConfig: required('link', 'link must be specified'),
  HCloudVIPConfig: all(required('link', 'link must be specified'), required('apiToken', 'apiToken must be specified')),
  HTTPProbeConfig: all(
    required('name', 'probe name is required'),
    required('url', 'HTTP probe URL is required'),
    scheme('url', HTTP, (found) => `HTTP probe URL scheme must be http or https, got "${found}"`),
  ),
  TCPProbeConfig: all(
    required('name', 'probe name is required'),
    required('endpoint', 'TCP probe endpoint is required'),
  ),
  TimeSyncConfig: (one) => [
    ...refuse((durationOf(textIn(one, 'bootTimeout')) ?? 0n) < 0n, 'bootTimeout cannot be negative', 'bootTimeout'),
    ...refuse(isIn(one, 'ntp') && isIn(one, 'ptp'), 'only one of ntp or ptp configuration can be specified', 'ptp'),
  ],
  KubeSpanConfig: (one) => {
    const mtu = numberIn(one, 'mtu');
    return refuse(mtu !== undefined && mtu < 1280, 'kubespan link MTU must be at least 1280', 'mtu');
  },
  SideroLinkConfig: all(
    required('apiUrl', 'apiUrl is required'),
    scheme('apiUrl', /^(?:https|grpc):\/\//, () => 'apiUrl scheme must be https:// or grpc://'),
  ),
  WatchdogTimerConfig: (one) => {
    const timeout = durationOf(textIn(one, 'timeout') || '1m') ?? 0n;
    return [
      ...refuse(textIn(one, 'device') === '', 'watchdog device: empty value', 'device'),
      ...refuse(timeout < 10_000_000_000n, 'watchdog timeout: minimum value is 10s', 'timeout'),
    ];
  },
};
