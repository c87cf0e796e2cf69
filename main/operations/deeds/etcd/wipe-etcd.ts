import type { CommandParam, ControlPlaneEtcd } from '../../../../preload/contract/index.ts';
import { Failed } from '../../../lib/failed.ts';
import { pause } from '../../../lib/pause.ts';
import { lookAtControlPlane, lookAtControlPlanes, maybeControlPlanes } from '../../etcd/control-plane-look.ts';
import { etcdView } from '../../etcd/etcd-view.ts';
import type { SnapshotRecord } from '../../etcd/known-snapshots.ts';
import { readEtcd } from '../../etcd/read-etcd.ts';
import { COPY_FOR_MS } from '../../etcd/recovery/situation.ts';
import type { Machine } from '../../plans/machine.ts';
import type { ActTools, DeedAct } from '../../plans/plan.ts';
import type { CameOf, DeedDefinition, DeedTools, LookUp } from '../kit/definition.ts';
import { planDeed, type MachineReading, type ReadCall } from '../kit/plan-deed.ts';
import { SETTLES_MS } from '../kit/read-within.ts';
import { seconds } from '../kit/seconds.ts';
import { comparedBoots, NO_BOOT_ID } from '../power/look-up.ts';
import { bootOf, isAnotherBoot, type Boot } from '../power/machine-look.ts';
import { readReset } from '../reset/read-reset.ts';
import { etcdWords, WAITS } from './may-bootstrap.ts';
import { mayWipe } from './may-wipe.ts';

const CALL_WITHIN_MS = 60_000;
const BACK_WITHIN_MS = 30 * 60_000;
const LOOK_EVERY_MS = 1_000;
const EPHEMERAL = 'EPHEMERAL';

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
  lookUp: (tools) => wipeLookUp(tools),
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
  const [all, listed, copy, boot, { loses, refused: storage }] = await Promise.all([
    lookAtControlPlanes(caller, asked, signal),
    readEtcd({ connection: caller, nodes: asked, known: [], clock, signal }).then(
      (look) => (look.failure === undefined ? listedIn(etcdView(look).members) : undefined),
      () => undefined,
    ),
    copyOf(node, tools),
    bootOf(caller, { node, signal }),
    readReset({ mode: 'all', labels: [EPHEMERAL], userDisks: [] }, 'controlplane', call),
  ]);
  signal.throwIfAborted();
  const verdict = mayWipe({ node, all, copy, isLossSaid, ...(listed && { listed }) });
  const refused = verdict.refused ?? storage[0];
  return {
    ...{ now: verdict.now, effects: verdict.effects, loses, trace: JSON.stringify(boot) },
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
  let before: Boot | undefined;
  return [
    {
      kind: 'work',
      what: 'Looks in which boot it is',
      run: async ({ signal }) => {
        before = await bootOf(tools.caller(), { node, signal });
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

/** Throws Failed: `maybe-done` when nobody waits any more, `timeout`, `conflict` when it is back with its data. */
async function waitUntilBack(
  { name, node }: Machine,
  before: Boot | undefined,
  { clock, caller }: DeedTools,
  { signal, tell }: ActTools,
): Promise<string> {
  const begunMs = clock.monotonic();
  for (;;) {
    const now = await stateOf().catch(() => undefined);
    const tookMs = clock.monotonic() - begunMs;
    if (now !== undefined && before !== undefined && isAnotherBoot(before, now.boot)) {
      // One that joined again at once has data of the etcd that it joined.
      if (now.etcd.data === 'empty' || now.etcd.leader !== undefined)
        return `It started anew, ${seconds(tookMs)} after: ${etcdWords({ name, ...now.etcd })}.`;
      if (now.etcd.data === 'present' && now.etcd.service !== WAITS)
        throw new Failed({ code: 'conflict', message: 'It started anew, and its data of etcd is there still.' });
    }
    if (signal.aborted)
      throw new Failed({ code: 'maybe-done', message: 'Nobody watches it any further; it goes on by itself.' });
    if (tookMs >= BACK_WITHIN_MS)
      throw new Failed({ code: 'timeout', message: 'It was not back after half an hour: look at its console.' });
    tell(now === undefined ? 'It does not answer.' : 'It has not started anew yet.');
    await pause(clock, LOOK_EVERY_MS, signal);
  }

  async function stateOf(): Promise<{
    readonly boot: Boot;
    readonly etcd: Omit<ControlPlaneEtcd, 'name' | 'failure'>;
  }> {
    const [boot, etcd] = await Promise.all([
      bootOf(caller(), { node, signal }),
      lookAtControlPlane(caller(), { node, signal }),
    ]);
    return { boot, etcd };
  }
}

/** Looks up after a restart whether it was wiped: by its boot id, and what is in its data directory. */
const wipeLookUp: LookUp = async ({ caller, node, name, before, another, sinceMs, signal }) => {
  if (another !== undefined) return { kind: 'unknown', text: another };
  const [boot, etcd] = await Promise.all([
    bootOf(caller, { node, signal }),
    lookAtControlPlane(caller, { node, signal }),
  ]);
  return wipeCame(before.trace, boot, { name, ...etcd }, sinceMs);
};

/** What its boots and its etcd say of a machine; `trace` is its boot of before, as JSON. Pure. */
export function wipeCame(
  trace: string | undefined,
  boot: Boot,
  etcd: Omit<ControlPlaneEtcd, 'failure'>,
  sinceMs: number,
): CameOf {
  const words = etcdWords(etcd);
  const boots = comparedBoots(bootOfTrace(trace), boot);
  // Another role may read the boot another way: that is no other boot.
  if (boots === 'unknown') return { kind: 'unknown', text: `${NO_BOOT_ID} On it, ${words}.` };
  if (boots === 'another') {
    return etcd.data === 'empty' || etcd.leader !== undefined
      ? { kind: 'done', text: `It has started anew since then: ${words}.` }
      : { kind: 'unknown', text: `It has started anew since then, and ${words}: whether it was wiped cannot be told.` };
  }
  return sinceMs < SETTLES_MS
    ? { kind: 'goes-on', text: 'It has not started anew yet.' }
    : { kind: 'not-done', text: `It has not started anew since then: ${words}.` };
}

function bootOfTrace(trace = '{}'): { readonly bootId?: string; readonly bootAtS?: number } {
  const { id, atS } = JSON.parse(trace) as { readonly id?: string; readonly atS?: number };
  return { ...(id !== undefined && { bootId: id }), ...(atS !== undefined && { bootAtS: atS }) };
}
