import type { Failure, LensExportFormat, LensItem, LensSourceWish, Outcome } from '../../preload/contract/index.ts';
import { visible } from '../../preload/contract/visible.ts';
import type { Client } from '../lib/bridge.ts';
import { OperationFailed } from '../lib/operation-failed.ts';
import type { LensAdding, LensClient, LensExportProgress, LensListener } from './client.ts';
import { drawNewest } from './draw-newest.ts';
import type { LensFromWorker, LensPiece, LensQuestion, LensQuestions, LensSourceInfo } from './protocol.ts';
import { startWorker, type LensThread } from './start-worker.ts';

/** What a lens is made of; tests give another thread. */
export interface LensParts {
  readonly client: Client;
  readonly listener: LensListener;
  readonly start?: (onMessage: (message: LensFromWorker) => void) => LensThread;
  /** Calls once before the page is drawn next. */
  readonly beforeFrame?: (run: () => void) => void;
  /** How long lines are left with main while nobody looks, ms. */
  readonly unseenMs?: number;
}

/** Batches on their way at a time: enough to keep main and worker busy, few enough that a slow worker is felt at once. */
const CREDIT = 4;
/** Batches that the worker may have before it: its answer takes as long as the page is busy drawing. */
const MOST_AHEAD = 3;
/** While nobody looks, lines are fetched so often: main keeps them until then. */
const UNSEEN_MS = 4000;

/** One stream of main, with the numbers of its sources. */
interface Stream {
  readonly number: number;
  readonly first: number;
  readonly count: number;
  readonly controller: AbortController;
  id: string | undefined;
  readonly left: Set<number>;
  /** Batches that the worker has not taken yet. */
  ahead: number;
  taken: () => void;
}

/** What stands before the lines of a source in text: node, and id or kind. */
const nameOf = (wish: LensSourceWish): string => visible(`${wish.node} ${'id' in wish ? wish.id : wish.kind}`);

/** The log lens of the app. */
export function createLens({
  client,
  listener,
  start = startWorker,
  beforeFrame = (run) => void requestAnimationFrame(run),
  unseenMs = UNSEEN_MS,
}: LensParts): LensClient {
  const streams: Stream[] = [];
  const questions = new Map<number, (answer: unknown) => void>();
  let sources = 0;
  let lastQuestion = 0;
  let isSeen = true;
  let isClosed = false;
  /** Lets go whoever waits because nobody looks. */
  const waiting = new Set<() => void>();

  const draw = drawNewest({
    listener,
    beforeFrame,
    now: () => performance.now(),
    isOver: () => isClosed,
    onRested: () => thread.post({ type: 'drawn' }),
  });

  const thread = start((message) => {
    if (isClosed) return;
    switch (message.type) {
      case 'taken': {
        const stream = streams[message.stream];
        if (!stream) return;
        stream.ahead -= 1;
        stream.taken();
        return;
      }
      case 'state':
        draw({ state: message.state });
        return;
      case 'rows':
        draw({ rows: message.rows });
        return;
      case 'minimap':
        draw({ minimap: message.minimap });
        return;
      case 'answer': {
        const answered = questions.get(message.id);
        questions.delete(message.id);
        answered?.(message.answer);
      }
    }
  });

  function ask<N extends LensQuestion>(
    name: N,
    question: LensQuestions[N]['question'],
  ): Promise<LensQuestions[N]['answer']> {
    return new Promise((resolve) => {
      const id = ++lastQuestion;
      questions.set(id, resolve as (answer: unknown) => void);
      thread.post({ type: 'ask', id, name, question });
    });
  }

  const looked = (): Promise<void> =>
    new Promise((resolve) => {
      const go = (): void => {
        clearTimeout(timer);
        waiting.delete(go);
        resolve();
      };
      const timer = setTimeout(go, unseenMs);
      waiting.add(go);
    });

  function leave(stream: Stream, source: number): void {
    if (stream.id !== undefined) void client.call('lens.leave', { id: stream.id, source: source - stream.first });
  }

  function taken(stream: Stream, item: LensItem): LensPiece | undefined {
    switch (item.type) {
      case 'opened':
        stream.id = item.id;
        for (const source of stream.left) leave(stream, source);
        return undefined;
      case 'state': {
        const { type: _type, source, ...state } = item;
        const number = stream.first + source;
        if (!stream.left.has(number)) listener.onSource(number, state);
        return undefined;
      }
      default:
        return { ...item, source: stream.first + item.source };
    }
  }

  async function follow(stream: Stream, adding: LensAdding): Promise<void> {
    const { context, follow: isFollowed, tail } = adding;
    const params = { context, sources: [...adding.sources], follow: isFollowed, tail };
    const { signal } = stream.controller;
    try {
      for await (const { items } of client.open('lens', params, { signal, credit: CREDIT })) {
        const pieces = items.flatMap((item) => taken(stream, item) ?? []);
        if (pieces.length > 0) {
          thread.post({ type: 'pieces', stream: stream.number, pieces });
          stream.ahead += 1;
          while (stream.ahead >= MOST_AHEAD && !signal.aborted)
            await new Promise<void>((resolve) => (stream.taken = resolve));
        }
        if (!isSeen) await looked();
      }
    } catch (error) {
      if (isClosed || signal.aborted) return;
      tellOfEnd(stream, error);
    }
  }

  /** The stream as a whole failed: its cluster is gone, or was never there. */
  function tellOfEnd(stream: Stream, error: unknown): void {
    if (!(error instanceof OperationFailed)) throw error;
    const { failure }: { readonly failure: Failure } = error;
    for (let source = stream.first; source < stream.first + stream.count; source += 1)
      if (!stream.left.has(source)) listener.onSource(source, { state: 'failed', sinceMs: Date.now(), failure });
  }

  async function exportShown(
    format: LensExportFormat,
    suggestedName: string,
    onProgress: (progress: LensExportProgress) => void,
    signal: AbortSignal,
  ): Promise<Outcome<string | undefined>> {
    const stop = new AbortController();
    let name: string | undefined;
    let sending: Promise<void> = Promise.resolve();
    const until = AbortSignal.any([signal, stop.signal]);
    try {
      for await (const { items } of client.open('lensExport', { suggestedName, format }, { signal: until })) {
        for (const item of items) {
          if (item.type === 'chosen') sending = send(item.id, format, onProgress, until);
          if (item.type === 'saved') ({ name } = item);
          // What main says of the file itself comes over the stream; a call that failed only ends it.
          sending.catch(() => {
            stop.abort();
          });
        }
      }
      // The worker may still wait for a search to end before it answers.
      if (!signal.aborted) await sending;
      return { ok: true, value: name };
    } catch (error) {
      if (!(error instanceof OperationFailed)) throw error;
      return { ok: false, failure: error.failure };
    }
  }

  async function send(
    id: string,
    format: LensExportFormat,
    onProgress: (progress: LensExportProgress) => void,
    signal: AbortSignal,
  ): Promise<void> {
    onProgress({ done: 0, of: undefined });
    for (let from = 0; ;) {
      const { text, next, of, isLast } = await ask('exported', { from, format });
      if (signal.aborted) return;
      await client.request('lens.write', { id, text, isLast });
      // Whoever cancelled it does not wait for this: nothing is told any more.
      if (signal.aborted) return;
      onProgress({ done: next, of });
      if (isLast) return;
      from = next;
    }
  }

  return {
    add: (adding) => {
      const first = sources;
      const numbers = adding.sources.map((_wish, index) => first + index);
      sources += numbers.length;
      const infos = adding.sources.map((wish, index): LensSourceInfo => ({
        source: first + index,
        node: wish.node,
        name: nameOf(wish),
      }));
      thread.post({ type: 'sources', sources: infos });
      const stream: Stream = {
        ...{ number: streams.length, first, count: numbers.length, controller: new AbortController() },
        ...{ id: undefined, left: new Set<number>(), ahead: 0, taken: () => undefined },
      };
      streams.push(stream);
      void follow(stream, adding);
      return numbers;
    },
    remove: (source) => {
      const stream = streams.find(({ first, count }) => source >= first && source < first + count);
      if (stream === undefined || stream.left.has(source)) return;
      stream.left.add(source);
      if (stream.left.size === stream.count) stream.controller.abort();
      else leave(stream, source);
      listener.onSource(source, undefined);
    },
    setFilter: (filter) => thread.post({ type: 'filter', filter }),
    setSearch: (search) => thread.post({ type: 'search', search }),
    setSkew: (skewMs) => thread.post({ type: 'skew', skewMs }),
    setView: (view) => thread.post({ type: 'view', view }),
    setMinimap: (buckets) => thread.post({ type: 'minimap', buckets }),
    setSeen: (seen) => {
      isSeen = seen;
      thread.post({ type: 'seen', isSeen });
      if (seen) for (const go of waiting) go();
    },
    clear: () => thread.post({ type: 'clear' }),
    rowAt: (timeMs) => ask('rowAt', { timeMs }),
    nextHit: (fromRow, step) => ask('hit', { fromRow, step }),
    placeOf: (line) => ask('place', { line }),
    fields: (line) => ask('fields', { line }),
    text: (fromLine, toLine) => ask('text', { fromLine, toLine }),
    events: () => ask('events', {}),
    exportShown,
    close: () => {
      isClosed = true;
      for (const { controller, taken: go } of streams) {
        controller.abort();
        go();
      }
      for (const go of waiting) go();
      thread.end();
    },
  };
}
