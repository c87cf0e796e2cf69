import { describe, expect, it } from 'vitest';
import {
  MOST_ENTRIES,
  type AttentionItem,
  type DeedRecord,
  type DeedStep,
  type EndpointStatus,
  type PoolStatus,
} from '../../../../preload/contract/index.ts';
import { failure } from '../../../../main/lib/failed.ts';
import { deedRecorder } from '../../../../main/operations/timeline/record-deeds.ts';
import { recordAttention } from '../../../../main/operations/timeline/record-attention.ts';
import { recordEndpoints } from '../../../../main/operations/timeline/record-endpoints.ts';
import { recordNodes } from '../../../../main/operations/timeline/record-nodes.ts';
import { resourceRecorder } from '../../../../main/operations/timeline/record-resources.ts';
import { Timeline } from '../../../../main/operations/timeline/timeline.ts';

const down = failure({ code: 'unreachable', message: 'cp-1 refused the connection.' });

const pool = (rest: Partial<EndpointStatus>): PoolStatus =>
  ({
    context: 'sim',
    endpoints: [{ endpoint: '10.5.0.2', phase: 'ready', sinceMs: 0, roundTripsMs: [], ...rest }],
  }) as unknown as PoolStatus;

const told = (timeline: Timeline) =>
  timeline.entries.map(({ kind, title, atMs, endedAtMs }) => [kind, title, atMs, endedAtMs]);

describe('the time line of a cluster', () => {
  it('has an endpoint that failed since the first failure, not the last try, until it was back', () => {
    const timeline = new Timeline();
    recordEndpoints(timeline, pool({}), 100);
    recordEndpoints(timeline, pool({ phase: 'backing-off', sinceMs: 5000, downSinceMs: 5000, failure: down }), 5100);
    recordEndpoints(timeline, pool({ phase: 'connecting', sinceMs: 8000, downSinceMs: 5000, failure: down }), 8100);
    expect(told(timeline)).toEqual([['endpoint', 'Endpoint 10.5.0.2 does not answer', 5000, undefined]]);

    recordEndpoints(timeline, pool({ phase: 'ready', sinceMs: 9000 }), 9100);

    expect(told(timeline)).toEqual([['endpoint', 'Endpoint 10.5.0.2 does not answer', 5000, 9000]]);
  });

  it('says that an endpoint was switched off and on again, which is no failure', () => {
    const timeline = new Timeline();
    recordEndpoints(timeline, pool({ phase: 'disabled', sinceMs: 10 }), 10);
    recordEndpoints(timeline, pool({ phase: 'idle', sinceMs: 30 }), 30);

    expect(told(timeline)).toEqual([['endpoint', 'Endpoint 10.5.0.2 was switched off here', 10, 30]]);
    expect(timeline.entries[0]?.severity).toBe('info');
  });

  it('has one entry for a node that is gone, whoever tells of it, until it answers', () => {
    const timeline = new Timeline();
    const node = { target: '10.5.0.7', hostname: 'worker-07', addresses: [], role: 'worker', sources: [] } as const;
    const nodes = (seen: object) => ({ context: 'sim', status: 'ready', nodes: [{ ...node, seen }] }) as never;
    recordNodes(timeline, nodes({ state: 'offline', atMs: 900, sinceMs: 500, message: 'no route to host' }));
    const item: AttentionItem = {
      ...{ id: 'a', kind: 'node-down', severity: 'critical', node: '10.5.0.7', sinceMs: 450, seenAtMs: 950 },
      ...{ title: 'worker-07 is not reached', detail: 'no route to host' },
    };
    recordAttention(timeline, { context: 'sim', items: [item], unknown: [], isNotifying: false, atMs: 1000 });
    expect(told(timeline)).toEqual([['node', 'worker-07 is not reached', 450, undefined]]);

    recordAttention(timeline, { context: 'sim', items: [], unknown: [], isNotifying: false, atMs: 1100 });
    recordNodes(timeline, nodes({ state: 'online', atMs: 1050 }));

    expect(told(timeline)).toEqual([['node', 'worker-07 is not reached', 450, 1050]]);
  });

  it('has what came onto the attention list with its own since, and when it went; what is old is no news', () => {
    const timeline = new Timeline();
    const item: AttentionItem = {
      ...{ id: 'svc', kind: 'service', severity: 'warning', node: '10.5.0.3', sinceMs: 7, seenAtMs: 20 },
      ...{ title: 'etcd of cp-2 failed', detail: 'exit code 1' },
    };
    const state = (items: readonly AttentionItem[], atMs: number) =>
      ({ context: 'sim', items, unknown: [], isNotifying: false, atMs }) as const;
    recordAttention(timeline, state([item, { ...item, id: 'old', stale: 'as of 14:02' }], 20));
    recordAttention(timeline, state([{ ...item, stale: 'as of 14:03' }], 30));
    recordAttention(timeline, state([], 40));

    expect(told(timeline)).toEqual([['service', 'etcd of cp-2 failed', 7, 40]]);
  });

  it('has what a watch brought after it began, and not more than 300 of one', () => {
    const timeline = new Timeline();
    const record = resourceRecorder(timeline, () => 5);
    record({
      type: 'columns',
      columns: [],
      resourceType: 'Members.cluster.talos.dev',
      namespace: 'cluster',
      talosctl: '',
    });
    record({ type: 'set', node: 'n', key: 'a', cells: [], isInitial: true });
    record({ type: 'set', node: 'n', key: 'a', cells: [], isInitial: false });
    record({ type: 'set', node: 'n', key: 'b', cells: [], isInitial: false });
    record({ type: 'gone', node: 'n', key: 'b', cells: [], isInitial: false });

    expect(timeline.entries.map(({ title }) => title)).toEqual([
      'Members.cluster.talos.dev a changed',
      'Members.cluster.talos.dev b was added',
      'Members.cluster.talos.dev b was removed',
    ]);
    for (let at = 0; at < 1000; at += 1) record({ type: 'set', node: 'n', key: 'a', cells: [], isInitial: false });
    expect(timeline.entries.length).toBe(300);
    expect(timeline.entries.at(-1)?.detail).toMatch(/^Further changes/);
  });

  it('has what a deed did to each machine, from its begin to its end, once, and nothing of one that was not begun', () => {
    const timeline = new Timeline();
    const record = deedRecorder(timeline);
    const deed = (...steps: readonly Partial<DeedStep>[]): DeedRecord => ({
      ...{ id: 'one', atMs: 5, deed: 'Reboot 2 machines', context: 'sim', file: '/c', talosctl: '', isOver: false },
      steps: steps.map((step, at) => ({ node: `10.5.0.${at}`, name: `w-${at}`, stage: 'waiting', atMs: 5, ...step })),
    });
    record([deed({ stage: 'asked', atMs: 10 }, {})]);
    record([deed({ stage: 'tracking', atMs: 12, text: 'It shuts down.' }, {})]);
    expect(told(timeline)).toEqual([['deed', 'Reboot 2 machines: w-0', 10, undefined]]);

    const over = deed({ stage: 'failed', atMs: 30, text: 'It did not come back.' }, { stage: 'left', atMs: 31 });
    record([over]);
    record([over]);

    expect(timeline.entries).toEqual([
      {
        ...{ number: 1, kind: 'deed', node: '10.5.0.0', subject: 'w-0', severity: 'bad', atMs: 10, endedAtMs: 30 },
        ...{ title: 'Reboot 2 machines: w-0', detail: 'It did not come back.' },
      },
    ]);
  });

  it('is bounded, keeps what lasts longest, and shows no secret and no sign that acts', () => {
    const timeline = new Timeline();
    const shared = { kind: 'node', subject: 'x', severity: 'info' } as const;
    timeline.begin('lasts', { ...shared, title: 'down', atMs: 0 });
    for (let at = 1; at <= MOST_ENTRIES + 50; at += 1) timeline.add({ ...shared, title: `t${at}`, atMs: at });
    timeline.add({
      ...shared,
      title: '\u202eevil\u001b[31m',
      detail: `Bearer abcdefghijkl ${'y'.repeat(9000)}`,
      atMs: 1,
    });

    expect(timeline.entries.length).toBe(MOST_ENTRIES);
    expect(timeline.entries[0]).toMatchObject({ title: 'down' });
    expect(timeline.entries.at(-1)?.title).toBe('\\u202eevil\\u001b[31m');
    expect(timeline.entries.at(-1)?.detail).toMatch(/^Bearer \[removed\] y+…$/);
    expect(timeline.entries.at(-1)?.detail?.length).toBeLessThan(700);
  });
});
