import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { DeedSummary } from '../../../preload/contract/index.ts';
import type { PlacedCommand } from '../../../main/operations/commands/kit/definition.ts';
import { completeTalosctl } from '../../../main/operations/commands/kit/talosctl-complete.ts';
import { parseTalosctl } from '../../../main/operations/commands/kit/talosctl-parse.ts';
import { COMMANDS, PLACED } from '../../../main/operations/commands/index.ts';
import { commandSummary } from '../../../main/operations/commands/kit/summary.ts';
import { findItems, type PickItem } from '../../../renderer/components/overlays/pick.ts';
import { paletteItems } from '../../../renderer/shell/palette-items.ts';
import { typedItems } from '../../../renderer/shell/typed-items.ts';
import { typedLineOf } from '../../../renderer/state/palette/typed-line.svelte.ts';
import type { Session } from '../../../renderer/state/context.ts';
import { clusterBridge } from '../../fakes/bridge/cluster-bridge.ts';
import { PALETTE_WORDS } from '../../fakes/palette-words.ts';
import { openApp } from '../support/open-app.ts';

/** Kinds of deed as `operations/deeds/deed-list.ts` titles them, which the page does not compile. */
const KINDS: readonly DeedSummary[] = [
  ['reboot', 'Reboot', 'Machines start anew, drained first if you like.'] as const,
  ...[['shutdown', 'Shut down', ''] as const, ['upgrade', 'Upgrade Talos', ''] as const],
  ...[['rollback', 'Roll back Talos', ''] as const, ['restart', 'Restart a container', ''] as const],
  ['patch-config', 'Patch the machine config', ''] as const,
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
    ...findItems(paletteItems(session), typed),
  ];

  it.each(PALETTE_WORDS)('%s leads where it is meant to', async (typed, offered) => {
    await typedLineOf(session).read(typed, session.current.id);
    const labels = found(typed).map(({ label }) => label);
    expect(labels.slice(0, 3)).toEqual(expect.arrayContaining([expect.stringMatching(offered)]));
  });

  it('begun like a reboot lead to no reset before it', () => {
    const labels = found('re').map(({ label }) => label);
    const [reboot, reset] = [labels.indexOf('Reboot…'), labels.findIndex((label) => label.startsWith('Reset'))];

    expect(reset === -1 || (reboot >= 0 && reboot < reset)).toBe(true);
  });
});
