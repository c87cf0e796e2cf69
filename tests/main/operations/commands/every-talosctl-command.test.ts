import { describe, expect, it } from 'vitest';
import { Failed } from '../../../../main/lib/failed.ts';
import { COMMANDS, PLACED } from '../../../../main/operations/commands/index.ts';
import { parseTalosctl } from '../../../../main/operations/commands/kit/talosctl-parse.ts';

/** What a pasted line leads to: a run of that command, a place of its own, or words why neither. */
function outcomeOf(line: string): string {
  try {
    const { command, opens } = parseTalosctl(`talosctl ${line}`, [...COMMANDS, ...PLACED]);
    return opens === undefined ? `runs ${command}` : `opens ${opens.action}`;
  } catch (error) {
    if (!(error instanceof Failed)) throw error;
    const { message, hint } = error.failure;
    return /no command/.test(message) || hint === undefined ? `unknown: ${message}` : 'explained';
  }
}

/** Every command of talosctl that changes nothing (docs/talos-behaviour.md §6.1 to §6.3, §6.8), as it is written, and where it leads. */
const READING: Readonly<Record<string, string>> = {
  'cgroups --preset memory': 'runs cgroups',
  'cg --preset cpu': 'runs cgroups',
  containers: 'runs containers',
  c: 'runs containers',
  diskfree: 'runs diskfree',
  'df EPHEMERAL': 'runs diskfree',
  dmesg: 'runs dmesg',
  'etcd alarm list': 'runs etcd-alarms',
  'etcd members': 'runs etcd-members',
  'etcd status': 'runs etcd-status',
  'get members': 'runs get',
  'g members cp-1': 'runs get',
  'get disks': 'runs disks',
  health: 'opens checks.open',
  'health --server=false': 'opens checks.open',
  'image k8s-bundle': 'opens bundles.open',
  'image default --k8s-version v1.35.2': 'opens bundles.open',
  'image talos-bundle v1.13.9': 'opens bundles.open',
  'image list': 'runs images',
  'image ls': 'runs images',
  list: 'runs list',
  ls: 'runs list',
  'logs kubelet': 'runs logs',
  memory: 'runs memory',
  free: 'runs memory',
  m: 'runs memory',
  mounts: 'runs mounts',
  mount: 'runs mounts',
  netstat: 'runs netstat',
  'ss kube-system/x': 'runs netstat',
  processes: 'runs processes',
  ps: 'runs processes',
  p: 'runs processes',
  service: 'runs services',
  'services etcd': 'runs services',
  stats: 'runs stats',
  time: 'runs time',
  'time --check pool.ntp.org': 'runs time',
  usage: 'runs usage',
  du: 'runs usage',
  version: 'runs version',
  crashdump: 'explained',
  dashboard: 'explained',
  disks: 'explained',
  interfaces: 'explained',
  routes: 'explained',
  route: 'explained',
  'conformance kubernetes': 'explained',
  'etcd downgrade validate 3.5': 'explained',
  'inspect dependencies': 'runs inspect-dependencies',
  'image cache-create': 'explained',
  'image cache-serve': 'explained',
  'image cache-cert-gen': 'explained',
  kubeconfig: 'explained',
  pcap: 'explained',
  tcpdump: 'explained',
  support: 'explained',
};

/** Further names of talosctl, which all get words of their own. */
const OTHERS = [
  ...['apply-config', 'apply', 'bootstrap', 'config', 'config add x', 'config context x', 'config use-context x'],
  ...['config contexts', 'config endpoint x', 'config info', 'config merge x', 'config new', 'config node x'],
  ...['config proxy-url', 'config remove x', 'conformance', 'debug', 'edit mc', 'etcd alarm disarm', 'etcd defrag'],
  ...['etcd downgrade cancel', 'etcd downgrade enable 3.5', 'etcd forfeit-leadership', 'etcd leave'],
  ...['etcd remove-member x', 'image integration', 'image pull x', 'image remove x', 'image rm x', 'meta'],
  ...['meta delete 1', 'meta write 1 x', 'patch mc', 'reboot', 'reset', 'restart x', 'rollback', 'rotate-ca'],
  ...['shutdown', 'upgrade', 'upgrade-k8s', 'wipe disk x', 'wipe lv x', 'wipe md x', 'wipe pv x', 'wipe vg x'],
  ...['gen ca', 'gen config a b', 'gen crt', 'gen csr', 'gen key', 'gen keypair', 'gen secrets'],
  ...['gen secureboot database', 'gen secureboot pcr', 'gen secureboot uki', 'machineconfig gen a b', 'mc patch x'],
  ...['validate', 'inject serviceaccount', 'inject tsa', 'cluster create', 'cluster create dev'],
  ...['cluster create docker', 'cluster create qemu', 'cluster destroy', 'cluster logs', 'cluster reboot'],
  ...['cluster show', 'cluster sync', 'remote-provision-launch', 'docs x', 'debug-tool air-gapped', 'bgp-launch'],
  ...['dhcpd-launch', 'dnsd-launch', 'json-logs-launch', 'kms-launch', 'loadbalancer-launch', 'qemu-launch'],
  ...['siderolink-launch', 'virtiofsd-launch', 'completion bash'],
];

describe('every command of talosctl', () => {
  it.each(Object.entries(READING))('%s %s', (line, outcome) => {
    expect(outcomeOf(line)).toBe(outcome);
  });

  it.each(OTHERS)('%s is explained', (line) => {
    expect(outcomeOf(line)).toBe('explained');
  });

  // Each has, or gets, a command or a place of its own; none may be unknown meanwhile.
  it.each(['copy /etc .', 'cp /etc .', 'read /etc/os-release', 'cat /etc/os-release', 'etcd snapshot db', 'events'])(
    '%s is never unknown',
    (line) => {
      expect(outcomeOf(line)).toMatch(/^(runs|opens|explained)/);
    },
  );

  it('is told apart from what talosctl does not have', () => {
    expect(outcomeOf('frobnicate')).toBe('unknown: talosctl has no command "frobnicate".');
    expect(outcomeOf('etcd frobnicate')).toBe('unknown: "etcd frobnicate" is no command of talosctl.');
  });
});
