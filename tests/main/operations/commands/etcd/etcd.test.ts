import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { eventsOf, openBench, rowsOf, type Bench } from '../../work/runs-harness.ts';

let bench: Bench;
const controlPlanes = ['cp-1', 'cp-2', 'cp-3'];

beforeAll(async () => {
  bench = await openBench({ workers: 1 });
});
afterEach(() => {
  for (const name of bench.all) bench.simulator.setNodeFault(name, null);
});
afterAll(async () => {
  expect(await bench.close()).toBe(0);
});

const notesOf = (events: Awaited<ReturnType<Bench['run']>>) => eventsOf(events, 'finished')[0]?.notes;

describe('etcd members', () => {
  it('have ids of 16 hexadecimal digits, and say how many of them may fail', async () => {
    const events = await bench.run({ command: 'etcd-members', nodes: controlPlanes });
    const rows = rowsOf(events, 'cp-1');

    expect(rows).toHaveLength(3);
    expect(rows[0]).toEqual([
      expect.stringMatching(/^[0-9a-f]{16}$/),
      'cp-1',
      expect.stringMatching(/^https:\/\/10\.5\.0\.\d+:2380$/),
      expect.stringMatching(/^https:\/\/10\.5\.0\.\d+:2379$/),
      false,
    ]);
    expect(rowsOf(events, 'cp-3')).toEqual(rows);
    expect(notesOf(events)).toEqual([
      { severity: 'info', message: 'etcd has 3 voting members and needs 2 of them: 1 of them may fail.' },
    ]);
    expect(eventsOf(events, 'started')[0]?.talosctl).toBe('talosctl --context sim -n cp-1,cp-2,cp-3 etcd members');
  });

  it('are not on a worker, which says so', async () => {
    const events = await bench.run({ command: 'etcd-members', nodes: ['worker-01'] });

    expect(eventsOf(events, 'failed')[0]?.failure).toMatchObject({
      code: 'not-supported',
      hint: 'Choose a control plane node.',
    });
  });

  it('cannot be listed without a quorum, and the reason is told', async () => {
    bench.simulator.setNodeFault('cp-2', { kind: 'down' });
    bench.simulator.setNodeFault('cp-3', { kind: 'down' });
    const events = await bench.run({ command: 'etcd-members', nodes: ['cp-1'] });

    expect(eventsOf(events, 'failed')[0]?.failure).toMatchObject({
      code: 'precondition',
      message: 'The etcd of cp-1 knows no leader: too few of its members are there to agree.',
    });
  });
});

describe('etcd status', () => {
  it('shows each member with its leader, and names the node that leads', async () => {
    const events = await bench.run({ command: 'etcd-status', nodes: controlPlanes });
    const [row = []] = rowsOf(events, 'cp-2');
    const [leader] = rowsOf(events, 'cp-1')[0] ?? [];

    expect(row).toHaveLength(12);
    expect(row[3]).toBe(leader);
    expect(row[0]).not.toBe(leader);
    expect(Number(row[2]) / Number(row[1])).toBeCloseTo(Number(row[11]), 6);
    expect(row.slice(7, 11)).toEqual([false, '3.6.6', '3.6.0', '']);
    expect(notesOf(events)).toEqual([
      { severity: 'info', message: 'cp-1 leads: a majority of the members agrees.', nodes: ['cp-1'] },
    ]);
  });

  it('still answers without a quorum, and says that no leader is known', async () => {
    bench.simulator.setNodeFault('cp-2', { kind: 'down' });
    bench.simulator.setNodeFault('cp-3', { kind: 'down' });
    const events = await bench.run({ command: 'etcd-status', nodes: ['cp-1'] });

    expect(rowsOf(events, 'cp-1')[0]?.[3]).toBe('0000000000000000');
    expect(events.at(-1)).toMatchObject({ ok: 1, failed: 0 });
    expect(notesOf(events)?.map(({ severity }) => severity)).toEqual(['warning', 'warning']);
  });
});

describe('etcd alarm list', () => {
  it('says that there is none', async () => {
    const events = await bench.run({ command: 'etcd-alarms', nodes: controlPlanes });

    expect(notesOf(events)).toEqual([{ severity: 'info', message: 'No member of etcd has raised an alarm.' }]);
  });

  it('tells an alarm once, though every node lists it', async () => {
    bench.simulator.setNodeFault('cp-2', { kind: 'etcd-alarm', alarm: 'NOSPACE' });
    const events = await bench.run({ command: 'etcd-alarms', nodes: controlPlanes });

    expect(controlPlanes.map((name) => rowsOf(events, name).map(([, alarm]) => alarm))).toEqual([
      ['NOSPACE'],
      ['NOSPACE'],
      ['NOSPACE'],
    ]);
    expect(notesOf(events)).toHaveLength(1);
    expect(notesOf(events)?.[0]?.message).toMatch(/^Member [0-9a-f]{16} has raised NOSPACE: its database is full/);
  });

  it('may be read by whoever makes backups', async () => {
    const backup = await openBench({ controlPlanes: 1, workers: 0, roles: ['os:etcd:backup'] });
    try {
      const events = await backup.run({ command: 'etcd-alarms', nodes: ['cp-1'] });

      expect(events.at(-1)).toMatchObject({ ok: 1, failed: 0 });
    } finally {
      await backup.close();
    }
  });
});
