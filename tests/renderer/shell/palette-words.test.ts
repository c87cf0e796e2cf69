import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { DeedSummary } from '../../../preload/contract/index.ts';
import type { PlacedCommand } from '../../../main/operations/commands/kit/definition.ts';
import { completeTalosctl } from '../../../main/operations/commands/kit/talosctl-complete.ts';
import { parseTalosctl } from '../../../main/operations/commands/kit/talosctl-parse.ts';
import { COMMANDS, PLACED } from '../../../main/operations/commands/index.ts';
import { commandSummary } from '../../../main/operations/commands/kit/summary.ts';
import { findItems } from '../../../renderer/components/find/find-items.ts';
import type { PickItem } from '../../../renderer/components/overlays/pick.ts';
import { paletteItems } from '../../../renderer/shell/palette-items.ts';
import { typedItems } from '../../../renderer/shell/typed-items.ts';
import { WORDS as UNDERSTOOD } from '../../../renderer/shell/words/same-words.ts';
import { listedNodes } from '../../../renderer/state/start-run.ts';
import { typedLineOf } from '../../../renderer/state/palette/typed-line.svelte.ts';
import type { Session } from '../../../renderer/state/context.ts';
import { clusterBridge } from '../../fakes/bridge/cluster-bridge.ts';
import { PALETTE_WORDS } from '../../fakes/palette-words.ts';
import { openApp } from '../support/open-app.ts';

/** The same of words that nobody listed: of shells, of Kubernetes, of other desktops, of who does not know what it is called here. */
const OTHER_WORDS: readonly (readonly [typed: string, offered: RegExp])[] = [
  ['journalctl -u kubelet', /^Follow the log of kubelet$/],
  ['kubelet logs', /^Follow the log of kubelet$/],
  ['show me the logs of worker-07', /^Logs of worker-07$/],
  ['syslog', /syslogd|^Logs$/],
  ['trustd', /log of trustd/],
  ['systemctl restart kubelet', /service/i],
  ['sudo reboot', /^Reboot…$/],
  ['poweroff', /^Shut down…$/],
  ['ssh worker-07', /^Files of worker-07$|^Logs of worker-07$|^worker-07$/],
  ['ps aux', /^Run Processes$/],
  ['htop', /^Run Processes$|^Charts$/],
  ['top', /^Run Processes$|^Charts$/],
  ['free -m', /memory/i],
  ['ip addr', /address/i],
  ['ip address', /address/i],
  ['routes', /routes/i],
  ['mtu', /network links/i],
  ['nslookup', /DNS/],
  ['ntp', /time servers/i],
  ['lsblk', /disks/i],
  ['du -sh /var', /disk usage/i],
  ['cat', /^Files/],
  ['scp', /download|Files/i],
  ['docker ps', /containers|processes/i],
  ['crictl', /containers/i],
  ['kubectl get nodes', /kubeconfig|^Nodes$/i],
  ['helm', /kubeconfig/i],
  ['tcpdump', /sockets/i],
  ['openssl', /certificate/i],
  ['firewall', /machine config|sockets/i],
  ['sysctl', /machine config/i],
  ['kubespan', /machine config|explore/i],
  ['registry mirror', /machine config|image/i],
  ['hostname', /nodes|resources/i],
  ['labels', /machine config|explore/i],
  ['secrets', /machine config/i],
  ['rotate ca', /certificate/i],
  ['quorum', /etcd/i],
  ['leader', /leadership of etcd|^etcd$/i],
  ['nospace', /etcd/i],
  ['backup etcd', /snapshot/i],
  ['disaster', /recover/i],
  ['defragmentation', /defragment/i],
  ['upgrade kubernetes', /upgrade|kubeconfig|health/i],
  ['update', /about minos|upgrade/i],
  ['downgrade', /roll back|older version/i],
  ['add cluster', /import|contexts/i],
  ['new context', /import|contexts/i],
  ['delete context', /^Contexts$/],
  ['switch cluster', /^Contexts$|demo|prod/i],
  ['log in', /contexts|import|log/i],
  ['alerts', /overview|notices|attention/i],
  ['what changed', /what changed|time line/i],
  ['postmortem', /time line|black box/i],
  ['monitoring', /^Charts$/],
  ['dark mode', /^Theme: dark$/],
  ['night', /^Theme: dark$/],
  ['colors', /^Theme/],
  ['timezone', /^Times: /],
  ['language', /^Dates: /],
  ['notifications', /notices/i],
  ['timeout', /waits for a node/i],
  ['parallel', /nodes asked at a time/i],
  ['retention', /kept for/i],
  ['import settings', /settings|on another computer/i],
  ['tray', /tray/i],
  ['hotkeys', /^Keyboard shortcuts$/],
  ['manual', /guide/i],
  ['report a bug', /about minos/i],
  ['changelog', /about minos/i],
  ['undo', /what Minos changed/i],
  ['rollback config', /machine config|roll back/i],
  ['validate', /machine config/i],
  ['drift', /compare machine configs/i],
  ['snapshto', /snapshot/i],
  ['kubeconifg', /kubeconfig/i],
  ['cetificate', /certificate/i],
  ['reboto', /^Reboot…$/],
  ['mach', /machine config/i],
  ['reboot worker-07', /^Reboot…$/],
  ['logs of worker-07', /^Logs…$|^Logs of worker-07$/],
  ['port', /^Run Sockets$/],
  ['cpu usage', /^Charts$/],
  ['wipe disk', /^Wipe a disk/],
  ['restart etcd', /service/],
  ['out of memory', /memory/i],
  ['license', /About Minos/],
  ['getting started', /Tour|guide/i],
  ['cilium', /kubeconfig|explore|logs/i],
];

/** Kinds of deed as `operations/deeds/deed-list.ts` titles them, which the page does not compile. */
const KINDS: readonly DeedSummary[] = [
  ['reboot', 'Reboot', 'Machines start anew, drained first if you like.'] as const,
  ...[['shutdown', 'Shut down', ''] as const, ['upgrade', 'Upgrade Talos', ''] as const],
  ...[['rollback', 'Roll back Talos', ''] as const, ['restart', 'Restart a container', ''] as const],
  ['patch-config', 'Patch the machine config', ''] as const,
  ...[
    ['service', 'Start, stop or restart a service', ''] as const,
    ['forfeit', 'Hand over the leadership of etcd', ''] as const,
  ],
  ...[
    ['etcd-defrag', 'Defragment etcd', ''] as const,
    ['etcd-downgrade', 'Allow an older version of etcd', ''] as const,
  ],
  ...[
    ['wipe-disk', 'Wipe a disk or a partition', ''] as const,
    ['reset', 'Reset: wipe and leave the cluster', ''] as const,
  ],
].map(([id, title, about]) => ({ id, title, about, params: [] }));

const REBOOT: PlacedCommand = {
  ...{ id: 'reboot', title: 'Reboot', opens: 'deeds.plan', isDeed: true, params: [] },
  syntax: { names: ['reboot'] },
};
/** What main reads in lines. */
const READABLE = [...COMMANDS, ...PLACED, REBOOT];

describe('words of operators, typed into the palette', () => {
  let session: Session;

  beforeAll(async () => {
    const commands = COMMANDS.map((command) => commandSummary(command));
    ({ session } = openApp(
      'overview',
      clusterBridge()
        .answer('commands.list', () => ({ ok: true, value: commands }))
        .answer('deeds.list', () => ({ ok: true, value: KINDS }))
        .answer('runs.parseTalosctl', ({ line }) => ({ ok: true, value: parseTalosctl(line, READABLE) }))
        .answer('runs.completeTalosctl', ({ line }) => ({ ok: true, value: completeTalosctl(line, READABLE) })),
    ));
    await vi.waitFor(() => expect(found('worker-07')).not.toEqual([]), 10_000);
    await vi.waitFor(() => expect(found('Reboot…')).not.toEqual([]));
  });

  /** As the palette lists them. */
  const found = (typed: string): readonly PickItem[] => [
    ...typedItems(session, typed),
    ...findItems(paletteItems(session), typed, UNDERSTOOD),
  ];

  it.each(PALETTE_WORDS)('%s leads where it is meant to', async (typed, offered) => {
    await typedLineOf(session).read(typed, session.current.id);
    const labels = found(typed).map(({ label }) => label);
    expect(labels.slice(0, 3)).toEqual(expect.arrayContaining([expect.stringMatching(offered)]));
  });

  it.each(OTHER_WORDS)('%s, which no list names, leads there too', async (typed, offered) => {
    await typedLineOf(session).read(typed, session.current.id);
    const labels = found(typed).map(({ label }) => label);
    expect(labels.slice(0, 3)).toEqual(expect.arrayContaining([expect.stringMatching(offered)]));
  });

  it('that name a node have the node in their ids: a name that becomes another node’s moves no key to it', () => {
    const named = typedItems(session, 'reboot worker-07');
    const { target } = listedNodes(session).find(({ hostname }) => hostname === 'worker-07') ?? expect.fail();

    expect(named.map(({ id }) => id.startsWith(`named:${target}:`))).toContain(true);
    expect(named.every(({ id }) => id.startsWith(`named:${target}:`))).toBe(true);
  });

  it('begun like a reboot lead to no reset before it', () => {
    const labels = found('re').map(({ label }) => label);
    const [reboot, reset] = [labels.indexOf('Reboot…'), labels.findIndex((label) => label.startsWith('Reset'))];

    expect(reset === -1 || (reboot >= 0 && reboot < reset)).toBe(true);
  });
});
