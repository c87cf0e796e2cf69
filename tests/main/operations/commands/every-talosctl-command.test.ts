import { describe, expect, it } from 'vitest';
import { Failed } from '../../../../main/lib/failed.ts';
import { RESOURCE_TABLES } from '../../../../main/operations/commands/resources/tables.ts';
import { COMMANDS, PLACED } from '../../../../main/operations/commands/index.ts';
import { DEED_COMMANDS } from '../../../../main/operations/deeds/deed-list.ts';
import { shellWord, syntaxWords } from '../../../../main/operations/commands/kit/talosctl-line.ts';
import { parseTalosctl } from '../../../../main/operations/commands/kit/talosctl-parse.ts';

/** What a pasted line leads to: a run of that command, a place of its own, or words why neither. */
function outcomeOf(line: string): string {
  try {
    const { command, opens } = parseTalosctl(`talosctl ${line}`, [...COMMANDS, ...PLACED, ...DEED_COMMANDS]);
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
  'machineconfig patch a.yaml -p @b.yaml -p x.yaml -o c.yaml': 'opens machine-config.patch-file',
  'mc patch a.yaml': 'opens machine-config.patch-file',
  'validate -c a.yaml -m metal --strict': 'opens machine-config.check-file',
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
  'etcd downgrade validate 3.5': 'runs etcd-downgrade-validate',
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
  ...['config proxy-url', 'config remove x', 'conformance', 'debug', 'edit mc'],
  ...['image integration', 'image pull x', 'image remove x', 'image rm x', 'meta'],
  ...['meta delete 1', 'meta write 1 x', 'patch mc', 'reboot', 'reset', 'restart x', 'rollback', 'rotate-ca'],
  ...['shutdown', 'upgrade', 'upgrade-k8s', 'wipe disk x', 'wipe lv x', 'wipe md x', 'wipe pv x', 'wipe vg x'],
  ...['gen ca', 'gen config a b', 'gen crt', 'gen csr', 'gen key', 'gen keypair', 'gen secrets'],
  ...['gen secureboot database', 'gen secureboot pcr', 'gen secureboot uki', 'machineconfig gen a b'],
  ...['inject serviceaccount', 'inject tsa', 'cluster create', 'cluster create dev'],
  ...['cluster create docker', 'cluster create qemu', 'cluster destroy', 'cluster logs', 'cluster reboot'],
  ...['cluster show', 'cluster sync', 'remote-provision-launch', 'docs x', 'debug-tool air-gapped', 'bgp-launch'],
  ...['dhcpd-launch', 'dnsd-launch', 'json-logs-launch', 'kms-launch', 'loadbalancer-launch', 'qemu-launch'],
  ...['siderolink-launch', 'virtiofsd-launch', 'completion bash'],
];

/** Every command that reads with every flag of its own (SPEC part 2, A1); what is left out is hidden or deprecated. */
const WITH_FLAGS = [
  'cgroups --preset psi --skip-cri-resolve',
  'containers -k',
  'copy /etc .',
  'diskfree -b EPHEMERAL',
  'diskfree -i EPHEMERAL',
  'dmesg -f --tail',
  'etcd alarm list',
  'etcd downgrade validate 3.5',
  'etcd members',
  'etcd snapshot db.snapshot',
  'etcd status',
  'get members cp-1 --namespace cluster -o yaml',
  'health --server=false --wait-timeout 5m --control-plane-nodes 10.5.0.2 --worker-nodes 10.5.0.5 --k8s-endpoint k8s',
  'image k8s-bundle --k8s-version v1.35.2 --etcd-version 3.6.1 --flannel-version 0.27.0 --coredns-version v1.14.1',
  'image list --namespace system',
  'image talos-bundle v1.13.9 --extensions=false --overlays=false',
  'inspect dependencies --with-resources',
  'list /var -l -H -t f,d -d 3',
  'list /var -r',
  'logs kubelet -f --tail 20',
  'logs kube-system/kube-proxy:kube-proxy -k',
  "machineconfig patch a.yaml -p @b.yaml -p 'machine: {}'",
  'memory -v',
  'mounts',
  'netstat -a -x -4 -p -w -t -o -u -U',
  'netstat -l -6 -k -v',
  'netstat kube-system/coredns',
  'processes -s cpu',
  'read /etc/os-release',
  'service etcd',
  'stats -k',
  'time --check pool.ntp.org',
  'usage /var -a -H -d 2 -t 1000',
  'validate -m cloud --strict',
  'version --short',
] as const;

describe('every command of talosctl that reads, with its own flags', () => {
  const known = [...COMMANDS, ...PLACED];

  it.each(WITH_FLAGS)('%s is read, and the line it prints means the same', (line) => {
    const { command, params } = parseTalosctl(`talosctl ${line}`, known);
    const { syntax, params: of } = known.find(({ id }) => id === command)!;
    const written = `talosctl ${syntaxWords({ syntax, params: of }, params).map(shellWord).join(' ')}`;
    const again = parseTalosctl(written, known);

    expect({ written, command: again.command, params: again.params }).toEqual({ written, command, params });
    expect(again.notes).toEqual([]);
  });

  it('are all commands that can be run, or are tables of get', () => {
    const tested = new Set(WITH_FLAGS.map((line) => parseTalosctl(`talosctl ${line}`, known).command));
    const tables = new Set(RESOURCE_TABLES.map(({ id }) => id));
    const missing = known.map(({ id }) => id).filter((id) => !tested.has(id) && !tables.has(id));

    expect(missing).toEqual(['certificates', 'etcd-database', 'events']);
  });
});

/** Every deed with every flag of its own, as the plan prints it. */
const DEED_LINES: readonly string[] = [
  'reboot -m powercycle',
  'shutdown --force',
  'upgrade -i ghcr.io/siderolabs/installer:v1.13.9 --drain=false',
  'upgrade -i ghcr.io/siderolabs/installer:v1.13.9 -m powercycle -s',
  'rollback',
  'reset',
  'reset --graceful=false --reboot --wipe-mode system-disk --system-labels-to-wipe EPHEMERAL --system-labels-to-wipe STATE',
  'reset --wipe-mode user-disks --user-disks-to-wipe /dev/sdb --user-disks-to-wipe /dev/sdc',
  'service kubelet restart',
  'bootstrap',
  'bootstrap --recover-from etcd.snapshot',
  'etcd defrag',
  'etcd alarm disarm',
  'etcd forfeit-leadership',
  'etcd leave',
  'etcd remove-member 8e9e05c521646941',
  'etcd downgrade enable 3.5',
  'etcd downgrade cancel',
  'restart kubelet',
  'restart kube-system/kube-proxy-x:kube-proxy -k',
  'image pull ghcr.io/example/checkout:4.18.0',
  'image remove registry.k8s.io/pause:3.10 --namespace system',
  'meta write 0x0c text',
  'meta delete 12',
  `patch mc -p '{"machine":{"certSANs":["a"]}}' -m try --timeout 30s`,
  'patch mc -p \'machine: {}\' -p @b.yaml -p \'[{"op":"test","path":"/a b"}]\'',
  'apply-config -f machine-config.yaml -m staged',
  `apply-config -f machine-config.yaml -p @a.yaml -p 'machine: {}'`,
  'wipe disk sdb sdc1 --method ZEROES --drop-partition',
  'wipe lv vg0/data',
  'wipe vg vg0',
  'wipe pv /dev/sdb',
  'wipe md /dev/md0',
];

describe('a deed', () => {
  const known = [...COMMANDS, ...PLACED, ...DEED_COMMANDS];

  it.each(DEED_LINES)('%s opens its plan, and the line it prints means the same', (line) => {
    const read = parseTalosctl(`talosctl -n cp-1,cp-2 ${line}`, known);
    const { syntax, params } = DEED_COMMANDS.find(({ id }) => id === read.command)!;

    // A config is chosen first where it can be.
    const action = read.command === 'apply-config' ? 'machine-config.apply' : 'deeds.plan';
    expect(read).toMatchObject({ opens: { action }, nodes: ['cp-1', 'cp-2'] });
    expect(syntaxWords({ syntax, params }, read.params).map(shellWord).join(' ')).toBe(line);
  });

  it.each(DEED_LINES)('%s is refused where the line names no machine', (line) => {
    expect(outcomeOf(line)).toBe('explained');
    expect(() => parseTalosctl(`talosctl ${line}`, known)).toThrow('the line names none');
  });

  it('of several patches has those of --patch-file behind the others, and reads no file itself', () => {
    const line = `talosctl -n a patch mc --patch-file c.yaml -p b.yaml -p 'machine: {}'`;
    const { params } = parseTalosctl(line, known);
    expect(params['patch']).toBe('@b.yaml\n--- # next patch\nmachine: {}\n--- # next patch\n@c.yaml');
  });

  it('has a line each', () => {
    const tested = new Set(DEED_LINES.map((line) => parseTalosctl(`talosctl -n a ${line}`, known).command));
    // What talosctl has no command for is begun from its screen alone.
    const named = DEED_COMMANDS.filter(({ syntax }) => syntax.names.length > 0);
    expect(named.map(({ id }) => id).filter((id) => !tested.has(id))).toEqual([]);
  });
});

describe('every command of talosctl', () => {
  it.each(Object.entries(READING))('%s %s', (line, outcome) => {
    expect(outcomeOf(line)).toBe(outcome);
  });

  it.each([
    ['disks', ['get disks', 'get systemdisk', 'get discoveredvolumes']],
    ['interfaces', ['get addresses', 'get links']],
    ['routes', ['get routes']],
    ['inspect', ['inspect dependencies']],
  ])('%s leads to what replaced it, and that is run', (stub, others) => {
    let hint = '';
    try {
      parseTalosctl(`talosctl ${stub}`, [...COMMANDS, ...PLACED]);
    } catch (error) {
      if (error instanceof Failed) hint = error.failure.hint ?? '';
    }

    expect([...hint.matchAll(/talosctl ([a-z ]+)/g)].map(([, line]) => line)).toEqual(others);
    expect(others.map(outcomeOf).filter((outcome) => !outcome.startsWith('runs '))).toEqual([]);
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
