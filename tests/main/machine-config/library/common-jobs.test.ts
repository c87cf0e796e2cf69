import { describe, expect, it } from 'vitest';
import { COMMON_JOBS, commonJobs } from '../../../../main/machine-config/library/common-jobs/choose-form.ts';
import { checkTemplate } from '../../../../main/machine-config/library/check-template.ts';
import { fillVariables } from '../../../../main/machine-config/library/fill-variables.ts';
import { loadConfig } from '../../../../main/machine-config/documents/load.ts';
import { patchConfig } from '../../../../main/machine-config/patch/patch-config.ts';
import { kindNamed } from '../../../../main/machine-config/schema/schema.ts';
import { validateConfig } from '../../../../main/machine-config/validate/validate.ts';

const VALUES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'static-address': { LINK: 'eth0', ADDRESS: '192.168.1.20/24', GATEWAY: '192.168.1.1', NETWORK: '0.0.0.0/0' },
  hostname: { HOSTNAME: 'worker-1' },
  vip: { LINK: 'eth0', DHCP: 'true', ADDRESS: '192.168.1.10' },
  'ntp-servers': { SERVER: 'time.example.org' },
  'registry-mirror': { REGISTRY: '*', MIRROR: 'https://mirror.example.org' },
  'disk-volume': {
    NAME: 'data',
    DISKS: 'disk.transport == "nvme"',
    SIZE: '100GiB',
    DEVICE: '/dev/sdb',
    PLACE: '/var/mnt/data',
  },
  sysctl: { SYSCTL: 'vm.max_map_count', VALUE: '262144' },
  'kernel-module': { MODULE: 'nbd' },
  'talos-san': { SAN: 'talos.example.org' },
  'installer-image': { INSTALLER: 'factory.talos.dev/metal-installer/abc:v1.14.0' },
  'kubelet-argument': { ARGUMENT: 'rotate-server-certificates', VALUE: 'true' },
  'node-label': { LABEL: 'example.org/zone', VALUE: 'a' },
  'api-server-san': { SAN: '10.0.0.9' },
  'schedule-on-control-planes': {},
};

const doc = (kind: string, ...lines: readonly string[]): string =>
  ['---', 'apiVersion: v1alpha1', `kind: ${kind}`, ...lines].map((line) => `${line}\n`).join('');

/** A config as `talosctl gen config` writes it for a contract, as far as it matters here (SPEC-2 G4, G5). */
function configOf(minor: number, type: 'controlplane' | 'worker'): string {
  const isControlPlane = type === 'controlplane';
  const head = `version: v1alpha1\npersist: true\nmachine:\n    type: ${type}\n    ca: {crt: YQ==${isControlPlane ? ', key: Yg==' : ''}}\n`;
  if (minor < 14)
    return (
      `${head}    kubelet:\n        image: ghcr.io/siderolabs/kubelet:v1.33.0\n` +
      (minor < 12 ? '    network: {}\n' : '') +
      '    install:\n        disk: /dev/sda\n        image: ghcr.io/siderolabs/installer:v1.12.0\n        wipe: false\n' +
      `cluster:\n    controlPlane:\n        endpoint: https://10.0.0.1:6443\n` +
      (isControlPlane
        ? '    apiServer:\n        image: registry.k8s.io/kube-apiserver:v1.33.0\n        certSANs: [10.0.0.1]\n'
        : '') +
      (minor < 12 ? '' : doc('HostnameConfig', 'auto: stable'))
    );
  return (
    `${head}cluster:\n    token: abcdef.0123456789abcdef\n` +
    doc(
      'UnattendedInstallConfig',
      'installer:',
      '    image: ghcr.io/siderolabs/installer:v1.14.0',
      'provisioning:',
      '    diskSelector:',
      '        match: disk.dev_path == "/dev/sda"',
      '    wipe: false',
    ) +
    doc('HostnameConfig', 'auto: stable') +
    doc(
      'KubeNodeConfig',
      'nodeIP: {}',
      ...(isControlPlane ? ['taints:', '    node-role.kubernetes.io/control-plane: NoSchedule'] : []),
    ) +
    doc('KubeletConfig', 'image: ghcr.io/siderolabs/kubelet:v1.34.0', 'config: {}') +
    (isControlPlane ? doc('KubeAPIServerConfig', 'image: registry.k8s.io/kube-apiserver:v1.34.0') : '')
  );
}

/** Kinds that a version does not know yet, as far as it is known since when they are there. */
const KINDS_SINCE: Readonly<Record<string, number>> = {
  ...{ HostnameConfig: 12, RegistryMirrorConfig: 12, UserVolumeConfig: 11 },
  ...{ LinkConfig: 14, Layer2VIPConfig: 14, TimeSyncConfig: 14, SysctlConfig: 14, KernelModuleConfig: 14 },
  ...{ UnattendedInstallConfig: 14, KubeletConfig: 14, KubeNodeConfig: 14, KubeAPIServerConfig: 14 },
};

const cases = [9, 11, 12, 13, 14].flatMap((minor) =>
  (['controlplane', 'worker'] as const).flatMap((type) =>
    commonJobs(configOf(minor, type), `v1.${minor}.1`).map((job) => ({ minor, type, job })),
  ),
);

describe('common jobs', () => {
  it.each(cases)(
    '$job.id for a $type of Talos 1.$minor: applied, it changes the config, and Talos takes it',
    ({ minor, type, job }) => {
      const before = configOf(minor, type);
      expect(validateConfig(before, 'metal', false)).toEqual([]);
      const patch = fillVariables(job.text, new Map(Object.entries(VALUES[job.id] ?? {})));
      const { text, isChanged } = patchConfig(before, [patch]);
      expect(isChanged).toBe(true);
      expect(validateConfig(text, 'metal', false)).toEqual([]);
      for (const { kind } of loadConfig(text).documents) expect(KINDS_SINCE[kind.kind] ?? 0).toBeLessThanOrEqual(minor);
    },
  );

  it('each have a form for every version, forms that can be kept, and kinds that the schema has', () => {
    for (const { id, forms } of COMMON_JOBS) {
      expect(forms.at(-1)?.kind, id).toBeUndefined();
      expect(Object.keys(VALUES), id).toContain(id);
      for (const { text, kind, variables } of forms) {
        expect(
          checkTemplate(text)
            .map(({ name }) => name)
            .sort(),
          id,
        ).toEqual(Object.keys(variables).sort());
        if (kind !== undefined) expect(kindNamed(kind), id).toBeDefined();
      }
    }
  });

  it('are documents of their own with a new Talos, and the old fields where a config has those', () => {
    const form = (config: string, version: string, id: string): string =>
      commonJobs(config, version)
        .find((job) => job.id === id)
        ?.text.split('\n')[1]
        ?.trim() ?? '';
    const [old, now] = [configOf(13, 'worker'), configOf(14, 'worker')];
    expect(form(now, 'v1.14.0', 'sysctl')).toBe('kind: SysctlConfig');
    expect(form(now.replace('cluster:', '    sysctls: {a: "1"}\ncluster:'), 'v1.14.0', 'sysctl')).toBe('sysctls:');
    expect(form(old, 'v1.14.0', 'sysctl')).toBe('kind: SysctlConfig');
    expect(form(old, 'v1.14.0', 'kubelet-argument')).toBe('kubelet:');
    expect(form(old, 'v1.13.0', 'sysctl')).toBe('sysctls:');
    // Of a file nobody knows the version: its documents tell.
    expect(form(now, '', 'sysctl')).toBe('kind: SysctlConfig');
    expect(form(old, '', 'registry-mirror')).toBe('kind: RegistryMirrorConfig');
    expect(form(old.replace(/---[^]*$/, ''), '', 'registry-mirror')).toBe('registries:');
    // Beside a link that is a document, a virtual IP is none of the old section.
    const control = configOf(13, 'controlplane');
    expect(form(control, 'v1.13.0', 'vip')).toBe('network:');
    expect(form(control + doc('LinkConfig', 'name: eth0'), 'v1.13.0', 'vip')).toBe('kind: Layer2VIPConfig');
    // Beside the old section of the kubelet nobody knows whether Talos takes the document of the node.
    expect(form(old, 'v1.14.0', 'node-label')).toBe('nodeLabels:');
    expect(form(now, 'v1.14.0', 'node-label')).toBe('kind: KubeNodeConfig');
    expect(form(now, 'v2.0.0', 'sysctl')).toBe('kind: SysctlConfig');
  });

  it('say of a link that they name for the first time whether it asks DHCP: it would lose its address otherwise', () => {
    for (const { id, forms } of COMMON_JOBS)
      for (const { text } of forms) if (text.includes('- interface:')) expect(text, id).toMatch(/^ +dhcp: /m);
    const vip = commonJobs(configOf(13, 'controlplane'), 'v1.13.0').find(({ id }) => id === 'vip');
    expect(vip?.variables.find(({ name }) => name === 'DHCP')).toMatchObject({ wants: 'bool' });
  });

  it('for control planes are not offered for a worker', () => {
    const ids = (type: 'controlplane' | 'worker'): readonly string[] =>
      commonJobs(configOf(13, type), 'v1.13.0').map(({ id }) => id);
    const only = ids('controlplane').filter((id) => !ids('worker').includes(id));
    expect(only).toEqual(['vip', 'api-server-san', 'schedule-on-control-planes']);
  });
});
