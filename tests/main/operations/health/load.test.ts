import { describe, expect, it } from 'vitest';
import { busyShare, cpuTimes, fullestVolume, memoryLoad } from '../../../../main/operations/health/load.ts';

type CpuStat = Parameters<typeof cpuTimes>[0];
type Mounts = Parameters<typeof fullestVolume>[0];

/** `cpu` of two readings of /proc/stat of a machine with four processors, ten seconds apart, in seconds. */
const cpu = (more: Partial<CpuStat> = {}): CpuStat => ({
  ...{ user: 5_120.4, nice: 12.1, system: 2_204.7, idle: 190_312.9, iowait: 88.3, irq: 0, soft_irq: 41.2 },
  ...{ steal: 3.4, guest: 0, guest_nice: 0, ...more },
});
const before = cpu();

describe('processor time', () => {
  const TABLE: readonly (readonly [about: string, now: CpuStat, share: number | undefined])[] = [
    ['nothing but idling', cpu({ idle: 190_352.9 }), 0],
    ['waiting for disks is idling', cpu({ iowait: 128.3 }), 0],
    ['user, nice and system', cpu({ user: 5_130.4, nice: 17.1, system: 2_209.7, idle: 190_332.9 }), 0.5],
    [
      'interrupts, soft ones, and what the host took',
      cpu({ irq: 2, soft_irq: 45.2, steal: 7.4, idle: 190_342.9 }),
      0.25,
    ],
    ['what guests used counts as user already', cpu({ user: 5_160.4, guest: 40 }), 1],
    ['no time passed', before, undefined],
    [
      'counters that began anew',
      cpu({ user: 1, nice: 0, system: 1, idle: 20, iowait: 0, soft_irq: 0, steal: 0 }),
      undefined,
    ],
  ];
  it.each(TABLE)('of %s', (_about, now, share) => {
    const told = busyShare(cpuTimes(before), cpuTimes(now));
    if (share === undefined) expect(told).toBeUndefined();
    else expect(told).toBeCloseTo(share, 6);
  });
});

describe('memory in use', () => {
  type MemInfo = Parameters<typeof memoryLoad>[0];
  /** /proc/meminfo of a machine with 8 GiB, in kB. */
  const meminfo = (more: Partial<MemInfo> = {}): MemInfo =>
    ({
      memtotal: '8131180',
      memfree: '1204224',
      memavailable: '5400120',
      buffers: '92164',
      cached: '3769502',
      ...more,
    }) as MemInfo;

  it.each([
    ['is neither free nor cached nor a buffer', meminfo(), 0.377],
    ['is all where nothing is free', meminfo({ memfree: '0', cached: '0', buffers: '0' }), 1],
    ['is none where caches are said to be larger than all', meminfo({ cached: '9131180' }), 0],
  ])('%s', (_about, told, fraction) => {
    expect(memoryLoad(told, 5)?.fraction).toBeCloseTo(fraction, 3);
    expect(memoryLoad(told, 5)?.atMs).toBe(5);
  });

  it('is not known where no total is named', () => {
    expect(memoryLoad(meminfo({ memtotal: '0' }), 5)).toBeUndefined();
  });
});

describe('the fullest volume', () => {
  const mounts = (
    ...stats: readonly (readonly [filesystem: string, size: number, available: number, on: string])[]
  ): Mounts =>
    ({
      messages: [
        {
          stats: stats.map(([filesystem, size, available, mounted_on]) => ({
            ...{ filesystem, mounted_on, size: String(size), available: String(available) },
          })),
        },
      ],
    }) as Mounts;

  it('is of partitions alone: images are always full, and what lies in memory is none', () => {
    const told = mounts(
      ['/dev/loop0', 75_000_000, 0, '/'],
      ['tmpfs', 4_000_000_000, 0, '/run'],
      ['/dev/sda5', 98_000_000, 49_000_000, '/system/state'],
      ['/dev/sda6', 40_000_000_000, 6_000_000_000, '/var'],
      ['overlay', 40_000_000_000, 0, '/etc/cni'],
    );
    expect(fullestVolume(told, 7)).toEqual({
      ...{ mountedOn: '/var', usedBytes: 34_000_000_000, totalBytes: 40_000_000_000, fraction: 0.85, atMs: 7 },
    });
  });

  it('is none where there is no partition, or one without a size; more free than there is means empty', () => {
    expect(fullestVolume(mounts(['tmpfs', 1, 0, '/run'], ['/dev/sda1', 0, 0, '/boot']), 7)).toBeUndefined();
    expect(fullestVolume(mounts(['/dev/sda1', 100, 200, '/boot']), 7)).toMatchObject({ usedBytes: 0, fraction: 0 });
  });
});
