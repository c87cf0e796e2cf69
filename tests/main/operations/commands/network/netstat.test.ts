import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { netstatRequest } from '../../../../../main/operations/commands/network/netstat.ts';
import {
  socketColumns,
  socketParts,
  socketRows,
  stateCounts,
} from '../../../../../main/operations/commands/network/socket-rows.ts';
import { overTheWire } from '../../../../fakes/over-the-wire.ts';
import { eventsOf, openBench, rowsOf, type Bench } from '../../work/runs-harness.ts';

let bench: Bench;
const node = 'worker-01';

beforeAll(async () => {
  bench = await openBench({ controlPlanes: 1, workers: 2 });
});
afterEach(() => {
  bench.simulator.setNodeFault(node, null);
});
afterAll(async () => {
  expect(await bench.close()).toBe(0);
});

describe('what netstat asks for', () => {
  const BOTH = {
    tcp: true,
    tcp6: true,
    udp: true,
    udp6: true,
    udplite: false,
    udplite6: false,
    raw: false,
    raw6: false,
  };
  const HOST = { hostnetwork: true, netns: [], allnetns: false };

  it.each([
    [{}, { filter: 'CONNECTED', feature: { pid: false }, l4proto: BOTH, netns: HOST }],
    [{ all: true, listening: true }, { filter: 'ALL' }],
    [{ listening: true }, { filter: 'LISTENING' }],
    [{ tcp: true, ipv4: true }, { l4proto: { ...BOTH, tcp6: false, udp: false, udp6: false } }],
    [{ raw: true, ipv6: true }, { l4proto: { ...BOTH, tcp: false, tcp6: false, udp: false, udp6: false, raw6: true } }],
    [{ programs: true }, { feature: { pid: true } }],
    [{ pods: true }, { netns: { ...HOST, allnetns: true } }],
    [{ verbose: true }, { feature: { pid: true }, netns: { ...HOST, allnetns: true } }],
  ])('with %j is what talosctl asks for', (params, request) => {
    expect(netstatRequest(params)).toMatchObject(request);
  });

  it('of one pod is only its network', () => {
    expect(netstatRequest({ verbose: true }, 'cni-1').netns).toEqual({
      ...{ hostnetwork: false, netns: ['cni-1'], allnetns: false },
    });
  });
});

describe('rows of sockets', () => {
  const reply = overTheWire('/machine.MachineService/Netstat', {
    messages: [
      {
        connectrecord: [
          {
            ...{ l4proto: 'tcp6', localip: '::1', localport: 443, remoteip: 'fd00::2', remoteport: 50_123, state: 1 },
            ...{ rxqueue: 3, txqueue: 4, tr: 2, timerwhen: 1234, retrnsmt: 1, timeout: 2, uid: 7, inode: 99 },
            ...{ process: { pid: 12, name: 'envoy' }, netns: 'cni-1' },
          },
          { l4proto: 'udp', localip: '0.0.0.0', localport: 53, remoteip: '0.0.0.0', state: 7 },
        ],
      },
    ],
  });
  const sockets = reply.messages[0]?.connectrecord ?? [];

  it('have all columns of talosctl with -v', () => {
    const parts = socketParts({ verbose: true });

    expect(socketColumns(parts).map(({ title }) => title)).toEqual([
      ...['Proto', 'Recv-Q', 'Send-Q', 'Local Address', 'Foreign Address', 'State'],
      ...['Uid', 'Inode', 'PID/Program name', 'Pod', 'Timer'],
    ]);
    expect([...socketRows(sockets, parts, (network) => (network === 'cni-1' ? 'shop/redis' : ''))]).toEqual([
      [
        ...['tcp6', 3, 4, '::1:443', 'fd00::2:50123', 'ESTABLISHED', 7, 99],
        ...['12/envoy', 'shop/redis', 'keepalive (12.34/1/2)'],
      ],
      ['udp', 0, 0, '0.0.0.0:53', '0.0.0.0:*', '', 0, 0, '-', '', 'off (0.00/0/0)'],
    ]);
  });

  it('are as short as talosctl without flags', () => {
    expect([...socketRows(sockets, socketParts({}), () => '')][0]).toHaveLength(6);
  });

  it('are counted by their states, most frequent first', () => {
    expect(stateCounts(['LISTEN', 'ESTABLISHED', 'ESTABLISHED', ''])).toBe(
      '4 sockets: 2 ESTABLISHED, 1 LISTEN, 1 without a state.',
    );
    expect(stateCounts('abcdefgh')).toBe('8 sockets: 1 a, 1 b, 1 c, 1 d, 1 e, 1 f, 2 others.');
    expect(stateCounts([])).toBeUndefined();
  });
});

describe('netstat against a cluster', () => {
  it('shows sockets with their program, and counts them over all nodes', async () => {
    const events = await bench.run({ command: 'netstat', params: { all: true, programs: true } });
    const programs = rowsOf(events, 'cp-1').map((row) => String(row[6]));

    expect(programs.some((program) => /^\d+\/apid$/.test(program))).toBe(true);
    expect(eventsOf(events, 'finished')[0]?.notes?.[0]?.message).toMatch(/^\d+ sockets: .*LISTEN/);
  });

  it('names the pods of sockets, and shows those of one pod from the node that has it', async () => {
    const all = await bench.run({ command: 'netstat', params: { all: true, pods: true }, nodes: [node] });
    const pod =
      rowsOf(all, node)
        .map((row) => String(row[6]))
        .find((name) => name !== '') ?? '';
    const one = await bench.run({ command: 'netstat', params: { all: true, pod: pod.toUpperCase() } });

    expect(pod).toContain('/');
    expect(
      rowsOf(one, node)
        .map((row) => row[5])
        .sort(),
    ).toEqual(['ESTABLISHED', 'LISTEN']);
    expect(rowsOf(one, 'cp-1')).toEqual([]);
    expect(eventsOf(one, 'answered').find((event) => event.node === 'cp-1')?.notes).toEqual([
      'The pod runs on worker-01.',
    ]);
  });

  it('waits for no other node once the pod is found', async () => {
    const all = await bench.run({ command: 'netstat', params: { all: true, pods: true }, nodes: ['worker-02'] });
    const pod = rowsOf(all, 'worker-02').find(([, , , , , , name]) => name !== '')?.[6];
    bench.simulator.setNodeFault(node, { kind: 'slow', latencyMs: 60_000 });
    const events = await bench.run({
      ...{ command: 'netstat', params: { all: true, pod: String(pod) }, nodes: [node, 'worker-02'], deadlineMs: 5000 },
    });

    expect(rowsOf(events, 'worker-02').length).toBeGreaterThan(0);
    expect(events.at(-1)).toMatchObject({ ok: 2, failed: 0 });
  });

  it('fails for a pod that is nowhere, before any node is asked for its sockets', async () => {
    await expect(bench.run({ command: 'netstat', params: { pod: 'shop/nobody' } })).rejects.toMatchObject({
      failure: {
        code: 'not-found',
        message: 'None of these nodes runs a pod “shop/nobody” with a network of its own.',
      },
    });
  });

  it('shows very many sockets in pieces, exactly counted', { timeout: 60_000 }, async () => {
    bench.simulator.setNodeFault(node, { kind: 'crowded', items: 12_000 });
    const events = await bench.run({
      ...{ command: 'netstat', params: { all: true }, nodes: [node], deadlineMs: 50_000 },
    });

    expect(rowsOf(events, node).length).toBeGreaterThan(12_000);
    expect(eventsOf(events, 'rows').every(({ rows }) => rows.length <= 1000)).toBe(true);
    expect(eventsOf(events, 'answered')[0]?.notes?.[0]).toMatch(
      /^12,0\d\d sockets: 10,80\d ESTABLISHED, 1,200 TIME_WAIT/,
    );
    // The conclusion does not count what it was not given.
    expect(eventsOf(events, 'finished')[0]?.notes).toBeUndefined();
  });
});
