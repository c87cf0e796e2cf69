import type { SampleItem } from '../../../preload/contract/index.ts';
import type { Clock } from '../../lib/clock.ts';
import { isCancelled } from '../../lib/failed.ts';
import type { Caller } from '../clusters/caller.ts';
import { toNumber } from '../commands/kit/cells.ts';
import { cpuTime } from './measure.ts';
import { topProcesses, type CpuSeconds } from './top-processes.ts';

type ProcessesItem = Extract<SampleItem, { type: 'processes' }>;

const DEADLINE_MS = 8000;
/** A node of 100,000 processes answers with 12 MiB. */
const LEAST_EVERY_MS = 3000;
const KB = 1024;

/** Lists the processes of one node by the processor time they took since the last time. */
export class ProcessLister {
  readonly #node: string;
  readonly #clock: Clock;
  #before: { readonly seconds: CpuSeconds; readonly total: number | undefined } | undefined;
  #isAsking = false;
  #askedAtMs = -Infinity;

  constructor(node: string, clock: Clock) {
    this.#node = node;
    this.#clock = clock;
  }

  /** Undefined when it is not time yet, or a question is still open. Never rejects. */
  async list(caller: Caller, signal: AbortSignal): Promise<ProcessesItem | undefined> {
    const startedMs = this.#clock.monotonic();
    if (this.#isAsking || startedMs - this.#askedAtMs < LEAST_EVERY_MS - 200) return undefined;
    this.#isAsking = true;
    this.#askedAtMs = startedMs;
    const options = { node: this.#node, deadlineMs: DEADLINE_MS, signal };
    const shared = { type: 'processes', node: this.#node, atMs: this.#clock.now() } as const;
    try {
      const [system, memory, listed] = await Promise.all([
        caller.unary('/machine.MachineService/SystemStat', {}, options),
        caller.unary('/machine.MachineService/Memory', {}, options),
        caller.unary('/machine.MachineService/Processes', {}, options),
      ]);
      const [stat] = system.value.messages;
      const total = stat?.cpu_total ? cpuTime(stat.cpu_total).total : undefined;
      const before = this.#before;
      const processes = listed.value.messages.flatMap((message) => message.processes);
      const { top, seconds } = topProcesses(processes, before?.seconds, {
        totalSeconds: total === undefined || before?.total === undefined ? undefined : total - before.total,
        processors: stat?.cpu.length ?? 1,
        memoryTotalBytes: toNumber(memory.value.messages[0]?.meminfo?.memtotal) * KB || undefined,
      });
      this.#before = { seconds, total };
      return { ...shared, count: processes.length, top };
    } catch (error) {
      if (signal.aborted || isCancelled(error)) return undefined;
      return { ...shared, count: 0, top: [], failure: caller.explain(error, { node: this.#node }) };
    } finally {
      this.#isAsking = false;
    }
  }
}
