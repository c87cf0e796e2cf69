import { METRICS, type Metric, type Sample } from '../../../preload/contract/index.ts';
import { toNumber } from '../commands/kit/cells.ts';
import type { Reading } from './reading.ts';

type Cpu = NonNullable<NonNullable<Reading['system']>['cpu_total']>;
type Values = Partial<Record<Metric, number>>;

const KB = 1024;
/** Of `/proc/diskstats`, whatever the disk. */
const SECTOR_BYTES = 512;

/** Processor time of a reading in seconds: idle as talosctl counts it (waiting for disks is idle), and all of it. */
export function cpuTime(cpu: Cpu): { readonly idle: number; readonly total: number } {
  const idle = cpu.idle + cpu.iowait;
  return { idle, total: idle + cpu.user + cpu.nice + cpu.system + cpu.irq + cpu.soft_irq + cpu.steal };
}

/**
 * What a node was like between two readings, with the computations of `talosctl dashboard` (docs/talos-behaviour.md §6.7).
 * talosctl shows differences of its polls as they are; here those of counters are divided by the seconds between them, so that
 * intervals of other lengths compare (docs/adr/0032). A node that booted in between, and a counter that went back, have none.
 */
export function sampleOf(before: Reading | undefined, now: Reading): Sample {
  const values: Values = { ...memoryOf(now), ...loadOf(now) };
  const spanMs = before === undefined || hasBooted(before, now) ? 0 : now.monotonicMs - before.monotonicMs;
  if (now.system !== undefined && now.system !== null) {
    values.processesRunning = toNumber(now.system.process_running);
    values.processesBlocked = toNumber(now.system.process_blocked);
  }
  if (before !== undefined && spanMs > 0)
    Object.assign(values, cpuOf(before, now), ratesOf(before, now, spanMs / 1000));
  return {
    atMs: now.atMs,
    spanMs: Math.max(0, Math.round(spanMs)),
    values: METRICS.map((metric) => known(values[metric])),
  };
}

const known = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) && value >= 0 ? value : null;

function hasBooted({ system: before }: Reading, { system: now }: Reading): boolean {
  return before?.boot_time !== undefined && now?.boot_time !== undefined && before.boot_time !== now.boot_time;
}

function cpuOf({ system: before }: Reading, { system: now }: Reading): Values {
  const [from, to] = [before?.cpu_total, now?.cpu_total];
  if (!from || !to) return {};
  const [a, b] = [cpuTime(from), cpuTime(to)];
  const all = b.total - a.total;
  if (!(all > 0)) return {};
  const share = (key: 'user' | 'nice' | 'system' | 'irq' | 'iowait' | 'steal' | 'idle'): number =>
    (to[key] - from[key]) / all;
  return {
    cpu: (all - (b.idle - a.idle)) / all,
    cpuUser: share('user'),
    cpuNice: share('nice'),
    cpuSystem: share('system'),
    cpuIrq: share('irq'),
    cpuIowait: share('iowait'),
    cpuSteal: share('steal'),
    cpuIdle: share('idle'),
  };
}

function memoryOf({ memory }: Reading): Values {
  const total = toNumber(memory?.memtotal);
  // No machine has no memory: a node that could not tell sends zeros.
  if (!memory || !(total > 0)) return {};
  const used = total - toNumber(memory.memfree) - toNumber(memory.cached) - toNumber(memory.buffers);
  return { memory: used / total, memoryUsedBytes: used * KB, memoryTotalBytes: total * KB };
}

function loadOf({ load }: Reading): Values {
  return load ? { load1: load.load1, load5: load.load5, load15: load.load15 } : {};
}

function ratesOf(before: Reading, now: Reading, seconds: number): Values {
  const rate = (from: string | undefined, to: string | undefined, unit = 1): number =>
    from === undefined || to === undefined ? NaN : ((toNumber(to) - toNumber(from)) * unit) / seconds;
  return {
    rxBytesPerSecond: rate(before.network?.rx_bytes, now.network?.rx_bytes),
    txBytesPerSecond: rate(before.network?.tx_bytes, now.network?.tx_bytes),
    readBytesPerSecond: rate(before.disk?.read_sectors, now.disk?.read_sectors, SECTOR_BYTES),
    writeBytesPerSecond: rate(before.disk?.write_sectors, now.disk?.write_sectors, SECTOR_BYTES),
    contextSwitchesPerSecond: rate(before.system?.context_switches, now.system?.context_switches),
    processesCreatedPerSecond: rate(before.system?.process_created, now.system?.process_created),
  };
}
