import type { CommandParam } from '../../../../preload/contract/index.ts';
import { Failed } from '../../../lib/failed.ts';
import { pause } from '../../../lib/pause.ts';
import { lookAtControlPlanes, maybeControlPlanes } from '../../etcd/control-plane-look.ts';
import { etcdView } from '../../etcd/etcd-view.ts';
import type { SnapshotRecord } from '../../etcd/known-snapshots.ts';
import { readEtcd } from '../../etcd/read-etcd.ts';
import { COPY_FOR_MS } from '../../etcd/recovery/situation.ts';
import type { Machine } from '../../plans/machine.ts';
import type { ActTools, DeedAct } from '../../plans/plan.ts';
import type { DeedDefinition, DeedTools } from '../kit/definition.ts';
import { planDeed, type MachineReading, type ReadCall } from '../kit/plan-deed.ts';
import { SETTLES_MS } from '../kit/read-within.ts';
import { seconds } from '../kit/seconds.ts';
import { bootOf, isAnotherBoot } from '../power/machine-look.ts';
import { readReset } from '../reset/read-reset.ts';
import { etcdWords } from './may-bootstrap.ts';
import { mayWipe } from './may-wipe.ts';
import {
  EPHEMERAL,
  fileSystemOf,
  isWiped,
  lookAtWiped,
  wipeLookUp,
  wipeTrace,
  type WipeState,
} from './wipe-look-up.ts';

const CALL_WITHIN_MS = 60_000;
const BACK_WITHIN_MS = 30 * 60_000;
const LOOK_EVERY_MS = 1_000;
/** What it is like shows some moments after it answers again. */
const SEEN_WITHIN_MS = 60_000;

const LOSS: CommandParam = {
  ...{ id: 'isLost', kind: 'flag', required: false, initial: false },
  title: 'What was not copied of its etcd is lost',
};

/**
 * `talosctl reset --graceful=false --reboot --system-labels-to-wipe EPHEMERAL` of one control plane, for a recovery: etcd cannot be left, since
 * it has no quorum, or does not list this member. What is on the disk is copied before, or given up in so many words.
 */
export const etcdWipe: DeedDefinition = {
  id: 'etcd-wipe',
  title: 'Wipe the etcd data of a control plane',
  about:
    'For a recovery: its partition EPHEMERAL is wiped, with etcd; it keeps its config, starts anew and waits without data.',
  method: '/machine.MachineService/Reset',
  params: [LOSS],
  syntax: { names: [], like: 'reset --graceful=false --reboot --system-labels-to-wipe EPHEMERAL' },
  lookUp: wipeLookUp,
  plan: (params, tools) =>
    planDeed(
      etcdWipe,
      params,
      {
        deed: (where) => `Wipe the etcd data of ${where}`,
        past: (where) => `Wiped the etcd data of ${where}`,
        risk: 'destroys',
        isTyped: true,
        does: 'Its partition EPHEMERAL is wiped, with the data of etcd, images and what pods kept there; its config stays. It starts anew, and its etcd waits without data.',
        ...(tools.machines.length > 1 && { refused: 'One control plane at a time: name one machine.' }),
        read: (call) => readMachine(tools, params[LOSS.id] === true, call),
        work: { acts: (machine) => actsOf(machine, tools), ...{ hold: tools.hold, whyWait: tools.whyWait } },
        settlesMs: SETTLES_MS,
      },
      tools,
    ),
};

async function readMachine(tools: DeedTools, isLossSaid: boolean, call: ReadCall): Promise<MachineReading> {
  const { caller, node, signal } = call;
  const { clock, nodes } = tools;
  const asked = maybeControlPlanes(nodes());
  const [all, listed, copy, boot, fileSystem, { loses, refused: storage }] = await Promise.all([
    lookAtControlPlanes(caller, asked, signal),
    readEtcd({ connection: caller, nodes: asked, known: [], clock, signal }).then(
      (look) => (look.failure === undefined ? listedIn(etcdView(look).members) : undefined),
      () => undefined,
    ),
    copyOf(node, tools),
    bootOf(caller, { node, signal }),
    fileSystemOf(caller, { node, signal }).catch(() => undefined),
    readReset({ mode: 'all', labels: [EPHEMERAL], userDisks: [] }, 'controlplane', call),
  ]);
  signal.throwIfAborted();
  const verdict = mayWipe({ node, all, copy, isLossSaid, ...(listed && { listed }) });
  const refused = verdict.refused ?? storage[0];
  const etcd = all.find((one) => one.node === node) ?? { node };
  const trace = wipeTrace({ boot, etcd, ...(fileSystem !== undefined && { fileSystem }) });
  return {
    ...{ now: verdict.now, effects: verdict.effects, loses, trace },
    ...(refused !== undefined && { refused }),
  };
}

const listedIn = (members: readonly { readonly id: string; readonly node?: string }[]): ReadonlySet<string> =>
  new Set(members.flatMap(({ id, node }) => (node === undefined ? [id] : [id, node])));

/** The newest copy of the database of a machine that is still what was checked, and of the last day. */
async function copyOf(
  node: string,
  { snapshots, place: { cluster }, clock }: DeedTools,
): Promise<SnapshotRecord | undefined> {
  const sinceMs = clock.now() - COPY_FOR_MS;
  const own = snapshots.of(cluster).filter((one) => one.from === 'disk' && one.node === node && one.atMs >= sinceMs);
  for (const one of own) if (await snapshots.isThere(one)) return one;
  return undefined;
}

function actsOf(machine: Machine, tools: DeedTools): readonly DeedAct[] {
  const { node } = machine;
  let before: WipeState | undefined;
  return [
    {
      kind: 'work',
      what: 'Looks in which boot it is, and at its disk',
      run: async ({ signal }) => {
        before = await lookAtWiped(tools.caller(), { node, signal });
        return undefined;
      },
    },
    {
      kind: 'call',
      what: 'Asks it to wipe its data and start anew',
      call: () => ({
        method: '/machine.MachineService/Reset',
        request: {
          ...{ graceful: false, reboot: true, mode: 'ALL', user_disks_to_wipe: [] },
          system_partitions_to_wipe: [{ label: EPHEMERAL, wipe: true }],
        },
        deadlineMs: CALL_WITHIN_MS,
      }),
      isLookedUp: true,
    },
    { kind: 'work', what: 'Waits until it is back', run: (acting) => waitUntilBack(machine, before, tools, acting) },
  ];
}

/** Throws Failed: `maybe-done` when nobody waits any more, or it does not show, `timeout`, `conflict` when it is back with its data. */
async function waitUntilBack(
  { name, node }: Machine,
  before: WipeState | undefined,
  { clock, caller }: DeedTools,
  { signal, tell }: ActTools,
): Promise<string> {
  const begunMs = clock.monotonic();
  let backMs: number | undefined;
  for (;;) {
    const now = await lookAtWiped(caller(), { node, signal }).catch(() => undefined);
    const tookMs = clock.monotonic() - begunMs;
    if (now !== undefined && before !== undefined && isAnotherBoot(before.boot, now.boot)) {
      backMs ??= tookMs;
      const words = etcdWords({ name, ...now.etcd });
      const wiped = isWiped({ ...before, ...before.etcd }, now);
      if (wiped === true) return `It started anew, ${seconds(tookMs)} after: ${words}.`;
      if (wiped === false)
        throw new Failed({ code: 'conflict', message: `It started anew, and what it had is there still: ${words}.` });
      if (tookMs - backMs >= SEEN_WITHIN_MS)
        throw new Failed({
          code: 'maybe-done',
          message: `It started anew, and ${words}: whether it was wiped cannot be told.`,
        });
    }
    if (signal.aborted)
      throw new Failed({ code: 'maybe-done', message: 'Nobody watches it any further; it goes on by itself.' });
    if (tookMs >= BACK_WITHIN_MS)
      throw new Failed({ code: 'timeout', message: 'It was not back after half an hour: look at its console.' });
    tell(whatIsSeen(now, backMs));
    await pause(clock, LOOK_EVERY_MS, signal);
  }
}

const whatIsSeen = (now: WipeState | undefined, backMs: number | undefined): string =>
  now === undefined
    ? 'It does not answer.'
    : backMs === undefined
      ? 'It has not started anew yet.'
      : 'It has started anew; whether it was wiped does not show yet.';
