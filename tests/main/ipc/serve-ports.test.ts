import { describe, expect, it } from 'vitest';
import type { StreamHandlers, TopicHandlers } from '../../../main/operations/handlers.ts';
import { RateCap } from '../../../main/ipc/rate-cap.ts';
import { createPortServer } from '../../../main/ipc/serve-ports.ts';
import { Failed, failure } from '../../../main/lib/failed.ts';
import { createLog, silentLog, type Log } from '../../../main/lib/log.ts';
import { Value } from '../../../main/lib/observable.ts';
import { STREAMS, TOPICS } from '../../../preload/contract/index.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { MemoryPort } from '../../fakes/memory-port.ts';

const page = { senderFrame: { url: 'app://minos/index.html', parent: null }, sender: { id: 1 } };
const runParams = { context: 'c', command: 'version', params: {}, nodes: ['n'], deadlineMs: 1000 };

function serverWith(parts: { topic?: Value<unknown>; stream?: () => AsyncIterable<unknown>; log?: Log }) {
  const clock = new FakeClock();
  const server = createPortServer(
    { 'config.state': () => parts.topic } as unknown as TopicHandlers,
    { run: parts.stream } as unknown as StreamHandlers,
    {
      ...{ isOurWindow: () => true, rateCap: new RateCap(100, 1000), monotonicMs: () => 0, clock },
      log: parts.log ?? silentLog,
    },
  );
  return { server, clock };
}

describe('a topic', () => {
  it('starts with a snapshot and then sends the newest value at most ten times a second', () => {
    const topic = new Value<unknown>('a');
    const { server, clock } = serverWith({ topic });
    const port = new MemoryPort();

    server.serve(page, { kind: 'topic', name: 'config.state', params: {} }, port);
    topic.set('b');
    topic.set('c');
    clock.advance(99);
    const early = port.sent.length;
    clock.advance(1);

    expect(early).toBe(1);
    expect(port.sent).toEqual([
      { type: 'value', revision: 1, value: 'a' },
      { type: 'value', revision: 2, value: 'c' },
    ]);
  });

  it('leaves no listener and no timer behind when the port closes', () => {
    const topic = new Value<unknown>('a');
    const { server, clock } = serverWith({ topic });
    const port = new MemoryPort();
    server.serve(page, { kind: 'topic', name: 'config.state', params: {} }, port);

    port.closeFromPage();

    expect([topic.listenerCount, clock.active, server.open]).toEqual([0, 0, 0]);
  });
});

describe('a stream', () => {
  it('sends nothing before credit and one batch for one credit', async () => {
    const { server } = serverWith({
      stream: async function* () {
        yield 1;
        yield 2;
      },
    });
    const port = new MemoryPort();
    server.serve(page, { kind: 'stream', name: 'run', params: runParams }, port);
    await port.settled();
    const before = port.sent.length;

    port.fromPage({ type: 'credit', batches: 2 });
    await port.until('end');

    expect(before).toBe(0);
    expect(port.sent.flatMap((m) => (m.type === 'batch' ? m.items : [m.type]))).toEqual([1, 2, 'end']);
  });

  it('delivers what came before a failure, then the failure', async () => {
    const { server } = serverWith({
      stream: async function* () {
        yield 'first';
        throw new Failed({ code: 'timeout', message: 'Too late.' });
      },
    });
    const port = new MemoryPort();
    port.fromPage({ type: 'credit', batches: 4 });
    server.serve(page, { kind: 'stream', name: 'run', params: runParams }, port);
    port.fromPage({ type: 'credit', batches: 4 });
    await port.until('failed');

    expect(port.sent.map((m) => m.type)).toEqual(['batch', 'failed']);
    expect(server.open).toBe(0);
  });

  it('cancels its source when the page closes the port', async () => {
    let isCancelled = false;
    const { server } = serverWith({
      stream: ((_params: unknown, { signal }: { signal: AbortSignal }) =>
        (async function* () {
          await new Promise<void>((resolve) => {
            signal.addEventListener('abort', () => {
              isCancelled = true;
              resolve();
            });
          });
          yield 'never';
        })()) as unknown as () => AsyncIterable<unknown>,
    });
    const port = new MemoryPort();
    server.serve(page, { kind: 'stream', name: 'run', params: runParams }, port);

    port.closeFromPage();
    await port.settled();

    expect([isCancelled, port.sent.length, server.open]).toEqual([true, 0, 0]);
  });

  it.each([
    ['an unknown name', { kind: 'stream', name: '__proto__', params: runParams }, 'refused'],
    ['a wrong shape', { kind: 'stream', name: 'run', params: { nodes: [] } }, 'invalid'],
    ['no request at all', null, 'refused'],
  ])('refuses %s with a typed failure', (_what, request, code) => {
    const { server } = serverWith({});
    const port = new MemoryPort();

    server.serve(page, request, port);

    expect(port.sent).toMatchObject([{ type: 'failed', failure: { code } }]);
    expect(port.isClosed).toBe(true);
  });
});

it('what fails in what a port sends is in the log by its trace id, with the name of the topic or stream', async () => {
  const lines: string[] = [];
  const shown = failure({ code: 'unreachable', message: 'Nobody answers.' });
  const { server } = serverWith({
    log: createLog({ now: () => 0, sink: (line) => lines.push(line) }),
    topic: new Value<unknown>({ status: 'failed', failure: shown }),
    stream: async function* () {
      yield 'first';
      throw new Failed({ code: 'timeout', message: 'Too late.' });
    },
  });
  const port = new MemoryPort();
  server.serve(page, { kind: 'topic', name: 'config.state', params: {} }, new MemoryPort());
  server.serve(page, { kind: 'stream', name: 'run', params: runParams }, port);
  port.fromPage({ type: 'credit', batches: 4 });
  await port.until('failed');

  expect(lines).toEqual([
    expect.stringContaining(`Nobody answers. what=topic config.state traceId=${shown.traceId}`),
    expect.stringContaining('Too late. what=stream run traceId='),
  ]);
});

describe('the ports of a page', () => {
  const endless = () =>
    (async function* () {
      await new Promise(() => undefined);
      yield 'never';
    })();

  it('are refused beyond what the app uses, and all end when the page is gone without a word', async () => {
    const topic = new Value<unknown>('a');
    const clock = new FakeClock();
    const signals: AbortSignal[] = [];
    const server = createPortServer(
      { 'config.state': () => topic } as unknown as TopicHandlers,
      {
        run: (_params: unknown, { signal }: { signal: AbortSignal }) => {
          signals.push(signal);
          return endless();
        },
      } as unknown as StreamHandlers,
      { isOurWindow: () => true, rateCap: new RateCap(9999, 1000), monotonicMs: () => 0, log: silentLog, clock },
    );
    const ports = Array.from({ length: 40 }, () => new MemoryPort());
    for (const port of ports) server.serve(page, { kind: 'stream', name: 'run', params: runParams }, port);
    const watching = new MemoryPort();
    server.serve(page, { kind: 'topic', name: 'config.state', params: {} }, watching);

    expect(ports.filter(({ isClosed }) => isClosed)).toHaveLength(24);
    expect(ports.at(-1)?.sent).toMatchObject([{ type: 'failed', failure: { code: 'busy', retry: 'safe' } }]);
    server.abandon(page.sender.id);
    await watching.settled();

    expect([server.open, topic.listenerCount, clock.active]).toEqual([0, 0, 0]);
    expect(signals.map(({ aborted }) => aborted)).toEqual(Array.from({ length: 16 }, () => true));
  });
});

describe('every topic and stream', () => {
  const all = [
    ...Object.keys(TOPICS).map((name) => ({ kind: 'topic', name })),
    ...Object.keys(STREAMS).map((name) => ({ kind: 'stream', name })),
  ];

  it.each(all)('refuses five kinds of bad request: $kind $name', ({ kind, name }) => {
    const fail = () => expect.fail('the handler ran');
    const handlers = { [name]: fail } as unknown as TopicHandlers & StreamHandlers;
    const server = createPortServer(handlers, handlers, {
      isOurWindow: (id) => id === page.sender.id,
      rateCap: new RateCap(3, 1000),
      monotonicMs: () => 0,
      log: silentLog,
      clock: new FakeClock(),
    });
    const codeFor = (request: unknown, event: Parameters<typeof server.serve>[0] = page): unknown => {
      const port = new MemoryPort();
      server.serve(event, request, port);
      expect(port.isClosed).toBe(true);
      return port.sent.map((message) => (message.type === 'failed' ? message.failure.code : message.type));
    };

    const subFrame = { ...page, senderFrame: { url: 'app://minos/index.html', parent: {} } };
    expect([
      codeFor({ kind, name, params: {} }, subFrame),
      codeFor({ kind, name: `${name}.x`, params: {} }),
      codeFor({ kind, name, params: { surprise: 1 } }),
      codeFor({ kind, name, params: { context: 'x'.repeat(2_000_000) } }),
      codeFor({ kind, name, params: {} }),
    ]).toEqual([['refused'], ['refused'], ['invalid'], ['too-large'], ['busy']]);
    expect(server.open).toBe(0);
  });

  it.each([null, 17, 'text', [], { type: { toString: 1 } }, { type: 'credit', batches: 1e9 }, { type: 'credit' }])(
    'goes on when the page says %j on its port',
    async (message) => {
      const { server } = serverWith({
        stream: async function* () {
          yield 1;
        },
      });
      const port = new MemoryPort();
      server.serve(page, { kind: 'stream', name: 'run', params: runParams }, port);

      port.fromPage(message);
      port.fromPage({ type: 'credit', batches: 2 });
      await port.until('end');

      expect(port.sent.map(({ type }) => type)).toEqual(['batch', 'end']);
    },
  );
});
