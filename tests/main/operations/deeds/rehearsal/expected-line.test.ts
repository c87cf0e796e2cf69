import { describe, expect, it } from 'vitest';
import type { DeedSpan } from '../../../../../preload/contract/index.ts';
import { expectedLine, type WentMachine } from '../../../../../main/operations/deeds/rehearsal/expected-line.ts';
import { fastClock } from '../../../../../main/operations/deeds/rehearsal/fast-clock.ts';
import { measured } from '../../../../../main/operations/deeds/rehearsal/measured.ts';
import { shapedDisks } from '../../../../../main/operations/deeds/rehearsal/shaped-disks.ts';
import { FakeClock } from '../../../../fakes/fake-clock.ts';

const went = (name: string, ...expectMs: readonly (number | undefined)[]): WentMachine => ({
  ...{ node: name, name, state: 'done' },
  acts: expectMs.map((ms, at) => ({ name: `act ${at}`, expectMs: ms })),
});
const turns = (line: ReturnType<typeof expectedLine>) =>
  line.machines.map(({ name, fromMs, steps }) => [name, fromMs, steps.map(({ expectedMs }) => expectedMs)]);

describe('the time line to be expected', () => {
  it('lets lanes follow each other, and machines of one lane so many at a time', () => {
    const line = expectedLine(
      [
        { machines: [went('cp-1', 10_000), went('cp-2', 20_000)], atOnce: 1 },
        { machines: [went('w-1', 5_000), went('w-2', 30_000), went('w-3', undefined)], atOnce: 2 },
      ],
      undefined,
    );

    expect(turns(line)).toEqual([
      ['cp-1', 0, [10_000]],
      ['cp-2', 10_000, [20_000]],
      ['w-1', 30_000, [5_000]],
      ['w-2', 30_000, [30_000]],
      ['w-3', 35_000, [2_000]],
    ]);
    expect(line.untilMs).toBe(60_000);
  });

  it('takes what was measured, and says nothing of a machine whose turn has not come', () => {
    const waiting: WentMachine = { node: 'w-2', name: 'w-2', state: 'waiting', acts: [] };
    const line = expectedLine([{ machines: [went('w-1', 30_000, 10_000), waiting], atOnce: 1 }], {
      ...{ byAct: new Map([['act 0', 80_000]]), count: 4 },
    });

    expect(turns(line)).toEqual([
      ['w-1', 0, [80_000, 10_000]],
      ['w-2', undefined, []],
    ]);
  });
});

describe('what was measured', () => {
  it('is the median of each act, over all machines', () => {
    const act = (name: string, ms: number): DeedSpan => ({ kind: 'act', name, ms });
    const phase: DeedSpan = { kind: 'phase', name: 'back', ms: 1 };

    expect(measured([[act('drains', 5)], [act('back', 9), phase], [act('back', 3)], [act('back', 4)]])).toEqual({
      byAct: new Map([
        ['drains', 5],
        ['back', 4],
      ]),
      count: 4,
    });
    expect(measured([])).toBeUndefined();
  });
});

describe('a fast clock', () => {
  it('goes so many times as fast, for what is read and for what waits', () => {
    const clock = new FakeClock();
    const fast = fastClock(clock, 30);
    const [nowMs, monotonicMs] = [fast.now(), fast.monotonic()];
    let isOver = false;
    fast.after(60_000, () => (isOver = true));

    clock.advance(1_999);
    expect(isOver).toBe(false);
    clock.advance(1);

    expect([fast.now() - nowMs, fast.monotonic() - monotonicMs, isOver]).toEqual([60_000, 60_000, true]);
  });
});

describe('disks of a shape', () => {
  it('are those of the machine, the one of Talos first; unknown where it does not tell which that is', () => {
    const device = {
      ...{ size: 10, content: '', label: '', partitionLabel: '', volume: undefined, mounts: [], usedBy: undefined },
    };
    const disk = (name: string, isSystem: boolean) => ({
      ...{ ...device, name, path: `/dev/${name}`, model: 'M', serial: name, wwid: '', busPath: '', transport: '' },
      ...{ isReadOnly: false, isCdrom: false, isSystem },
      partitions: isSystem
        ? [{ ...device, name: `${name}p6`, path: `/dev/${name}p6`, volume: 'EPHEMERAL', mounts: ['/var', '/x'] }]
        : [],
    });
    const storage = { disks: [disk('sdb', false), disk('nvme0n1', true)], groups: [], arrays: [] };

    expect(shapedDisks(storage)).toMatchObject([
      { name: 'nvme0n1', bytes: 10, partitions: [{ number: 6, volume: 'EPHEMERAL', mountedOn: '/var' }] },
      { name: 'sdb', partitions: [] },
    ]);
    expect(shapedDisks({ ...storage, disks: storage.disks.slice(0, 1) })).toBeUndefined();
  });
});
