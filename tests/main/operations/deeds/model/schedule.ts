import { expect } from 'vitest';
import { Value } from '../../../../../main/lib/observable.ts';
import { LookUps } from '../../../../../main/operations/deeds/after/look-ups.ts';
import type { JournalLine } from '../../../../../main/operations/deeds/journal-lines.ts';
import { checkParams } from '../../../../../main/operations/commands/kit/params.ts';
import type { DeedDefinition } from '../../../../../main/operations/deeds/kit/definition.ts';
import { reboot } from '../../../../../main/operations/deeds/power/definitions.ts';
import { rollback } from '../../../../../main/operations/deeds/power/rollback.ts';
import { reset } from '../../../../../main/operations/deeds/reset/reset-deed.ts';
import { machinesOf } from '../../../../../main/operations/plans/machine.ts';
import type { DeedPlan } from '../../../../../main/operations/plans/plan.ts';
import { Plans } from '../../../../../main/operations/plans/plans.ts';
import type { ContextSummary, DeedStage } from '../../../../../preload/contract/index.ts';
import { FakeClock } from '../../../../fakes/fake-clock.ts';
import { NO_CONFIGS, NO_SNAPSHOTS } from '../../../../fakes/no-configs.ts';
import { ModelCluster } from './model-cluster.ts';
import { ModelJournal } from './model-journal.ts';
import { VERSION, VERSION_BEFORE, type Fate, type ModelMachine } from './model-machine.ts';

const POOL = { context: '', endpoints: [], summary: 'ready', hints: [] } as const;
const FATES: readonly Fate[] = ['lost-and-done', 'lost', 'refused', 'another-version', 'another-identity'];
const CONTEXT = { id: 'model', name: 'model', file: 'config', isUsable: true, caFingerprints: ['model'] };

type Random = (below: number) => number;

/** A small generator, so that a schedule can be tried again by its seed. */
function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), state | 1) + 0x6d2b79f5) >>> 0;
    const mixed = Math.imul(state ^ (state >>> 7), state | 61) ^ state;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** How each machine of a schedule stands in the journal at its end. */
export type Ends = readonly DeedStage[];

/**
 * One schedule: machines with random fates, a deed on some of them, and a user who pauses, skips, stops and clicks twice. In one of three,
 * Minos is killed at some line of its journal or at some call, and what came of it is looked up by the next one. Throws where something
 * is not as it must be.
 */
export async function trySchedule(seed: number): Promise<Ends> {
  const random = randomOf(seed);
  const clock = new FakeClock();
  const cluster = new ModelCluster(clock, 3 + 2 * random(2), 1 + random(4));
  for (const machine of cluster.machines) {
    if (random(8) === 0) machine.fate = FATES[random(FATES.length)] ?? 'well';
    // Half an hour of looking, so they are few.
    if (random(200) === 0) machine.fate = 'never-back';
  }
  const plan = await planned(cluster, clock, random);
  const journal = new ModelJournal(clock.now);
  const plans = new Plans({ clock, ask: () => Promise.resolve(), journal });
  const { token } = plans.keep(plan);
  const unwritten: string[] = [];
  let end: 'killed' | 'over' | undefined;
  const applied = plans.apply(token).then(
    () => (end ??= 'over'),
    () => (end ??= 'over'),
  );
  const kill = (): true => {
    end = 'killed';
    cluster.kill();
    return true;
  };
  // So many lines and calls after the first one.
  let untilKilled = random(3) === 0 ? random(30) : Infinity;
  journal.isKilledAt = (_line: JournalLine) => untilKilled-- === 0 && kill();
  cluster.onSent = (_method, node) => {
    const stage = journal.deed?.steps.find((step) => step.node === node)?.stage;
    if (stage !== 'asked') unwritten.push(node);
    if (untilKilled-- === 0) kill();
  };
  if (random(4) === 0) await Promise.race([plans.apply(token).catch(() => undefined), settled()]);
  for (let turn = 0; end === undefined; turn++) {
    if (turn > 3_000) throw new Error('it never ends');
    await settled();
    clock.advance(2_000);
    orders(plans, random);
  }
  const sent = cluster.sent.length;
  if (end === 'over') await applied;
  const left = end === 'killed' ? await lookedUp(journal, cluster, clock) : journal;
  expect(cluster.sent.length, 'nothing is sent by the next one').toBe(sent);
  expect(unwritten, 'all is written down before it is sent').toEqual([]);
  return agrees(cluster, left, plan);
}

/** What is done in a schedule: reboots mostly, and what takes more away. */
interface Wish {
  readonly definition: DeedDefinition;
  readonly params: Readonly<Record<string, string | boolean>>;
}

const RESETS: readonly Wish['params'][] = [
  { reboot: false },
  { reboot: true },
  { reboot: true, labels: 'STATE' },
  { reboot: true, labels: 'EPHEMERAL' },
];

function wished(random: Random): Wish {
  const which = random(4);
  const workers = String(1 + random(3));
  if (which < 2) return { definition: reboot, params: { workers } };
  if (which === 2) return { definition: rollback, params: { workers } };
  return { definition: reset, params: { ...RESETS[random(RESETS.length)], graceful: random(2) === 0 } };
}

async function planned(cluster: ModelCluster, clock: FakeClock, random: Random): Promise<DeedPlan> {
  const { definition, params } = wished(random);
  let chosen = cluster.nodes.filter(() => random(3) > 0);
  if (chosen.length === 0) chosen = cluster.nodes.slice(0, 1);
  if (definition === reset) {
    // One control plane at most: what comes after hangs on another etcd.
    const [first, ...others] = chosen.filter(({ role }) => role === 'controlplane');
    chosen = chosen.filter((each) => each === first || !others.includes(each));
  }
  const machines = machinesOf(
    chosen.map(({ target }) => target),
    cluster.nodes,
  );
  const checked = checkParams(definition, params);
  const { plan, preview } = await definition.plan(checked, {
    ...{ caller: () => cluster.caller, clock, nodes: () => cluster.nodes, pool: () => POOL, isProduction: false },
    machines,
    place: { context: 'model', file: 'config', certificate: undefined, cluster: 'model' },
    certificateEndsMs: clock.now() + 1e9,
    drains: () => {
      throw new Error('nothing is drained');
    },
    ...{ configs: NO_CONFIGS, snapshots: NO_SNAPSHOTS },
    ...{ whyWait: () => undefined, hold: () => () => undefined, done: () => [] },
    signal: new AbortController().signal,
  });
  if (plan === undefined) throw new Error(`nothing was planned: ${JSON.stringify(preview.machines)}`);
  const { id: kind } = definition;
  const trace = { kind, params: checked, cluster: 'model', machines: Object.fromEntries(plan.before ?? []) };
  return { ...plan, head: { ...plan.head, trace } };
}

/** What the user says meanwhile. */
function orders(plans: Plans, random: Random): void {
  const order = random(60);
  const [deed] = plans.underWay.current.deeds;
  if (deed === undefined) return;
  const waiting = deed.machines.find(({ state }) => state === 'waiting');
  if (order === 0) plans.order('deed', 'pause', undefined);
  else if (deed.isPaused && order < 20) plans.order('deed', 'resume', undefined);
  else if (order === 21 && waiting !== undefined) plans.order('deed', 'skip', waiting.node);
  else if (order === 22 && random(4) === 0) plans.order('deed', 'stop', undefined);
  else if (order === 23 && random(8) === 0) plans.order('deed', 'leave', undefined);
}

/** The next Minos reads the journal and looks up what it finds, until nothing is looked up any more. */
async function lookedUp(killed: ModelJournal, cluster: ModelCluster, clock: FakeClock): Promise<ModelJournal> {
  const journal = killed.reopened();
  const lookUps = new LookUps({
    ...{ journal, clock, definitions: [reboot, rollback, reset], configs: NO_CONFIGS, isSeen: () => true },
    contexts: new Value({ contexts: [CONTEXT as unknown as ContextSummary] }),
    clusters: { visit: () => ({ cluster: { caller: cluster.caller } as never, leave: () => undefined }) },
    plan: () => Promise.reject(new Error('it is not planned')),
  });
  lookUps.start();
  for (let turn = 0; journal.looking > 0; turn++) {
    if (turn > 1_000) throw new Error('it is looked up without end');
    await settled();
    clock.advance(5_000);
  }
  lookUps.close();
  return journal;
}

/** What must be so after each schedule. */
function agrees(cluster: ModelCluster, journal: ModelJournal, { machines, head }: DeedPlan): Ends {
  const asked = cluster.sent.filter((call) => !call.startsWith('EtcdForfeit'));
  expect(new Set(asked).size, 'no machine is asked twice').toBe(asked.length);
  expect(cluster.mostAway, 'no two control planes are away at once').toBeLessThanOrEqual(1);
  const steps = journal.deed?.steps ?? [];
  for (const { node } of machines) {
    const wasSent = asked.some((call) => call.endsWith(` ${node}`));
    const step = steps.find((each) => each.node === node);
    const { stage = 'left', lookUp } = step ?? {};
    const machine = cluster.of(node);
    const isKnown = `${node}, ${machine.fate}, is ${stage}${lookUp === undefined ? '' : `, ${lookUp}`}`;
    // What was looked up and found not done may have been sent, if it was lost or refused on the way.
    if (stage === 'left') expect(isUntouched(machine) && (!wasSent || lookUp === 'done'), isKnown).toBe(true);
    else expect(wasSent || stage === 'maybe', isKnown).toBe(true);
    if (stage === 'done') expect(isAsWished(machine, head.trace?.kind), isKnown).toBe(true);
  }
  return steps.map(({ stage }) => stage);
}

const isUntouched = ({ boots, isAway, wipes }: ModelMachine): boolean => boots === 1 && !isAway && wipes === 0;

/** As the deed leaves it: what was reset was wiped, however it is since; the others run, with the right version. */
function isAsWished({ boots, version, identity, isAway, wipes }: ModelMachine, kind: string | undefined): boolean {
  if (kind === 'reset') return wipes === 1;
  const wanted = kind === 'rollback' ? VERSION_BEFORE : VERSION;
  return boots === 2 && identity === 1 && !isAway && version === wanted;
}
