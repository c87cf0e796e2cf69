import type { Load, VolumeLoad } from '../../../preload/contract/index.ts';
import type { MethodReply } from '../../talos/method-types.ts';
import { shortLine } from './spec-facts.ts';

type CpuStat = NonNullable<MethodReply<'/machine.MachineService/SystemStat'>['messages'][number]['cpu_total']>;
type MemInfo = NonNullable<MethodReply<'/machine.MachineService/Memory'>['messages'][number]['meminfo']>;
type Mounts = MethodReply<'/machine.MachineService/Mounts'>;

/** Seconds of all processors since the boot. */
export interface CpuTimes {
  readonly busy: number;
  readonly total: number;
}

/** Busy and all time of the processors, as talosctl's dashboard counts it: waiting for disks is idle (docs/talos-behaviour.md §6.7). */
export function cpuTimes({ user, nice, system, irq, soft_irq, steal, idle, iowait }: CpuStat): CpuTimes {
  const busy = user + nice + system + irq + soft_irq + steal;
  return { busy, total: busy + idle + iowait };
}

/** Share of the time between two readings that was busy; undefined when nothing passed, or the counters began anew. */
export function busyShare(before: CpuTimes, now: CpuTimes): number | undefined {
  const total = now.total - before.total;
  const busy = now.busy - before.busy;
  return total > 0 && busy >= 0 && Number.isFinite(busy / total) ? Math.min(1, busy / total) : undefined;
}

/** Share of the memory in use: neither free nor cache. Undefined when the node names no total. */
export function memoryLoad({ memtotal, memfree, cached, buffers }: MemInfo, atMs: number): Load | undefined {
  const total = Number(memtotal);
  if (!(total > 0)) return undefined;
  return { fraction: share(total - Number(memfree) - Number(cached) - Number(buffers), total), atMs };
}

/** The fullest partition. Images (`/dev/loop…`) are always full, and what lies in memory is no volume. */
export function fullestVolume(reply: Mounts, atMs: number): VolumeLoad | undefined {
  const volumes = reply.messages
    .flatMap(({ stats }) => stats)
    .filter(({ filesystem }) => filesystem.startsWith('/dev/') && !filesystem.startsWith('/dev/loop'))
    .map(({ size, available, mounted_on: mountedOn }): VolumeLoad => {
      const totalBytes = Number(size);
      const usedBytes = Math.max(0, totalBytes - Number(available));
      return {
        mountedOn: shortLine(mountedOn, 253),
        usedBytes,
        totalBytes,
        fraction: share(usedBytes, totalBytes),
        atMs,
      };
    })
    .filter(({ totalBytes }) => totalBytes > 0);
  return volumes.reduce<VolumeLoad | undefined>(
    (fullest, volume) => (fullest === undefined || volume.fraction > fullest.fraction ? volume : fullest),
    undefined,
  );
}

const share = (part: number, whole: number): number => Math.min(1, Math.max(0, part / whole));
