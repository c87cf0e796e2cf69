import { writeFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { Failed } from '../../../../main/lib/failed.ts';
import { untilAborted } from '../../../../main/lib/until-aborted.ts';
import type { Caller } from '../../../../main/operations/clusters/caller.ts';
import { ContextNodes, joinNodes, readMember, type Member } from '../../../../main/operations/clusters/nodes.ts';
import { startSimulator, type Simulator } from '../../../../main/simulator/simulator.ts';
import type { NodesState } from '../../../../preload/contract/index.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { openWorkspace, testProto, type TestWorkspace } from '../../../fakes/open-workspace.ts';

const member = (hostname: string, ...addresses: string[]): Member => ({ hostname, addresses, role: 'worker' });

describe('joining nodes', () => {
  it('sees a configured address of a member as that member, with the string the user wrote', () => {
    const nodes = joinNodes(
      [member('cp-1', '10.0.0.2', 'fd00::2'), member('w-1', '10.0.0.3')],
      ['fd00::2', 'cp-1', 'gone'],
    );

    expect(nodes.map(({ target, hostname, sources }) => [target, hostname, sources.join('+')])).toEqual([
      ['fd00::2', 'cp-1', 'context+discovered'],
      ['gone', undefined, 'context'],
      ['10.0.0.3', 'w-1', 'discovered'],
    ]);
  });

  it('keeps strange names apart from object keys', () => {
    expect(joinNodes([member('__proto__', '10.0.0.9')], ['constructor'])).toHaveLength(2);
  });
});

describe('a member', () => {
  it.each([
    ['text that is no YAML', 'a: [', undefined],
    ['a list', '- a', { hostname: 'id', addresses: [], role: 'unknown' }],
    ['missing fields', 'hostname: ""', { hostname: 'id', addresses: [], role: 'unknown' }],
    ['an init node', 'hostname: a\nmachineType: init', { hostname: 'a', addresses: [], role: 'controlplane' }],
  ])('is read from %s', (_what, yaml, expected) => {
    expect(readMember('id', yaml)).toEqual(expected);
  });
});

describe('what was seen of nodes', () => {
  function openNodes(configured: readonly string[] = ['a', 'b']): {
    clock: FakeClock;
    nodes: ContextNodes;
    told: () => number;
  } {
    const clock = new FakeClock();
    const connection = (): never => {
      throw new Error('nobody is asked in this test');
    };
    const nodes = new ContextNodes({ context: () => 'home', configured, connection, clock });
    const states: NodesState[] = [];
    // Not through subscribe(), which would begin to discover.
    let last = nodes.current;
    const told = (): number => {
      if (nodes.current !== last) states.push(nodes.current);
      last = nodes.current;
      return states.length;
    };
    return { clock, nodes, told };
  }

  it('is told once a run has become quiet, not with each of its answers', () => {
    const { clock, nodes, told } = openNodes();

    for (let at = 0; at < 9; at += 1) {
      nodes.mark('a', { state: 'online', atMs: clock.now() });
      clock.advance(100);
      expect(told()).toBe(0);
    }
    clock.advance(100);

    expect(told()).toBe(1);
    expect(nodes.current.nodes[0]?.seen?.state).toBe('online');
    expect(clock.active).toBe(0);
  });

  it('is told within a second while answers keep coming', () => {
    const { clock, nodes, told } = openNodes();

    for (let at = 0; at < 30; at += 1) {
      nodes.mark('b', { state: 'online', atMs: clock.now() });
      clock.advance(100);
      told();
    }

    expect(told()).toBeGreaterThanOrEqual(2);
    expect(told()).toBeLessThanOrEqual(3);
  });

  it('is told less often of a thousand nodes, each of which is drawn each time', () => {
    const { clock, nodes, told } = openNodes(Array.from({ length: 1_000 }, (_, index) => `node-${index}`));

    for (let at = 0; at < 30; at += 1) {
      nodes.mark('node-7', { state: 'online', atMs: clock.now() });
      clock.advance(99);
      expect(told()).toBe(0);
    }
    clock.advance(99);

    expect(told()).toBe(1);
  });
});

describe('while nobody lists the nodes', () => {
  it('they are asked for every ten seconds, by one call, only while somebody has subscribed', async () => {
    const clock = new FakeClock();
    let asked = 0;
    const connection = {
      nodes: [],
      texts: { reading: () => ({ unread: 0 }) },
      explain: () => ({ code: 'unreachable', message: 'Nobody answers.' }),
      serverStream: () => {
        asked += 1;
        throw new Failed({ code: 'unreachable', message: 'Nobody answers.' });
      },
    } as unknown as Caller;
    const nodes = new ContextNodes({ context: () => 'home', configured: [], connection: () => connection, clock });
    const stop = nodes.subscribe(() => undefined);
    await expect.poll(() => clock.active).toBe(1);
    expect([asked, nodes.current.status]).toEqual([1, 'failed']);
    clock.advance(9_999);
    expect(asked).toBe(1);
    clock.advance(1);
    await expect.poll(() => clock.active).toBe(1);
    expect(asked).toBe(2);
    stop();
    expect(clock.active).toBe(0);
  });
});

describe('who subscribes right after the last one left', () => {
  it('asks anew, and does not wait for what was broken off with it', async () => {
    const clock = new FakeClock();
    const asked: AbortSignal[] = [];
    const connection = {
      nodes: [],
      texts: { reading: () => ({ unread: 0 }) },
      explain: () => ({ code: 'cancelled', message: 'It was broken off.' }),
      serverStream: (_path: string, _request: object, { signal }: { readonly signal: AbortSignal }) => ({
        [Symbol.asyncIterator]: () => ({
          next: async () => {
            asked.push(signal);
            // The first is answered only when it is broken off.
            if (asked.length === 1) await untilAborted(signal, () => undefined);
            signal.throwIfAborted();
            return { done: true, value: undefined };
          },
        }),
      }),
    } as unknown as Caller;
    const nodes = new ContextNodes({ context: () => 'home', configured: [], connection: () => connection, clock });
    const stopFirst = nodes.subscribe(() => undefined);
    await expect.poll(() => asked).toHaveLength(1);
    stopFirst();
    const stop = nodes.subscribe(() => undefined);

    await expect.poll(() => nodes.current.status).toBe('ready');
    expect(asked.map(({ aborted }) => aborted)).toEqual([true, false]);
    stop();
    expect(clock.active).toBe(0);
  });
});

describe('a cluster that is closed while its nodes are listed', () => {
  it('stays closed for the reason that is said, also when the list still comes', async () => {
    const { promise: end, resolve: answer } = Promise.withResolvers<{
      readonly done: true;
      readonly value: undefined;
    }>();
    const connection = {
      nodes: [],
      texts: { reading: () => ({ unread: 0 }) },
      serverStream: () => ({ [Symbol.asyncIterator]: () => ({ next: () => end }) }),
    } as unknown as Caller;
    const nodes = new ContextNodes({
      ...{ context: () => 'home', configured: [], connection: () => connection, clock: new FakeClock() },
    });
    const asked = nodes.refresh();
    const { failure } = new Failed({ code: 'cancelled', message: 'The context is gone.' });

    nodes.end(failure);
    answer({ done: true, value: undefined });
    await asked;

    expect(nodes.current).toMatchObject({ status: 'failed', failure });
  });
});

describe('discovery', () => {
  let simulator: Simulator;
  let opened: TestWorkspace;
  afterEach(async () => {
    await opened.close();
    await simulator.close();
  });

  /** The next state that is not loading. */
  const next = (nodes: { subscribe(l: (s: NodesState) => void): () => void }, status: NodesState['status']) =>
    new Promise<NodesState>((resolve) => {
      const stop = nodes.subscribe((state) => {
        if (state.status !== status) return;
        stop();
        resolve(state);
      });
    });

  it('lists the members of the cluster and marks them stale when asking again fails', async () => {
    simulator = await startSimulator({ proto: testProto(), controlPlanes: 1, workers: 2 });
    opened = await openWorkspace(simulator.talosconfig);
    const nodes = opened.workspace.nodes('sim');

    const ready = await next(nodes, 'ready');
    await simulator.setEndpointFault(simulator.endpoints[0]?.target ?? '', { kind: 'refuse' });
    const stale = next(nodes, 'stale');
    await nodes.refresh();

    expect(ready.nodes.map(({ hostname, role }) => [hostname, role])).toEqual([
      ['cp-1', 'controlplane'],
      ['worker-01', 'worker'],
      ['worker-02', 'worker'],
    ]);
    expect(await stale).toMatchObject({ status: 'stale', asOfMs: ready.asOfMs, failure: { code: 'unreachable' } });
    expect((await stale).nodes).toHaveLength(3);
  });

  it('asks a control plane where the endpoint itself cannot say', async () => {
    simulator = await startSimulator({ proto: testProto(), controlPlanes: 2, workers: 1, endpoints: ['cp-1'] });
    opened = await openWorkspace(simulator.talosconfig);
    const nodes = opened.workspace.nodes('sim');
    await nodes.refresh();
    simulator.setNodeFault('cp-1', {
      kind: 'error',
      code: 14,
      text: 'dial unix /system/run/machined/machine.sock: connect: connection refused',
    });

    await nodes.refresh();

    expect(nodes.current).toMatchObject({ status: 'ready', nodes: [{}, {}, {}] });
  });

  it('says so when the context is gone from its file, and breaks nothing', async () => {
    simulator = await startSimulator({ proto: testProto(), controlPlanes: 1, workers: 0 });
    opened = await openWorkspace(simulator.talosconfig);
    const nodes = opened.workspace.nodes('sim');
    await next(nodes, 'ready');
    await writeFile(opened.path, 'contexts: {}\n');
    await opened.workspace.talosconfig.reload();

    await nodes.refresh();

    expect(nodes.current).toMatchObject({ status: 'failed', failure: { code: 'not-found' } });
  });
});
