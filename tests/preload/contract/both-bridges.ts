import type { Bridge, CallName, Outcome, StreamName, TopicName } from '../../../preload/contract/index.ts';
import { TOPICS } from '../../../preload/contract/index.ts';
import type { CallHandlers, StreamHandlers, TopicHandlers } from '../../../main/operations/handlers.ts';
import { RateCap } from '../../../main/ipc/rate-cap.ts';
import { createCallServer } from '../../../main/ipc/serve-calls.ts';
import { createPortServer, type ServerPort } from '../../../main/ipc/serve-ports.ts';
import { systemClock } from '../../../main/lib/clock.ts';
import { Failed } from '../../../main/lib/failed.ts';
import { silentLog } from '../../../main/lib/log.ts';
import { Value } from '../../../main/lib/observable.ts';
import { FakeBridge } from '../../fakes/bridge/fake-bridge.ts';

type Answer = (input: unknown, signal: AbortSignal) => Promise<Outcome<unknown>>;
type Source = (params: unknown, signal: AbortSignal) => AsyncIterable<unknown>;

/** A bridge and what stands behind it, the same for the fake one and the real servers. */
export interface TestedBridge {
  readonly bridge: Bridge;
  answer(name: CallName, answer: Answer): void;
  /** The value of a topic from now on. */
  publish(name: TopicName, params: unknown, value: unknown): void;
  serve(name: StreamName, source: Source): void;
  /** Calls, topics and streams that are open. */
  readonly open: number;
}

/** The bridge of the component tests. */
export function fakeBridge(): TestedBridge {
  const bridge = new FakeBridge();
  return {
    bridge,
    answer: (name, answer) => void bridge.answer(name, answer as never),
    publish: (name, params, value) => void bridge.publish(name, params as never, value as never),
    serve: (name, source) =>
      void bridge.serve(name, (stream) => {
        const stop = new AbortController();
        stream.onclose = () => stop.abort();
        const items = source(stream.params, stop.signal) as AsyncIterable<never>;
        void (async () => {
          for await (const item of items) stream.batch([item]);
          stream.end();
        })().catch((error: unknown) => {
          if (error instanceof Failed) stream.fail(error.failure);
        });
      }),
    get open() {
      return bridge.openCount;
    },
  };
}

const PAGE = { senderFrame: { url: 'app://minos/index.html', parent: null }, sender: { id: 1 } };

/** Main's own servers, reached as the preload does: everything is cloned, each topic and stream has a port. */
export function realServers(): TestedBridge {
  const calls: Record<string, unknown> = {};
  const values = new Map<string, Value<unknown>>();
  const streams: Record<string, unknown> = {};
  const valueOf = (name: string, params: unknown): Value<unknown> => {
    const key = JSON.stringify([name, params]);
    const value = values.get(key) ?? new Value<unknown>(undefined);
    values.set(key, value);
    return value;
  };
  const topics = Object.fromEntries(
    Object.keys(TOPICS).map((name) => [name, (params: unknown) => valueOf(name, params)]),
  );
  const guard = {
    isOurWindow: () => true,
    rateCap: new RateCap(10_000, 1000),
    monotonicMs: () => performance.now(),
    log: silentLog,
  };
  const callServer = createCallServer(calls as unknown as CallHandlers, guard);
  const portServer = createPortServer(topics as unknown as TopicHandlers, streams as unknown as StreamHandlers, {
    ...guard,
    clock: systemClock,
  });
  const openPort = (kind: 'topic' | 'stream', name: string, params: unknown, onMessage: (m: never) => void) => {
    const { port1, port2 } = new MessageChannel();
    let isClosed = false;
    port1.onmessage = ({ data }) => {
      if (!isClosed) onMessage(data as never);
    };
    portServer.serve(PAGE, structuredClone({ kind, name, params }), serverPort(port2));
    return {
      credit: (batches: number) => port1.postMessage({ type: 'credit', batches }),
      close: () => {
        isClosed = true;
        port1.postMessage({ type: 'cancel' });
        port1.close();
      },
    };
  };
  return {
    bridge: {
      call: async (id, name, input) => structuredClone(await callServer.serve(PAGE, id, name, structuredClone(input))),
      cancel: (id) => callServer.cancel(PAGE, id),
      watch: (name, params, onMessage) => openPort('topic', name, params, onMessage),
      open: (name, params, onMessage) => openPort('stream', name, params, onMessage),
      drop: () => Promise.reject(new Error('not here')),
    },
    answer: (name, answer) => {
      calls[name] = async (input: unknown, { signal }: { signal: AbortSignal }) => {
        const outcome = await answer(input, signal);
        if (outcome.ok) return outcome.value;
        throw new Failed(outcome.failure);
      };
    },
    publish: (name, params, value) => valueOf(name, params).set(value),
    serve: (name, source) => {
      streams[name] = (params: unknown, { signal }: { signal: AbortSignal }) => source(params, signal);
    },
    get open() {
      return callServer.pending + portServer.open;
    },
  };
}

/** Electron's main gets `{ data }` where the page gets an event. */
function serverPort(port: MessagePort): ServerPort {
  return {
    postMessage: (message) => port.postMessage(message),
    on: (event: 'message' | 'close', listener: (event: { data: unknown }) => void) => {
      if (event === 'message') port.onmessage = ({ data }) => listener({ data });
      return port;
    },
    start: () => undefined,
    close: () => port.close(),
  };
}
