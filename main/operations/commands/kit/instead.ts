/** Why a pasted command does not run here, and what to do instead. */
export interface Instead {
  readonly message: string;
  readonly hint: string;
}

type Words = (name: string) => Instead;

const says =
  (message: string, hint: string): Words =>
  (name) => ({ message: message.replace('%', `"${name}"`), hint });

const replacedBy = (...others: readonly string[]): Words =>
  says('talosctl no longer has %.', `Use ${others.map((one) => `talosctl ${one}`).join(', ')}.`);

const WITH_TALOSCTL = 'Run it with talosctl.';
const CHANGES = says('% changes machines, and Minos has no plan for it.', WITH_TALOSCTL);
const EDITS_CONTEXTS = says(
  '% is about the talosconfig itself: the Contexts screen shows and edits it.',
  'Open Contexts.',
);
const LOCAL = says('% works on files of this computer and asks no cluster. Minos does not do it.', WITH_TALOSCTL);
const DEVELOPMENT = says(
  '% serves the development of Talos on this computer. Minos works on clusters that run.',
  WITH_TALOSCTL,
);

/**
 * Every command of talosctl that is no run and has no place of its own here (docs/talos-behaviour.md §6.11), so that none is
 * called unknown. The longest name that the words begin with counts.
 */
const INSTEAD: readonly (readonly [names: readonly string[], words: Words])[] = [
  [['disks'], replacedBy('get disks', 'get systemdisk', 'get discoveredvolumes')],
  [['interfaces'], replacedBy('get addresses', 'get links')],
  [['routes', 'route'], replacedBy('get routes')],
  [['crashdump'], says('talosctl no longer has %.', 'It became talosctl support, which Minos does not run.')],
  [
    ['dashboard'],
    says('% is a screen for a terminal. Overview, Nodes and the runs show what it shows.', 'Open Overview.'),
  ],
  [['support'], says('% makes an archive of logs and resources. Minos does not.', WITH_TALOSCTL)],
  [['pcap', 'tcpdump'], says('% records packets, which may hold secrets. Minos does not.', WITH_TALOSCTL)],
  [['inspect'], says('% has one command: dependencies.', 'Use talosctl inspect dependencies.')],
  [
    ['kubeconfig'],
    says(
      '% writes a kubeconfig: the Kubeconfig screen fetches one and shows first what it changes.',
      'Open Kubeconfig.',
    ),
  ],
  [['config new'], says('% issues a talosconfig: so does “Issue” of a context.', 'Open Contexts.')],
  [
    [
      ...['config', 'config add', 'config context', 'config use-context', 'config contexts', 'config get-contexts'],
      ...['config endpoint', 'config endpoints', 'config info', 'config merge', 'config node', 'config nodes'],
      ...['config proxy-url', 'config remove'],
    ],
    EDITS_CONTEXTS,
  ],
  [
    ['conformance', 'conformance kubernetes', 'conformance k8s'],
    says(
      '% makes a namespace in the cluster and runs tests there, for up to hours.',
      'Health check shows its command line, to be run with talosctl.',
    ),
  ],
  [['rotate-ca', 'upgrade-k8s', 'debug'], CHANGES],
  [['patch'], says('% changes machine configs alone, and the line names something else.', 'Use talosctl patch mc.')],
  [['edit'], says('% opens an editor: the Machine config screen shows the config of a node.', 'Open Machine config.')],
  [['meta'], says('% has two commands: write and delete.', 'Use talosctl meta write, talosctl meta delete.')],
  [['wipe'], says('% has commands of its own: disk, lv, vg, pv and md.', 'Use talosctl wipe disk.')],
  [
    ['image cache-create', 'image cache-serve', 'image cache-cert-gen'],
    says(
      '% keeps images on this computer. Minos only lists which are needed: talosctl image k8s-bundle.',
      WITH_TALOSCTL,
    ),
  ],
  [
    [
      ...['gen', 'gen ca', 'gen config', 'gen crt', 'gen csr', 'gen key', 'gen keypair', 'gen secrets'],
      ...['gen secureboot', 'gen secureboot database', 'gen secureboot pcr', 'gen secureboot uki'],
      ...['machineconfig', 'mc', 'machineconfig gen', 'mc gen'],
      ...['inject', 'inject serviceaccount', 'inject tsa', 'completion', 'docs'],
    ],
    LOCAL,
  ],
  [
    [
      ...['cluster', 'cluster create', 'cluster create dev', 'cluster create docker', 'cluster create qemu'],
      ...['cluster destroy', 'cluster logs', 'cluster reboot', 'cluster show', 'cluster sync'],
      ...['remote-provision-launch', 'debug-tool', 'debug-tool air-gapped', 'bgp-launch', 'dhcpd-launch'],
      ...['dnsd-launch', 'json-logs-launch', 'kms-launch', 'loadbalancer-launch', 'qemu-launch'],
      ...['siderolink-launch', 'virtiofsd-launch', 'image integration'],
    ],
    DEVELOPMENT,
  ],
];

const BY_NAME: ReadonlyMap<string, Words> = new Map(
  INSTEAD.flatMap(([names, words]) => names.map((name) => [name, words] as const)),
);

/** The most words a name has. */
const LONGEST = 3;

/** What to say of a line that begins with these words; undefined where they name no command of talosctl. */
export function insteadOf(words: readonly string[]): Instead | undefined {
  for (let count = Math.min(LONGEST, words.length); count > 0; count -= 1) {
    const name = words.slice(0, count).join(' ');
    const found = BY_NAME.get(name);
    if (found !== undefined) return found(name);
  }
  return undefined;
}
