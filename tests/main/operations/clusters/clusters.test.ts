import { readFile, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startSimulator, type Simulator } from '../../../../main/simulator/simulator.ts';
import type { PoolStatus } from '../../../../preload/contract/index.ts';
import { openWorkspace, testProto, type TestWorkspace } from '../../../fakes/open-workspace.ts';

const VERSION = '/machine.MachineService/Version';

let simulator: Simulator;
let opened: TestWorkspace | undefined;
const atEnd: (() => void)[] = [];

beforeEach(async () => {
  simulator = await startSimulator({ proto: testProto(), controlPlanes: 2, workers: 1 });
});
afterEach(async () => {
  await opened?.close();
  opened = undefined;
  for (const end of atEnd.splice(0)) end();
  await simulator.close();
});

const open = async (edit: (talosconfig: string) => string = (text) => text): Promise<TestWorkspace> => {
  opened = await openWorkspace(edit(simulator.talosconfig));
  return opened;
};

const version = ({ workspace }: TestWorkspace, node?: string) => {
  const options = { deadlineMs: 30_000, signal: new AbortController().signal };
  return workspace.clusters.of('sim').unary(VERSION, {}, { ...options, ...(node !== undefined && { node }) });
};

/** The next state of the endpoints that is as wished. */
const when = ({ workspace }: TestWorkspace, isWished: (state: PoolStatus) => boolean): Promise<PoolStatus> =>
  new Promise((resolve) => {
    const topic = workspace.clusters.status('sim');
    if (isWished(topic.current)) {
      resolve(topic.current);
      return;
    }
    const stop = topic.subscribe((state) => {
      if (!isWished(state)) return;
      queueMicrotask(() => {
        stop();
      });
      resolve(state);
    });
  });

/** Takes CONNECT and says which target it was asked for. */
async function connectProxy(asked: string[]): Promise<{ readonly port: number; readonly server: Server }> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    sockets.add(client);
    client.on('error', () => undefined);
    client.once('data', (bytes) => {
      const target = /^CONNECT (\S+) /.exec(bytes.toString())?.[1] ?? '';
      asked.push(target);
      const { hostname, port } = new URL(`http://${target}`);
      const upstream = connect(Number(port), hostname, () => {
        client.write('HTTP/1.1 200 Connection established\r\n\r\n');
        client.pipe(upstream).pipe(client);
      });
      sockets.add(upstream);
      upstream.on('error', () => client.destroy());
    });
  });
  atEnd.push(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, server };
}

test('a context with a proxy-url is reached through that proxy only', async () => {
  const asked: string[] = [];
  const { port } = await connectProxy(asked);
  const workspace = await open((text) =>
    text.replace(/^( +)endpoints:/m, `$1proxy-url: http://127.0.0.1:${port}\n$1endpoints:`),
  );

  const { endpoint } = await version(workspace, 'worker-01');

  expect(simulator.endpoints.map(({ target }) => target)).toContain(endpoint);
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.every((target) => simulator.endpoints.some((each) => each.target === target))).toBe(true);
});

test('a proxy that is down is the cause that is told', async () => {
  const { port, server } = await connectProxy([]);
  await new Promise((resolve) => server.close(resolve));
  const workspace = await open((text) =>
    text.replace(/^( +)endpoints:/m, `$1proxy-url: http://127.0.0.1:${port}\n$1endpoints:`),
  );

  const error: unknown = await version(workspace).catch((e: unknown) => e);

  expect(workspace.workspace.clusters.of('sim').explain(error, {}).details).toContain(`proxy 127.0.0.1:${port}`);
});

test('version and round trip are known before anybody asks', async () => {
  const workspace = await open();

  await workspace.workspace.clusters.get('sim').test();

  const { endpoints } = await when(workspace, (state) =>
    state.endpoints.every((each) => each.talosVersion !== undefined),
  );
  expect(endpoints.map(({ talosVersion }) => talosVersion)).toEqual(['v1.13.9', 'v1.13.9']);
  expect(endpoints.every(({ roundTripMs }) => roundTripMs !== undefined)).toBe(true);
});

test('an endpoint that is switched off stays off when the file changes', async () => {
  const workspace = await open();
  const [first, second] = simulator.endpoints.map(({ target }) => target);
  workspace.workspace.clusters.get('sim').setDisabled(first!, true);
  expect((await version(workspace)).endpoint).toBe(second);

  const text = await readFile(workspace.path, 'utf8');
  await writeFile(workspace.path, text.replace(/^( +)endpoints:/m, '$1nodes: [cp-1]\n$1endpoints:'));
  await workspace.workspace.talosconfig.reload();
  for (let call = 0; call < 5; call += 1) expect((await version(workspace)).endpoint).toBe(second);
  expect(workspace.workspace.clusters.status('sim').current.endpoints[0]!.phase).toBe('disabled');

  workspace.workspace.clusters.get('sim').setDisabled(first!, false);
  await when(workspace, ({ endpoints }) => endpoints[0]!.phase !== 'disabled');
});

test('endpoints in another order and other default nodes cut no connection', async () => {
  const workspace = await open();
  const { clusters } = workspace.workspace;
  await clusters.get('sim').test();
  const targets = simulator.endpoints.map(({ target }) => target);
  const calls = clusters.status('sim').current.endpoints.map(({ sinceMs }) => sinceMs);

  const { editing } = workspace.workspace;
  await editing.edit('sim', { kind: 'set-endpoints', endpoints: [...targets].reverse() }, () => 'endpoints');
  await editing.edit('sim', { kind: 'set-nodes', nodes: ['worker-01'] }, () => 'nodes');

  expect(clusters.of('sim').nodes).toEqual(['worker-01']);
  const { endpoints } = await when(workspace, (state) => state.endpoints[0]!.endpoint === targets[1]);
  expect(endpoints.map(({ endpoint }) => endpoint)).toEqual([...targets].reverse());
  expect(endpoints.map(({ phase }) => phase)).toEqual(['ready', 'ready']);
  expect(endpoints.map(({ sinceMs }) => sinceMs)).toEqual([...calls].reverse());
});

test('a renewed certificate cuts no call off, and the old connections close after it', async () => {
  const workspace = await open();
  const { clusters, talosconfig } = workspace.workspace;
  simulator.setNodeFault('worker-01', { kind: 'slow', latencyMs: 1_500 });
  const before = clusters.of('sim');
  const options = { node: 'worker-01', deadlineMs: 30_000, signal: new AbortController().signal };
  const calls = simulator.calls.length;
  const running = before.unary(VERSION, {}, options);
  await expect.poll(() => simulator.calls.length).toBeGreaterThan(calls);

  await writeFile(workspace.path, await simulator.talosconfigFor({ contextName: 'sim' }));
  await talosconfig.reload();
  await version(workspace);
  expect(clusters.of('sim')).not.toBe(before);

  expect((await running).value.messages).toHaveLength(1);
  await expect.poll(() => simulator.openConnections()).toBeLessThanOrEqual(simulator.endpoints.length);
});

test('other endpoints in the file are dialled, and those that are gone no more', async () => {
  const workspace = await open();
  const [first, second] = simulator.endpoints.map(({ target }) => target);
  workspace.workspace.clusters.get('sim').setDisabled(second!, true);
  expect((await version(workspace)).endpoint).toBe(first);
  workspace.workspace.clusters.get('sim').setDisabled(second!, false);

  await workspace.workspace.editing.edit('sim', { kind: 'set-endpoints', endpoints: [second!] }, () => 'endpoints');

  for (let call = 0; call < 5; call += 1) expect((await version(workspace)).endpoint).toBe(second);
  const { endpoints } = await when(workspace, (state) => state.endpoints.length === 1);
  expect(endpoints.map(({ endpoint }) => endpoint)).toEqual([second]);
});

test('other credentials in the file are those that calls are made with', async () => {
  const workspace = await open();
  const options = { deadlineMs: 30_000, signal: new AbortController().signal };
  const issue = () =>
    workspace.workspace.clusters
      .of('sim')
      .unary(
        '/machine.MachineService/GenerateClientConfiguration',
        { roles: ['os:reader'], crt_ttl: { seconds: '3600', nanos: 0 } },
        options,
      );
  await issue();

  await writeFile(workspace.path, await simulator.talosconfigFor({ contextName: 'sim', roles: ['os:reader'] }));
  await workspace.workspace.talosconfig.reload();

  await expect(issue()).rejects.toThrow(/not authorized/);
});

test('an endpoint that is switched off stays off on the pool that replaces this one', async () => {
  const workspace = await open();
  const [first, second] = simulator.endpoints.map(({ target }) => target);
  workspace.workspace.clusters.get('sim').setDisabled(first!, true);

  await writeFile(workspace.path, await simulator.talosconfigFor({ contextName: 'sim' }));
  await workspace.workspace.talosconfig.reload();

  for (let call = 0; call < 5; call += 1) expect((await version(workspace)).endpoint).toBe(second);
  expect(workspace.workspace.clusters.status('sim').current.endpoints[0]!.phase).toBe('disabled');
});

test('a proxy-url that comes into the file is used from then on', async () => {
  const asked: string[] = [];
  const { port } = await connectProxy(asked);
  const workspace = await open();
  await version(workspace);
  expect(asked).toEqual([]);

  const text = await readFile(workspace.path, 'utf8');
  await writeFile(
    workspace.path,
    text.replace(/^( +)endpoints:/m, `$1proxy-url: http://127.0.0.1:${port}\n$1endpoints:`),
  );
  await workspace.workspace.talosconfig.reload();
  await version(workspace);

  expect(asked.length).toBeGreaterThan(0);
});

test('contexts are switched without reconnecting', async () => {
  const other = await startSimulator({ proto: testProto(), controlPlanes: 1, name: 'other', baseAddress: '127.0.1.2' });
  try {
    const [, contexts = ''] = other.talosconfig.split(/^contexts:\n/m);
    const workspace = await open((text) => `${text}${contexts}`);
    const { clusters } = workspace.workspace;
    await clusters.get('sim').test();
    await clusters.get('other').test();
    const since = clusters.status('sim').current.endpoints.map(({ sinceMs }) => sinceMs);
    const connected = [simulator.openConnections(), other.openConnections()];

    for (const name of ['sim', 'other', 'sim', 'other', 'sim']) {
      const options = { deadlineMs: 30_000, signal: new AbortController().signal };
      await clusters.of(name).unary(VERSION, {}, options);
    }

    expect(connected).toEqual([2, 1]);
    expect([simulator.openConnections(), other.openConnections()]).toEqual(connected);
    expect(clusters.status('sim').current.endpoints.map(({ sinceMs }) => sinceMs)).toEqual(since);
  } finally {
    await opened?.close();
    opened = undefined;
    await other.close();
  }
});

test('a worker among the endpoints is told once it refused to forward', async () => {
  await simulator.close();
  simulator = await startSimulator({ proto: testProto(), controlPlanes: 1, workers: 1, endpoints: ['worker-01'] });
  const workspace = await open();
  const topic = workspace.workspace.clusters.status('sim');

  await expect(version(workspace, 'cp-1')).rejects.toThrow(/no request forwarding/);
  await version(workspace);

  const { hints } = await when(workspace, (state) => state.hints.some((hint) => hint.includes('worker')));
  expect(hints.join()).toMatch(/is a worker: it answers for itself only/);
  expect(topic.current.hints).toEqual(hints);
});

test('a transfer and the calls beside it do not wait for each other', async () => {
  const workspace = await open();
  const [first, second] = simulator.endpoints.map(({ target }) => target);
  await simulator.setEndpointFault(second!, { kind: 'refuse' });
  await version(workspace);
  // Slow enough that a window of calls filled by the transfer would hold up each call for two seconds.
  await simulator.setEndpointFault(first!, { kind: 'line', roundTripMs: 1, bytesPerSecond: 512 * 1024 });
  const options = { deadlineMs: 120_000, signal: new AbortController().signal };
  const { serverStream } = workspace.workspace.clusters.of('sim');
  const stream = serverStream('/machine.MachineService/EtcdSnapshot', {}, options);
  const transfer = stream[Symbol.asyncIterator]();
  await transfer.next();
  let came = 0;
  const reading = (async () => {
    for (let next = await transfer.next(); next.done !== true; next = await transfer.next())
      came += next.value.bytes.length;
  })();

  const before = came;
  for (let call = 0; call < 5; call += 1) await version(workspace);
  const meanwhile = came - before;
  await simulator.clearFaults();
  await reading;

  expect(meanwhile).toBeLessThan(1024 * 1024);
  expect(came).toBeGreaterThan(7 * 1024 * 1024);
});
