import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../main/machine-config/read-config.ts';
import { checkConfig, validateConfig } from '../../../main/machine-config/validate/validate.ts';

const CA = '    ca: {crt: YQ==, key: Yg==}\n';
const WORKER = 'version: v1alpha1\nmachine:\n    type: worker\n    ca: {crt: YQ==}\ncluster: {}\n';
const CONTROL = `version: v1alpha1\nmachine:\n    type: controlplane\n${CA}cluster: {}\n`;
const said = (text: string, mode: 'metal' | 'cloud' | 'container' = 'cloud', isStrict = false): readonly string[] =>
  validateConfig(text, mode, isStrict).map(({ severity, text: words }) =>
    severity === 'warning' ? `WARNING: ${words}` : words,
  );
const doc = (kind: string, ...lines: readonly string[]): string =>
  ['apiVersion: v1alpha1', `kind: ${kind}`, ...lines].map((line) => `${line}\n`).join('');

describe('a machine config is judged as talosctl validate does', () => {
  it('without the sign-in of an address that is quoted', () => {
    const subnets = '    kubelet: {nodeIP: {validSubnets: ["https://me:pass-word@host"]}}\n';
    expect(said(WORKER.replace('cluster', `${subnets}cluster`))).toEqual([
      'kubelet nodeIP subnet is not valid: "https://***@host"',
    ]);
  });

  it('and said without a value that is a secret elsewhere in it', () => {
    const secret = 'sekret.0123456789abcdef';
    const text = WORKER.replace(
      'worker\n',
      `worker\n    token: ${secret}\n    kubelet: {nodeIP: {validSubnets: ["${secret}"]}}\n`,
    );
    expect(
      validateConfig(text, 'metal', false)
        .map(({ text: words }) => words)
        .join(),
    ).toContain(secret);
    expect(checkConfig(text, 'metal', false)).toMatchObject([
      { text: 'kubelet nodeIP subnet is not valid: "<secret-1>"' },
    ]);
    // One document of it is none, and named like the secret.
    const broken = `${text}---\nkind: ${secret}\n`;
    for (const work of [() => checkConfig(broken, 'metal', false), () => readConfig(broken)])
      expect(work).toThrow('error decoding document /<secret-1>/ ');
  });

  it('a good one in each mode', () => {
    expect([said(WORKER), said(CONTROL), said(WORKER, 'metal')]).toEqual([[], [], []]);
  });

  it.each([
    ['no machine', 'cluster: {}\n', ['machine instructions are required']],
    ['no cluster', WORKER.replace('cluster: {}\n', ''), ['cluster instructions are required']],
    ['an unknown type', WORKER.replace('worker', 'master'), ['unknown machine type "master"']],
    [
      'an old word for a worker',
      WORKER.replace('worker', 'join'),
      ['WARNING: use "worker" instead of "join" for machine type'],
    ],
    [
      'no authority',
      WORKER.replace('    ca: {crt: YQ==}\n', ''),
      [
        'issuing CA or some accepted CAs are required (.machine.ca, machine.acceptedCAs)',
        'trusted CA certificates are required on non-controlplane nodes (.machine.ca.crt, .machine.acceptedCAs)',
      ],
    ],
    [
      'a control plane without its key',
      CONTROL.replace('Yg==', '""'),
      ['issuing CA key is required for controlplane nodes (.machine.ca.key)'],
    ],
    [
      'a worker with the key',
      WORKER.replace('{crt: YQ==}', '{crt: YQ==, key: Yg==}'),
      ['issuing Talos API CA key is not allowed on non-controlplane nodes (.machine.ca)'],
    ],
    [
      'a worker with etcd',
      WORKER.replace('cluster: {}', 'cluster: {etcd: {}}'),
      ['etcd config is only allowed on control plane machines'],
    ],
    [
      'an endpoint',
      WORKER.replace('cluster: {}', 'cluster: {controlPlane: {endpoint: "https://fd00::1:6443"}}'),
      ['invalid controlplane endpoint: IPv6 addresses MUST be enclosed by square brackets'],
    ],
    [
      'discovery without identity',
      WORKER.replace('cluster: {}', 'cluster: {discovery: {enabled: true}}'),
      ['cluster discovery service requires .cluster.id', 'cluster discovery service requires .cluster.secret'],
    ],
    [
      'a manifest twice',
      WORKER.replace('cluster: {}', 'cluster: {inlineManifests: [{name: a}, {name: a}, {name: ""}]}'),
      ["inline manifest name can't be empty", 'inline manifest name "a" is duplicate'],
    ],
    [
      'a CNI',
      CONTROL.replace('cluster: {}', 'cluster: {network: {cni: {name: weave}}}'),
      ['cni name should be one of ["flannel", "custom", "none"]'],
    ],
    [
      'host DNS',
      WORKER.replace('    ca', '    features: {hostDNS: {forwardKubeDNSToHost: true}}\n    ca'),
      ['feature hostDNS.forwardKubeDNSToHost requires hostDNS.enabled to be true (.machine.features.hostDNS)'],
    ],
    [
      'the kubelet',
      WORKER.replace('    ca', '    kubelet: {extraConfig: {port: 1}, nodeIP: {validSubnets: [nope]}}\n    ca'),
      ['kubelet nodeIP subnet is not valid: "nope"', 'kubelet configuration field "port" can\'t be overridden'],
    ],
    [
      'an encrypted partition',
      WORKER.replace('    ca', '    systemDiskEncryption: {state: {keys: [{slot: 0}]}}\n    ca'),
      ['partition "STATE": encryption key at slot 0 doesn\'t have the configuration parameters'],
    ],
    [
      'a disk',
      WORKER.replace(
        '    ca',
        '    disks: [{device: /dev/sdb, partitions: [{mountpoint: /a}, {mountpoint: /b, size: 1GB}]}]\n    ca',
      ),
      ['partition for disk "/dev/sdb" is set to occupy full disk, but it\'s not the last partition in the list'],
    ],
    [
      'an empty mirror',
      WORKER.replace('    ca', '    registries: {mirrors: {a: null}}\n    ca'),
      ['registries.mirrors["a"] is null'],
    ],
    [
      'kinds for control planes',
      `${WORKER}---\n${doc('KubeSchedulerConfig', 'image: a')}`,
      ['the following document kinds are only allowed on control plane machines: [KubeSchedulerConfig]'],
    ],
  ])('%s', (_, text, words) => {
    expect(said(text)).toEqual(words);
  });

  it('by the mode: where to install on metal, host DNS in a container', () => {
    const install = WORKER.replace('    ca', '    install: {image: a}\n    ca');
    expect(said(install)).toEqual([]);
    expect(said(install, 'metal')).toEqual(['either install disk or diskSelector should be defined']);
    expect(said(WORKER, 'container')).toEqual(['hostDNS config is required in container mode']);
  });

  it('strict makes errors of the warnings of the old document, and of no other', () => {
    const text =
      `${WORKER.replace('    ca', '    files: [{path: /a, content: x, permissions: 0o600, op: create}]\n    ca')}---\n${doc('KubeProxyConfig', 'mode: ipvs')}`.replace(
        'worker',
        'worker',
      );
    const proxy = 'WARNING: proxy mode "ipvs" is not recommended, please switch to nftables if possible';
    const files = '.machine.files is deprecated; use dedicated configuration documents instead';
    const only = 'the following document kinds are only allowed on control plane machines: [KubeProxyConfig]';
    expect(said(text)).toEqual([`WARNING: ${files}`, proxy, only]);
    expect(said(text, 'cloud', true)).toEqual([`warning: ${files}`, proxy, only]);
  });

  it.each([
    [
      doc('UserVolumeConfig', 'name: a_b', 'encryption: {provider: luks2, keys: []}'),
      [
        'name can only contain lowercase and uppercase ASCII letters, digits, and hyphens',
        'encryption keys are required',
      ],
    ],
    [
      doc('VolumeConfig', 'name: DATA'),
      ['only ["STATE" "EPHEMERAL" "IMAGECACHE" "ETCD" "CRI" "KUBELET" "LOG"] volumes are supported'],
    ],
    [doc('HostnameConfig', 'auto: stable', 'hostname: a'), ["'auto' and 'hostname' cannot be set at the same time"]],
    [
      doc('BondConfig', 'name: bond0', 'bondMode: 802.3ad'),
      [
        'at least one link must be specified',
        ...['miimon', 'updelay', 'downdelay'].map((name) => `WARNING: ${name} was not specified for 802.3ad bond`),
      ],
    ],
    [
      doc('VLANConfig', 'name: v', 'vlanID: 5000'),
      ['vlanID must be specified and between 1 and 4094', 'parent must be specified'],
    ],
    [doc('LinkConfig', 'name: a', 'addresses: [{address: ""}]'), ['address 0 must be specified']],
    [
      doc('ResolverConfig', 'nameservers: [{address: 1.1.1.1, protocol: DoT}]'),
      ['tlsServerName must be set when protocol is DoT: entry 0'],
    ],
    [
      doc('KubeNetworkConfig', 'podSubnets: [10.0.0.0/8]', 'serviceSubnets: []'),
      [
        'service subnets: at least one subnet must be specified',
        'the number of pod subnets must match the number of service subnets',
      ],
    ],
    [
      doc('RegistryMirrorConfig', 'name: a', 'endpoints: [{url: "ftp://x"}]'),
      ['endpoints[0].url has unsupported scheme: "ftp"'],
    ],
    [doc('WatchdogTimerConfig', 'device: /dev/watchdog0', 'timeout: 5s'), ['watchdog timeout: minimum value is 10s']],
    [
      doc('DiscoveryServiceConfig', 'name: default', 'endpoint: https://discovery.talos.dev/'),
      [
        'cluster ID (.cluster.id or DiscoveryIdentityConfig) should be set when cluster discovery (DiscoveryServiceConfig) is enabled',
        'cluster secret (.cluster.secret or DiscoveryIdentityConfig) should be set when cluster discovery (DiscoveryServiceConfig) is enabled',
      ],
    ],
  ])('a document of its own: %s', (text, words) => {
    expect(said(text)).toEqual(words);
  });

  it('says which document and line it is about', () => {
    expect(
      validateConfig(`${WORKER.replace('worker', 'master')}---\n${doc('KubePrismConfig', 'port: 0')}`, 'cloud', false),
    ).toEqual([
      { severity: 'error', text: 'unknown machine type "master"', document: 'v1alpha1.Config', line: 3 },
      { severity: 'error', text: 'invalid port 0: must be in range 1-65535', document: 'KubePrismConfig', line: 9 },
    ]);
  });
});
