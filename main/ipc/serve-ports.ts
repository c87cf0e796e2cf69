import {
  STREAMS,
  TOPICS,
  type ConsumerMessage,
  type OpenRequest,
  type ProducerMessage,
} from '../../preload/contract/index.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Observable } from '../lib/observable.ts';
import { Credit, pump } from '../streams/pump.ts';
import { checkInput } from './check-input.ts';
import { admit, entryOf, type GuardOptions } from './guard.ts';
import type { StreamHandlers, TopicHandlers } from '../operations/handlers.ts';
import { OpenPorts } from './open-ports.ts';
import { publish } from './publish.ts';
import { toFailure } from './to-failure.ts';
import { ToldFailures } from './told-failures.ts';
import type { SenderEvent } from './trusted-sender.ts';

/** Main's end of a port; Electron's MessagePortMain and tests' in-memory ports fit. */
export interface ServerPort {
  postMessage(message: ProducerMessage): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
  close(): void;
}

/** What ports are served with. */
export interface PortServerOptions extends GuardOptions {
  readonly log: Log;
  readonly clock: Clock;
}

/** Main's end of all topics and streams. */
export interface PortServer {
  serve(event: SenderEvent, request: unknown, port: ServerPort): void;
  /** Close everything a window had open: its page is gone, and its ports may not say so. */
  abandon(senderId: number): void;
  /** Ports still open; leak checks read it. */
  readonly open: number;
}

/** Serves topics and streams on ports. Whoever makes it abandons the ports of windows that close. */
export function createPortServer(
  topics: TopicHandlers,
  streams: StreamHandlers,
  options: PortServerOptions,
): PortServer {
  const open = new OpenPorts();
  const told = new ToldFailures(options.log, options.monotonicMs);

  function serve(event: SenderEvent, request: unknown, port: ServerPort): void {
    const controller = new AbortController();
    const credit = new Credit();
    const context = { signal: controller.signal, windowId: event.sender.id };
    let isClosed = false;
    const close = (): void => {
      if (isClosed) return;
      isClosed = true;
      open.remove(entry);
      controller.abort();
      port.close();
    };
    const entry = open.add(event.sender.id, close);
    let what = 'port';
    const send = (message: ProducerMessage): void => {
      if (isClosed) return;
      port.postMessage(message);
      told.take(message, what);
    };
    port.on('close', close);
    port.on('message', ({ data }) => {
      const message = data as ConsumerMessage | null;
      if (message?.type === 'cancel') close();
      else if (message?.type === 'credit') credit.accept(message);
    });
    port.start();

    const fail = (error: unknown): void => {
      if (!isClosed) send({ type: 'failed', failure: toFailure(error, told, what) });
      close();
    };
    try {
      admit(event, options);
      const { kind, name, params } = requestOf(request);
      if (kind === 'topic') {
        const topic = entryOf(TOPICS, name, 'topic');
        open.claim(entry, 'topic', topic);
        what = `topic ${topic}`;
        const handler = topics[topic] as (params: unknown, context: object) => Observable<unknown>;
        const source = handler(checkInput(TOPICS[topic].input, topic, params), context);
        publish(source, send, controller.signal, options.clock, fail);
      } else {
        const stream = entryOf(STREAMS, name, 'stream');
        open.claim(entry, 'stream', stream);
        what = `stream ${stream}`;
        const handler = streams[stream] as (params: unknown, context: object) => AsyncIterable<unknown>;
        const source = handler(checkInput(STREAMS[stream].input, stream, params), context);
        pump(source, credit, send, controller.signal, { clock: options.clock, maxDelayMs: 16 }).then(close, fail);
      }
    } catch (error) {
      fail(error);
    }
  }

  return {
    serve,
    abandon: (senderId) => {
      open.closeAllOf(senderId);
    },
    get open() {
      return open.count;
    },
  };
}

function requestOf(request: unknown): OpenRequest {
  const { kind, name, params } = (request ?? {}) as Partial<OpenRequest>;
  return { kind: kind === 'topic' ? 'topic' : 'stream', name: name ?? '', params };
}
