import { systemClock, type Clock } from '../../main/lib/clock.ts';
import type { VirtualNode } from '../../main/simulator/node/virtual-node.ts';
import { REPOSITORY_PROTO, startSimulator, type Simulator } from '../../main/simulator/simulator.ts';
import { loadTalosProto } from '../../main/talos/load-proto.ts';
import type { Workspace } from '../../main/operations/workspace.ts';
import type { DeedRecord } from '../../preload/contract/index.ts';
import { withWorkspace } from '../bench/reads/with-workspace.ts';
import { seeded } from '../seeded-random.ts';

/** Minos's time goes so much faster than ours: a machine that is waited for in vain costs seconds. */
const FASTER = 10;
const SOON = { downMs: 30, bootMs: 60 };
const TRIES = 5;

/** What {@link tryDeeds} found. */
export interface DeedFindings {
  readonly schedules: number;
  /** How often each outcome was told: `done 310, left 80`. */
  readonly ends: string;
  readonly findings: readonly { readonly seed: number; readonly what: string }[];
}

/**
 * Random rolling reboots of a simulated cluster over real gRPC, with machines that refuse, lose the answer or come back as others, and a
 * user who pauses, skips and stops: no machine is asked twice, no two control planes are away at once, and the journal agrees with what
 * the machines saw.
 */
export async function tryDeeds(schedules: number, firstSeed: number): Promise<DeedFindings> {
  const proto = loadTalosProto(REPOSITORY_PROTO);
  const findings: { readonly seed: number; readonly what: string }[] = [];
  const ends = new Map<string, number>();
  for (let seed = firstSeed; seed < firstSeed + schedules; seed++) {
    const simulator = await startSimulator({ proto, controlPlanes: 3, workers: 2 });
    try {
      const parts = {
        clock: fasterClock(),
        confirm: ({ typed = '' }) => Promise.resolve({ isConfirmed: true, typed }),
      };
      const next = seeded(seed);
      const random = (below: number): number => Math.floor(next() * below);
      const stages = await withWorkspace(simulator.talosconfig, (each) => tryOne(each, simulator, random), parts);
      for (const stage of stages) ends.set(stage, (ends.get(stage) ?? 0) + 1);
    } catch (error) {
      findings.push({ seed, what: error instanceof Error ? error.message : String(error) });
    } finally {
      await simulator.close();
    }
  }
  return { schedules, findings, ends: [...ends].map(([stage, count]) => `${stage} ${count}`).join(', ') };
}

async function tryOne(
  workspace: Workspace,
  simulator: Simulator,
  random: (below: number) => number,
): Promise<readonly string[]> {
  const { deeds, plans } = workspace;
  const id = workspace.talosconfig.all[0]?.summary.id ?? '';
  await workspace.nodes(id).refresh();
  const boots = new Map(simulator.nodes.map((node) => [node, node.bootId]));
  let mostAway = 0;
  const away = simulator.nodes.map((node) => {
    node.setNextBoot({ ...SOON, ...(random(6) === 0 && AS[random(AS.length)]) });
    if (random(6) === 0)
      simulator.setNodeFault(node.name, { kind: 'error', ...(REFUSES[random(2)] ?? REFUSES[0]), methods: ['Reboot'] });
    return node.subscribe(() => {
      const those = simulator.nodes.filter(({ role, stage }) => role === 'controlplane' && stage === 'off');
      mostAway = Math.max(mostAway, those.length);
    });
  });
  const chosen = simulator.nodes.filter(() => random(3) > 0).map(({ name }) => name);
  const nodes = chosen.length === 0 ? ['worker-01'] : chosen;
  const params = { workers: String(1 + random(2)) };
  const { signal } = new AbortController();
  const wish = { context: id, nodes, deed: 'reboot', params };
  // On a busy machine an answer comes too late for the faster clock, and a plan is refused for it.
  let head = (await deeds.plan(wish, signal)).head;
  for (let again = 0; head === undefined && again < TRIES; again++) head = (await deeds.plan(wish, signal)).head;
  if (head === undefined) return ['not planned'];
  const stop = plans.underWay.subscribe(({ deeds: [deed] }) => {
    const waiting = deed?.machines.find(({ state }) => state === 'waiting');
    if (deed === undefined || random(10) > 0) return;
    const order = random(6);
    // Not within what tells of it.
    setImmediate(() => {
      try {
        if (deed.isPaused) plans.order(deed.id, 'resume', undefined);
        else if (order === 0 && waiting !== undefined) plans.order(deed.id, 'skip', waiting.node);
        else if (order === 1) plans.order(deed.id, random(3) === 0 ? 'leave' : 'stop', undefined);
        else if (order === 2) plans.order(deed.id, 'pause', undefined);
      } catch {
        // It came too late.
      }
    });
  });
  const isPaused = setInterval(() => {
    for (const deed of plans.underWay.current.deeds) if (deed.isPaused) plans.order(deed.id, 'resume', undefined);
  }, 200);
  const again = plans.apply(head.token);
  await Promise.allSettled([again, plans.apply(head.token)]);
  clearInterval(isPaused);
  for (const end of [stop, ...away]) end();
  const [record] = deeds.journal.state.current.deeds ?? [];
  if (record === undefined) throw new Error('it is not in the journal');
  if (mostAway > 1) throw new Error(`${mostAway} control planes were away at once`);
  for (const node of simulator.nodes) agrees(node, record, simulator, boots.get(node) !== node.bootId);
  return record.steps.map(({ stage }) => stage);
}

/** What the journal says of a machine is what it saw. */
function agrees(node: VirtualNode, { steps }: DeedRecord, simulator: Simulator, hasStarted: boolean): void {
  const asked = simulator.calls.filter(
    ({ method, metadata }) => method.endsWith('/Reboot') && metadata['node']?.join() === node.address,
  ).length;
  const stage = steps.find((step) => step.node === node.address)?.stage ?? 'left';
  const what = `${node.name} is ${stage}, was asked ${asked} times and has ${hasStarted ? '' : 'not '}started anew`;
  if (asked > 1) throw new Error(what);
  if (stage === 'left' && asked > 0) throw new Error(what);
  if (stage !== 'left' && asked === 0) throw new Error(what);
  if (stage === 'done' && !hasStarted) throw new Error(what);
}

const AS = [{ as: 'another-identity' }, { version: 'v1.12.6' }] as const;

/** It refuses, or its answer is lost on the way. */
const REFUSES = [
  { code: 9, text: 'it refuses' },
  { code: 14, text: 'error reading from server: EOF' },
] as const;

/** The system's clock, but faster. */
function fasterClock(): Clock {
  const [wallMs, begunMs] = [systemClock.now(), systemClock.monotonic()];
  const sinceMs = (): number => (systemClock.monotonic() - begunMs) * FASTER;
  return {
    now: () => wallMs + sinceMs(),
    monotonic: () => begunMs + sinceMs(),
    after: (delayMs, run) => systemClock.after(delayMs / FASTER, run),
  };
}
