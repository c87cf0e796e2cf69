import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../../main/lib/clock.ts';
import { lookAt } from '../../../main/operations/deeds/power/machine-look.ts';
import { Tracker } from '../../../main/operations/deeds/power/tracker.ts';
import { DeedRun } from '../../../main/operations/plans/deed-run.ts';
import { machinesOf, type Machine } from '../../../main/operations/plans/machine.ts';
import { eachBounded } from '../../../main/operations/work/fan-out/each-bounded.ts';
import type { Workspace } from '../../../main/operations/workspace.ts';
import type { DeedPreview } from '../../../preload/contract/index.ts';
import { withWorkspace } from '../reads/with-workspace.ts';
import { ACTOR } from './actor.ts';

const SETTLE_MS = 5_000;
const MEASURE_MS = 20_000;
const MOST_BEGUN_AT_ONCE = 8;

/** What {@link measureDeedPlans} found, ms. */
export interface DeedPlansMeasure {
  /** Until a plan for all machines that arithmetic forbids says why. */
  readonly refusedMs: number;
  /** Until a plan for all machines is there as a whole. */
  readonly plannedMs: number;
}

/** Plans for so many machines, main alone, of a source whose answers were made before. */
export function measureDeedPlans(nodes: number): Promise<DeedPlansMeasure> {
  return withSource(nodes, 0, async (workspace, context, names) => {
    const planned = async (deed: string): Promise<{ readonly preview: DeedPreview; readonly tookMs: number }> => {
      const startedAt = performance.now();
      const wish = { context, nodes: [...names], deed, params: {} };
      const preview = await workspace.deeds.plan(wish, new AbortController().signal);
      return { preview, tookMs: performance.now() - startedAt };
    };
    // The source asks for its answers, and main's code becomes warm.
    for (const deed of ['reboot', 'shutdown', 'reboot', 'shutdown']) await planned(deed);
    const refused = await planned('shutdown');
    const whole = await planned('reboot');
    if (
      refused.preview.head !== undefined ||
      !refused.preview.machines.some((machine) => machine.refused !== undefined)
    )
      throw new Error('Nothing was refused.');
    if (whole.preview.head === undefined) throw new Error('It was not planned.');
    return { refusedMs: refused.tookMs, plannedMs: whole.tookMs };
  });
}

/** What {@link measureDeedTracking} found. */
export interface DeedTrackingMeasure {
  /** Of this process, in percent of one core. */
  readonly processor: number;
  /** Marks that were told a second, of as many events. */
  readonly marksPerSecond: number;
}

/** So many machines that are watched at once while all of them tell so many events a second. */
export function measureDeedTracking(nodes: number, eventsPerSecond: number): Promise<DeedTrackingMeasure> {
  return withSource(nodes, eventsPerSecond, async (workspace, context, names) => {
    const { clusters } = workspace;
    const machines = machinesOf(names, clusters.get(context).nodes.current.nodes);
    const stop = new AbortController();
    const { signal } = stop;
    const run = new DeedRun({
      ...{ id: 'bench', deed: 'bench', machines, clock: systemClock },
      // As it is on its way to the page.
      onChange: () => void structuredClone(run.progress),
    });
    let marks = 0;
    const trackers: Tracker[] = [];
    const begin = async (machine: Machine): Promise<void> => {
      const caller = () => clusters.of(context);
      const before = await lookAt(caller(), { node: machine.node, signal });
      const tracker = new Tracker({ machine, caller, clock: systemClock, before, versionAfter: undefined });
      const tools = {
        ...{
          signal,
          tell: (text: string) => run.tell(machine, text),
          pauses: () => Promise.resolve('stop' as const),
          offers: () => Promise.resolve(undefined),
        },
        mark: (kind: 'phase' | 'task', name: string, isEnd: boolean) => {
          marks += 1;
          run.mark(machine, kind, name, isEnd);
        },
      };
      await tracker.begin(tools);
      tracker.answered(ACTOR);
      void tracker.back(tools).catch(() => undefined);
      trackers.push(tracker);
    };
    await eachBounded(machines, MOST_BEGUN_AT_ONCE, signal, begin, () => undefined);
    await delay(SETTLE_MS);
    marks = 0;
    const before = process.cpuUsage();
    const startedAt = performance.now();
    await delay(MEASURE_MS);
    const { user, system } = process.cpuUsage(before);
    const tookMs = performance.now() - startedAt;
    const marksPerSecond = (marks / tookMs) * 1000;
    stop.abort();
    for (const tracker of trackers) await tracker.end();
    return { processor: ((user + system) / 1000 / tookMs) * 100, marksPerSecond };
  });
}

type Work<T> = (workspace: Workspace, context: string, names: readonly string[]) => Promise<T>;

async function withSource<T>(nodes: number, eventsPerSecond: number, work: Work<T>): Promise<T> {
  const file = fileURLToPath(new URL('source.ts', import.meta.url));
  const source = spawn(process.execPath, [file, String(nodes), String(eventsPerSecond)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    for await (const line of createInterface({ input: source.stdout })) {
      return await withWorkspace(JSON.parse(line) as string, async (workspace) => {
        const id = workspace.talosconfig.all[0]?.summary.id ?? '';
        await workspace.clusters.get(id).nodes.refresh();
        return work(
          workspace,
          id,
          workspace.nodes(id).current.nodes.map(({ target }) => target),
        );
      });
    }
    throw new Error('The source said nothing.');
  } finally {
    source.stdin.end();
  }
}
