import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ClusterChange } from '../../../../main/operations/clusters/lease.ts';
import { machineOf } from '../../../../main/operations/plans/machine.ts';
import { Permit } from '../../../../main/operations/plans/permit.ts';
import { startSimulator, type Simulator } from '../../../../main/simulator/simulator.ts';
import { testProto } from '../../../fakes/open-workspace.ts';
import { longStream, openClusters, type ClustersBench } from './clusters-harness.ts';

const VERSION = '/machine.MachineService/Version';
const NOBODY = 'contexts: {}\n';
const MINUTE_MS = 60_000;

let simulator: Simulator;
let bench: ClustersBench;

beforeEach(async () => {
  simulator = await startSimulator({ proto: testProto(), controlPlanes: 2, workers: 1 });
  bench = openClusters(simulator.talosconfig);
});
afterEach(async () => {
  await bench.clusters.close();
  await simulator.close();
});

const options = () => ({ deadlineMs: 30_000, signal: new AbortController().signal });
const renewed = () => simulator.talosconfigFor({ contextName: 'sim' });
const isClosed = () => expect.poll(() => simulator.openConnections()).toBe(0);

/** A transfer that is under way: how many bytes came, and its end. */
function transfer() {
  const stream = bench.clusters.of('sim').serverStream('/machine.MachineService/EtcdSnapshot', {}, options());
  const progress = { bytes: 0 };
  const done = (async () => {
    for await (const { bytes } of stream) progress.bytes += bytes.length;
  })();
  done.catch(() => undefined);
  return { progress, done };
}

async function slowly(): Promise<void> {
  for (const { target } of simulator.endpoints) {
    await simulator.setEndpointFault(target, { kind: 'line', roundTripMs: 1, bytesPerSecond: 512 * 1024 });
  }
}

it('has an endpoint once that its context names twice, also where nothing can be dialled', () => {
  bench.write('contexts:\n  bare:\n    endpoints: [10.5.0.2, 10.5.0.3, 10.5.0.2, "10.5.0.3:50000"]\n');

  const { summary, endpoints } = bench.clusters.status('bare').current;
  expect([summary, endpoints.map(({ endpoint }) => endpoint)]).toEqual(['idle', ['10.5.0.2', '10.5.0.3']]);
});

describe('a context that goes from its file', () => {
  it('takes its connections with it, and whoever holds the cluster is told why', async () => {
    const lease = bench.clusters.lease('sim');
    await lease.caller.unary(VERSION, {}, options());
    expect(simulator.openConnections()).toBeGreaterThan(0);

    bench.write(NOBODY);

    await isClosed();
    expect(lease.signal.aborted).toBe(true);
    expect(lease.signal.reason).toMatchObject({
      failure: { code: 'not-found', message: 'The context sim is no longer in the talosconfig.' },
    });
  });

  it('ends the calls that run on it, which say why', async () => {
    await slowly();
    const caller = bench.clusters.of('sim');
    const { progress, done } = transfer();
    await expect.poll(() => progress.bytes).toBeGreaterThan(0);

    bench.write(NOBODY);

    await expect(done).rejects.toMatchObject({
      failure: { message: expect.stringContaining('no longer in') as string },
    });
    await expect(caller.unary(VERSION, {}, options())).rejects.toThrow(/no longer in the talosconfig/);
    await isClosed();
  });

  it('waits for a call that may have changed something, and closes after it', async () => {
    simulator.setNodeFault('worker-01', { kind: 'slow', latencyMs: 500 });
    const calls = simulator.calls.length;
    const worker = { target: 'worker-01', addresses: [], role: 'worker', sources: ['context'] } as const;
    const permit = Permit.give('/machine.MachineService/ServiceRestart', machineOf('worker-01', [worker]));
    const restart = bench.clusters.of('sim').change(permit, { id: 'kubelet' }, options());
    await expect.poll(() => simulator.calls.length).toBeGreaterThan(calls);

    bench.write(NOBODY);

    expect((await restart).messages).toHaveLength(1);
    await isClosed();
  });

  it('leaves no timer behind, also where somebody looks at it', async () => {
    const { clusters, clock } = bench;
    const stops = [clusters.status('sim'), clusters.nodes('sim'), clusters.clocks('sim')].map((topic) =>
      topic.subscribe(() => undefined),
    );
    await clusters.get('sim').nodes.refresh();
    clusters.get('sim').nodes.mark('worker-01', { state: 'online', atMs: clock.now() });
    await expect.poll(() => clusters.clocks('sim').current.status).not.toBe('measuring');
    expect(clock.active).toBeGreaterThan(0);

    bench.write(NOBODY);

    await isClosed();
    await expect.poll(() => clock.active).toBe(0);
    expect(clusters.nodes.bind(clusters, 'sim')).toThrow(/no context sim/);
    stops.forEach((stop) => {
      stop();
    });
  });

  it('is looked at again when it comes back', async () => {
    const states: number[] = [];
    const stop = bench.clusters.status('sim').subscribe(({ endpoints }) => states.push(endpoints.length));
    const nodes: string[] = [];
    const stopNodes = bench.clusters.nodes('sim').subscribe(({ status }) => nodes.push(status));
    await expect.poll(() => nodes.at(-1)).toBe('ready');

    bench.write(NOBODY);
    expect([states.at(-1), nodes.at(-1)]).toEqual([0, 'failed']);
    bench.write(simulator.talosconfig);

    expect(states.at(-1)).toBe(2);
    await expect.poll(() => nodes.at(-1)).toBe('ready');
    stop();
    stopNodes();
  });
});

describe('a file that cannot be read', () => {
  it('ends nothing: it says nothing about its contexts', async () => {
    const lease = bench.clusters.lease('sim');
    await lease.caller.unary(VERSION, {}, options());

    bench.write(NOBODY, false);

    expect(() => bench.clusters.of('sim')).toThrow(/no context sim/);
    expect(lease.signal.aborted).toBe(false);
    await lease.caller.unary(VERSION, {}, options());
    const cluster = bench.clusters;
    bench.write(simulator.talosconfig);
    expect(cluster.of('sim')).toBe(lease.caller);
  });
});

describe('a context that loses its credentials', () => {
  it.each([
    ['both', /^ +(crt|key): .*\n/gm, 'The context sim has no client certificate any more.'],
    ['its key', /^ +key: .*\n/gm, expect.stringContaining('no key') as string],
  ])('(%s) is closed, and what is wrong with it is what is told', async (_which, gone, message) => {
    const lease = bench.clusters.lease('sim');
    await lease.caller.unary(VERSION, {}, options());

    bench.write(simulator.talosconfig.replace(gone, ''));

    await isClosed();
    expect(lease.signal.reason).toMatchObject({ failure: { code: 'credentials', message } });
  });
});

describe('a context that is given another name', () => {
  it('is the same cluster, and whoever holds it is told', async () => {
    const changes: ClusterChange[] = [];
    const lease = bench.clusters.lease('sim', (change) => changes.push(change));
    await lease.caller.unary(VERSION, {}, options());
    const cluster = bench.clusters.get('sim');
    const connections = simulator.openConnections();

    bench.write(simulator.talosconfig.replaceAll(/\bsim\b/g, 'production'));

    expect(bench.clusters.get('production')).toBe(cluster);
    expect(changes).toEqual([{ type: 'renamed', from: 'sim', to: 'production' }]);
    expect([lease.id, lease.caller.context, lease.signal.aborted]).toEqual(['production', 'production', false]);
    await lease.caller.unary(VERSION, {}, options());
    expect(simulator.openConnections()).toBe(connections);
    expect(bench.clusters.nodes('production').current.context).toBe('production');
  });

  it('is not taken for a copy that was there before', async () => {
    const [, contexts = ''] = simulator.talosconfig.split(/^contexts:\n/m);
    const copy = contexts.replace(/\bsim\b/, 'copy');
    bench.write(`contexts:\n${contexts}${copy}`);
    const lease = bench.clusters.lease('sim');

    bench.write(`contexts:\n${copy}`);

    expect(lease.signal.aborted).toBe(true);
    await bench.clusters.of('copy').unary(VERSION, {}, options());
  });

  it('may change its name with another one', async () => {
    const other = await startSimulator({
      proto: testProto(),
      controlPlanes: 1,
      name: 'other',
      baseAddress: '127.0.1.2',
    });
    try {
      const [[, one = ''], [, two = '']] = [simulator, other].map(({ talosconfig }) =>
        talosconfig.split(/^contexts:\n/m),
      ) as [string[], string[]];
      bench.write(`contexts:\n${one}${two}`);
      const [sim, second] = [bench.clusters.get('sim'), bench.clusters.get('other')];
      await sim.caller.unary(VERSION, {}, options());
      await second.caller.unary(VERSION, {}, options());

      bench.write(`contexts:\n${one.replace(/\bsim\b/, 'other')}${two.replace(/\bother\b/, 'sim')}`);

      expect([bench.clusters.get('other'), bench.clusters.get('sim')]).toEqual([sim, second]);
      expect([sim.destination.id, second.destination.id]).toEqual(['other', 'sim']);
    } finally {
      await bench.clusters.close();
      await other.close();
    }
  });
});

describe('a certificate that is renewed', () => {
  it('ends no stream, however long it lasts, and is used for the calls that come after', async () => {
    const changes: ClusterChange[] = [];
    const { caller } = bench.clusters.lease('sim', (change) => changes.push(change));
    const { reading, ping } = await longStream(caller);

    bench.write(await renewed());
    for (let passedMs = 0; passedMs < 2 * MINUTE_MS; passedMs += 500) {
      bench.clock.advance(500);
      expect(await ping()).toMatchObject({ state: 'answered' });
    }
    expect(simulator.openConnections()).toBeLessThanOrEqual(simulator.endpoints.length);
    simulator.node('cp-1').setVersion('v1.14.0');

    expect(await reading.next()).toMatchObject({ done: false, value: { type: 'item' } });
    expect(changes).toEqual([{ type: 'renewed' }]);
    const issued = simulator.calls.length;
    // Also a caller that is held over the change.
    await caller.unary(VERSION, {}, options());
    expect(simulator.calls.length).toBeGreaterThan(issued);
    await reading.return?.(undefined);
    await expect.poll(() => simulator.openConnections()).toBeLessThanOrEqual(simulator.endpoints.length);
  }, 30_000);

  it.each([
    ['at once', false],
    ['after a renewal', true],
  ])(
    'of other roles (%s) leaves no long stream to the roles before',
    async (_when, isRenewedFirst) => {
      const changes: ClusterChange[] = [];
      const { caller } = bench.clusters.lease('sim', (change) => changes.push(change));
      const { reading, ping } = await longStream(caller);
      if (isRenewedFirst) bench.write(await renewed());
      let end: unknown;
      reading.next().then(
        () => (end = 'an item'),
        (error: unknown) => (end = error),
      );

      bench.write(await simulator.talosconfigFor({ contextName: 'sim', roles: ['os:reader'] }));
      let passedMs = 0;
      for (; passedMs < 2 * MINUTE_MS && end === undefined; passedMs += 500) {
        bench.clock.advance(500);
        await ping();
      }

      expect(changes.at(-1)).toEqual({ type: 'moved' });
      expect(end).toMatchObject({ reason: { kind: 'closed' } });
      expect(passedMs).toBeGreaterThanOrEqual(MINUTE_MS);
    },
    30_000,
  );
});

describe('other endpoints', () => {
  it('are told to whoever holds the cluster, and used for the next call', async () => {
    const [first, second] = simulator.endpoints.map(({ target }) => target) as [string, string];
    const only = (target: string, not: string) =>
      simulator.talosconfig.replace(new RegExp(`^.*- ${not}\\n`, 'm'), '').replace(not, target);
    bench.write(only(first, second));
    const changes: ClusterChange[] = [];
    const lease = bench.clusters.lease('sim', (change) => changes.push(change));
    expect((await lease.caller.unary(VERSION, {}, options())).endpoint).toBe(first);

    bench.write(only(second, first));

    expect(changes).toEqual([{ type: 'moved' }]);
    expect((await lease.caller.unary(VERSION, {}, options())).endpoint).toBe(second);
    expect(lease.signal.aborted).toBe(false);
    lease.release();
    bench.write(only(first, second));
    expect(changes).toHaveLength(1);
  });
});

describe('another cluster behind the same endpoints', () => {
  it('is named in the calls that come after, also by a caller that is held over the change', async () => {
    const { caller } = bench.clusters.lease('sim');
    const named = async () => {
      await caller.unary(VERSION, {}, { ...options(), node: 'worker-01' });
      return simulator.calls.findLast(({ node }) => node === 'worker-01')?.metadata['context'];
    };
    expect(await named()).toBeUndefined();

    bench.write(simulator.talosconfig.replace(/^( +)endpoints:/m, '$1cluster: second\n$1endpoints:'));

    expect(await named()).toEqual(['second']);
  });
});

describe('another authority', () => {
  it('is another cluster by the same name: what ran on the old one ends, and its machines are forgotten', async () => {
    const lease = bench.clusters.lease('sim');
    await lease.caller.unary(VERSION, {}, options());
    await bench.clusters.get('sim').nodes.refresh();
    const other = await startSimulator({
      proto: testProto(),
      controlPlanes: 1,
      workers: 0,
      name: 'sim',
      baseAddress: '127.0.1.2',
    });
    try {
      bench.write(other.talosconfig);

      await isClosed();
      expect(lease.signal.reason).toMatchObject({ failure: { code: 'precondition' } });
      expect(bench.clusters.nodes('sim').current.nodes).toEqual([]);
      await bench.clusters.of('sim').unary(VERSION, {}, options());
    } finally {
      await bench.clusters.close();
      await other.close();
    }
  });
});

describe('a stream that resumes', () => {
  it('uses the connection for transfers where the method is one', async () => {
    await bench.clusters.get('sim').test();
    await expect.poll(() => simulator.openConnections()).toBe(simulator.endpoints.length);
    const stream = bench.clusters
      .of('sim')
      .resumableStream('/machine.MachineService/EtcdSnapshot', {}, { ...options(), resume: () => undefined });
    const reading = stream[Symbol.asyncIterator]();

    await reading.next();

    expect(simulator.openConnections()).toBe(simulator.endpoints.length + 1);
    await reading.return?.(undefined);
  });
});

describe('the end', () => {
  it('leaves no connection and no timer, whatever runs', async () => {
    await slowly();
    const { done } = transfer();
    const stop = bench.clusters.status('sim').subscribe(() => undefined);
    await bench.clusters.of('sim').unary(VERSION, {}, options());

    await bench.clusters.close();

    await expect(done).rejects.toMatchObject({ failure: { code: 'cancelled' } });
    expect(bench.clock.active).toBe(0);
    await isClosed();
    stop();
  });
});
