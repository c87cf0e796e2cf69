import { describe, expect, it } from 'vitest';
import { METRICS, type Metric, type Sample } from '../../../../preload/contract/index.ts';
import { sampleOf } from '../../../../main/operations/samples/measure.ts';
import type { Reading } from '../../../../main/operations/samples/reading.ts';
import { topProcesses } from '../../../../main/operations/samples/top-processes.ts';

/*
 * Two answers of one node, three seconds apart, in the form of the wire: processor time in seconds, memory in kB, disks in
 * sectors, 64-bit numbers as text. What is expected was worked out by hand with the rules of docs/talos-behaviour.md §6.7.
 */
const cpu = (parts: Partial<Record<string, number>>) => ({
  ...{ user: 0, nice: 0, system: 0, idle: 0, iowait: 0, irq: 0, soft_irq: 0, steal: 0, guest: 0, guest_nice: 0 },
  ...parts,
});

const reading = (over: object): Reading => over as unknown as Reading;

const BEFORE = reading({
  ...{ atMs: 1_000_000, monotonicMs: 50_000 },
  system: {
    boot_time: '1790000000',
    cpu_total: cpu({ user: 100, nice: 1, system: 40, idle: 800, iowait: 10, irq: 2, soft_irq: 3, steal: 4 }),
    context_switches: '9000000',
    process_created: '5000',
    process_running: '2',
    process_blocked: '0',
  },
  memory: { memtotal: '16000000', memfree: '4000000', cached: '5000000', buffers: '1000000' },
  load: { load1: 0.5, load5: 0.75, load15: 1.25 },
  network: { rx_bytes: '1000000', tx_bytes: '2000000' },
  disk: { read_sectors: '10000', write_sectors: '20000' },
});

const NOW = reading({
  ...{ atMs: 1_003_000, monotonicMs: 53_000 },
  system: {
    boot_time: '1790000000',
    // 12 seconds of four processors: 4 user, 1 nice, 2 system, 3 idle, 1 iowait, 0.2 irq, 0.3 soft_irq, 0.5 steal.
    cpu_total: cpu({ user: 104, nice: 2, system: 42, idle: 803, iowait: 11, irq: 2.2, soft_irq: 3.3, steal: 4.5 }),
    context_switches: '9036000',
    process_created: '5006',
    process_running: '3',
    process_blocked: '1',
  },
  memory: { memtotal: '16000000', memfree: '3000000', cached: '5000000', buffers: '1000000' },
  load: { load1: 0.75, load5: 0.8, load15: 1.25 },
  network: { rx_bytes: '1300000', tx_bytes: '2600000' },
  disk: { read_sectors: '10600', write_sectors: '26000' },
});

const of = ({ values }: Sample): Readonly<Record<Metric, number | null>> =>
  Object.fromEntries(METRICS.map((metric, at) => [metric, values[at] ?? null])) as Record<Metric, number | null>;

describe('a sample', () => {
  it.each([
    // (12 − (3 + 1)) / 12: waiting for disks is idle, soft interrupts are busy and shown nowhere else.
    ['cpu', 8 / 12],
    ['cpuUser', 4 / 12],
    ['cpuNice', 1 / 12],
    ['cpuSystem', 2 / 12],
    ['cpuIrq', 0.2 / 12],
    ['cpuIowait', 1 / 12],
    ['cpuSteal', 0.5 / 12],
    ['cpuIdle', 3 / 12],
    // total − free − cached − buffers.
    ['memory', 7 / 16],
    ['memoryUsedBytes', 7_000_000 * 1024],
    ['memoryTotalBytes', 16_000_000 * 1024],
    ['load1', 0.75],
    ['load5', 0.8],
    ['load15', 1.25],
    // Differences over three seconds; a sector has 512 bytes.
    ['rxBytesPerSecond', 100_000],
    ['txBytesPerSecond', 200_000],
    ['readBytesPerSecond', 200 * 512],
    ['writeBytesPerSecond', 2000 * 512],
    ['contextSwitchesPerSecond', 12_000],
    ['processesCreatedPerSecond', 2],
    ['processesRunning', 3],
    ['processesBlocked', 1],
  ] as const)('has %s as talosctl computes it', (metric, expected) => {
    const sample = sampleOf(BEFORE, NOW);

    expect(of(sample)[metric]).toBeCloseTo(expected, 9);
    expect(sample).toMatchObject({ atMs: 1_003_000, spanMs: 3000 });
  });

  it('without one before it has what is true of a moment, and no rate', () => {
    const sample = sampleOf(undefined, NOW);

    expect(sample.spanMs).toBe(0);
    expect(of(sample)).toMatchObject({
      memory: 7 / 16,
      load1: 0.75,
      processesRunning: 3,
      cpu: null,
      rxBytesPerSecond: null,
    });
  });

  it('has no rate over a reboot, nor of a counter that went back', () => {
    const booted = reading({ ...NOW, system: { ...NOW.system, boot_time: '1790000500' } });
    const wrapped = reading({ ...NOW, network: { rx_bytes: '5', tx_bytes: '2600000' } });

    expect(of(sampleOf(BEFORE, booted))).toMatchObject({ cpu: null, writeBytesPerSecond: null, memory: 7 / 16 });
    expect(of(sampleOf(BEFORE, wrapped))).toMatchObject({ rxBytesPerSecond: null, txBytesPerSecond: 200_000 });
  });

  it('leaves out what a call did not bring, and what no machine has', () => {
    const part = reading({ atMs: NOW.atMs, monotonicMs: NOW.monotonicMs, load: NOW.load });
    const nonsense = reading({ ...NOW, memory: { memtotal: '0' }, load: { load1: NaN, load5: -1, load15: 1 } });

    expect(of(sampleOf(BEFORE, part))).toMatchObject({
      load1: 0.75,
      cpu: null,
      memory: null,
      readBytesPerSecond: null,
    });
    expect(of(sampleOf(BEFORE, nonsense))).toMatchObject({ memory: null, load1: null, load5: null, load15: 1 });
  });
});

describe('top processes', () => {
  const process = (pid: number, cpu_time: number, rest: object = {}) => ({
    ...{ pid, cpu_time, ppid: 0, state: 'S', threads: 1, virtual_memory: '4096000', resident_memory: '1024000' },
    ...{ command: `c${pid}`, executable: '', args: '', label: '' },
    ...rest,
  });
  const time = { totalSeconds: 12, processors: 4, memoryTotalBytes: 10_240_000 };

  it('are sorted by what they took in the interval, as a share of one processor', () => {
    const { seconds } = topProcesses([process(1, 10), process(2, 500)], undefined, {
      ...time,
      totalSeconds: undefined,
    });

    const { top } = topProcesses([process(1, 11.5), process(2, 500.3), process(3, 0.6)], seconds, time);

    // One processor had three seconds.
    expect(top.map(({ pid, cpu }) => [pid, Math.round(cpu * 1000) / 10])).toEqual([
      [1, 50],
      [3, 20],
      [2, 10],
    ]);
    expect(top[0]).toMatchObject({ memory: 0.1, residentBytes: 1_024_000, cpuSeconds: 11.5, command: 'c1' });
  });

  it('are fifty at most, with signs that act written out and long command lines cut', () => {
    const evil = process(7, 900, { executable: '/bin/\u202ex', args: `x\u001b[31m ${'y'.repeat(5000)}` });

    const { top } = topProcesses(
      [...Array.from({ length: 300 }, (_each, at) => process(100 + at, at)), evil],
      undefined,
      time,
    );

    expect(top).toHaveLength(50);
    expect(top[0]?.command).toMatch(/\\u001b\[31m y+…$/);
    expect(top[0]?.command.length).toBeLessThan(500);
  });
});
