import type { Row } from '../../../../../main/operations/commands/kit/definition.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failure } from '../../../../../main/lib/failed.ts';
import { PoolCallError } from '../../../../../main/pool/calls/call-error.ts';
import { systemClock } from '../../../../../main/lib/clock.ts';
import { collect } from '../../../../../main/operations/commands/kit/collect.ts';
import { streamCommand } from '../../../../../main/operations/commands/kit/stream-command.ts';
import { run } from '../../../../../main/operations/work/run.ts';
import { collectEvents, eventsOf, openBench, rowsOf, type Bench } from '../../work/runs-harness.ts';

const namespaces = streamCommand({
  ...{ id: 'namespaces', title: 'Namespaces', about: 'For this test.', params: [], syntax: { names: ['namespaces'] } },
  method: '/cosi.resource.State/List',
  columns: [{ id: 'id', title: 'ID', kind: 'text' }],
  request: () => ({ namespace: 'meta', type: 'Namespaces.meta.cosi.dev' }),
  rows: ({ resource }) => [[resource?.metadata?.id ?? null]],
  detail: ({ resource }) => ({ title: resource?.metadata?.id ?? '', parts: [] }),
});

async function allRows(rows: AsyncIterator<Iterable<Row>, unknown>): Promise<readonly Row[]> {
  const all: Row[] = [];
  for (let next = await rows.next(); next.done !== true; next = await rows.next()) all.push(...next.value);
  return all;
}

let bench: Bench;
beforeAll(async () => {
  bench = await openBench({ workers: 0 });
});
afterAll(async () => {
  expect(await bench.close()).toBe(0);
});

describe('a command that is a stream', () => {
  it('makes rows of its messages and names the endpoint', async () => {
    const events = await collectEvents(
      run({
        ...{
          runId: 'r',
          number: 1,
          connection: bench.workspace.clusters.of('sim'),
          command: namespaces,
          params: {},
        },
        ...{ nodes: ['cp-1'], deadlineMs: 5000, signal: new AbortController().signal, clock: systemClock },
      }),
    );

    expect(rowsOf(events, 'cp-1').map(([id]) => id)).toContain('meta');
    expect(eventsOf(events, 'answered')[0]?.endpoint).toMatch(/^127\./);
  });

  it('finds the message behind a row', async () => {
    const connection = bench.workspace.clusters.of('sim');
    const signal = new AbortController().signal;
    const prepared = await namespaces.prepare({ connection, nodes: ['cp-1'], params: {}, deadlineMs: 5000, signal });
    const coming = prepared.come('cp-1', { deadlineMs: 5000, signal, onEndpoint: () => undefined });
    const rows = await allRows(coming.rows);
    const { answer } = coming;

    expect(rows.length).toBeGreaterThan(0);
    expect(rows.map((_row, index) => prepared.detail?.(answer, index, 'cp-1')?.title)).toEqual(rows.map(([id]) => id));
    expect(prepared.detail?.(answer, rows.length, 'cp-1')).toBeUndefined();
  });
});

describe('a command with a limit', () => {
  it('shows so many messages, and what is to be said about them', async () => {
    const limited = streamCommand({ ...namespaces, limit: 2, notes: (messages) => [`${messages.length} messages`] });
    const connection = bench.workspace.clusters.of('sim');
    const signal = new AbortController().signal;
    const prepared = await limited.prepare({ connection, nodes: ['cp-1'], params: {}, deadlineMs: 5000, signal });
    const coming = prepared.come('cp-1', { deadlineMs: 5000, signal, onEndpoint: () => undefined });

    expect(await allRows(coming.rows)).toHaveLength(2);
    expect(prepared.notes?.(coming.answer)).toEqual(['Only the first 2 are shown; the node had more.', '2 messages']);
  });
});

describe('collecting a stream', () => {
  it('stops at its limit, ends the stream and says so', async () => {
    let isEnded = false;
    async function* endless(): AsyncGenerator<number> {
      try {
        for (let count = 0; ; count += 1) yield count;
      } finally {
        isEnded = true;
      }
    }

    expect(await collect(endless, 3)).toEqual({ items: [0, 1, 2], isCut: true });
    expect(isEnded).toBe(true);
  });

  it('reads again from the beginning, once, when the connection broke', async () => {
    let readings = 0;
    async function* breaking(): AsyncGenerator<number> {
      readings += 1;
      yield 1;
      if (readings === 1) throw broken;
      yield 2;
    }
    async function* alwaysBreaking(): AsyncGenerator<number> {
      yield readings++;
      throw broken;
    }

    expect(await collect(breaking)).toEqual({ items: [1, 2], isCut: false });
    readings = 0;
    await expect(collect(alwaysBreaking)).rejects.toBe(broken);
    expect(readings).toBe(2);
  });

  it('does not read again what the node refused', async () => {
    let readings = 0;
    async function* refusing(): AsyncGenerator<number> {
      yield readings++;
      throw new Error('no');
    }

    await expect(collect(refusing)).rejects.toThrow('no');
    expect(readings).toBe(1);
  });
});

const broken = new PoolCallError({
  cause: { kind: 'transport', failure: failure({ code: 'unreachable', message: 'cp-1 closed the connection.' }) },
  ...{ method: '/a/b', methodClass: 'read', wasSent: true },
});
