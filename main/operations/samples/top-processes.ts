import type { TopProcess } from '../../../preload/contract/index.ts';
import { visible } from '../../lib/visible.ts';
import type { MethodReply } from '../../talos/method-types.ts';
import { toNumber } from '../commands/kit/cells.ts';
import { commandText } from '../commands/processes/processes.ts';

type Process = MethodReply<'/machine.MachineService/Processes'>['messages'][number]['processes'][number];

/** Listed, of however many there are. */
const MOST = 50;
/** Of a command line; the whole one stands among the processes of a run. */
const MOST_COMMAND = 400;

/** Processor seconds of each process when they were last listed. */
export type CpuSeconds = ReadonlyMap<number, number>;

/** What {@link topProcesses} compares with. */
export interface ProcessorTime {
  /** Of the interval, of all processors together, seconds; undefined when it is not known. */
  readonly totalSeconds: number | undefined;
  readonly processors: number;
  readonly memoryTotalBytes: number | undefined;
}

/**
 * Processes by the processor time of the interval, as `talosctl dashboard` counts it (docs/talos-behaviour.md §6.7): the
 * difference over that of one processor. One that was not there before has used what it has. `seconds` is for the next time.
 */
export function topProcesses(
  processes: readonly Process[],
  before: CpuSeconds | undefined,
  { totalSeconds, processors, memoryTotalBytes }: ProcessorTime,
): { readonly top: readonly TopProcess[]; readonly seconds: CpuSeconds } {
  const seconds = new Map<number, number>();
  const used: { readonly one: Process; readonly delta: number }[] = [];
  for (const one of processes) {
    seconds.set(one.pid, one.cpu_time);
    used.push({ one, delta: before === undefined ? 0 : Math.max(0, one.cpu_time - (before.get(one.pid) ?? 0)) });
  }
  used.sort((a, b) => b.delta - a.delta || b.one.cpu_time - a.one.cpu_time || a.one.pid - b.one.pid);
  const ofOne = totalSeconds === undefined ? 0 : totalSeconds / Math.max(1, processors);
  const top = used.slice(0, MOST).map(({ one, delta }) => {
    const residentBytes = toNumber(one.resident_memory);
    const command = commandText(one);
    return {
      pid: one.pid,
      state: visible(one.state).slice(0, 8),
      threads: one.threads,
      cpu: ofOne > 0 ? delta / ofOne : 0,
      memory: memoryTotalBytes === undefined ? null : residentBytes / memoryTotalBytes,
      virtualBytes: toNumber(one.virtual_memory),
      residentBytes,
      cpuSeconds: one.cpu_time,
      command: visible(command.length > MOST_COMMAND ? `${command.slice(0, MOST_COMMAND)}…` : command),
    };
  });
  return { top, seconds };
}
