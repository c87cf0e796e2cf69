import { expect, test, vi } from 'vitest';
import type { LensSourceState } from '../../../preload/contract/index.ts';
import { createClient } from '../../../renderer/lib/bridge.ts';
import { createLens } from '../../../renderer/lens/create-lens.ts';
import type { LensFromWorker, LensRows, LensState } from '../../../renderer/lens/protocol.ts';
import { LensEngine } from '../../../renderer/lens/worker/lens-engine.ts';
import { FakeBridge, type FakeStream } from '../../fakes/bridge/fake-bridge.ts';

/** A lens whose worker is the engine itself, on the same thread. */
function lensOf(unseenMs?: number) {
  const bridge = new FakeBridge();
  const streams: FakeStream<'lens'>[] = [];
  bridge.serve('lens', (stream) => {
    streams.push(stream);
    stream.batch([{ type: 'opened', id: '7c9f2c34-6b1e-4c39-9d2e-000000000001' }]);
  });
  bridge.answer('lens.leave', () => ({ ok: true, value: undefined }));
  const told: { state?: LensState; rows?: LensRows; sources: Map<number, LensSourceState | undefined> } = {
    sources: new Map(),
  };
  const lens = createLens({
    client: createClient(bridge),
    listener: {
      onState: (state) => (told.state = state),
      onRows: (rows) => (told.rows = rows),
      onMinimap: () => undefined,
      onSource: (source, state) => told.sources.set(source, state),
    },
    start: (onMessage: (message: LensFromWorker) => void) => {
      const engine = new LensEngine({
        post: (message) => queueMicrotask(() => onMessage(structuredClone(message))),
        now: () => performance.now(),
        after: (ms, run) => void setTimeout(run, ms),
      });
      return { post: (message) => engine.take(structuredClone(message)), end: () => undefined };
    },
    ...(unseenMs !== undefined && { unseenMs }),
  });
  lens.setView({ at: 'end', count: 50 });
  return { bridge, streams, told, lens };
}

const kubelet = (node: string) => ({ kind: 'service', node, id: 'kubelet' }) as const;
const lines = (source: number, text: string) =>
  ({ type: 'lines', source, text, count: text.split('\n').length, atMs: 1000 }) as const;

test('sources of several streams keep numbers of their own, and lines come to the one that wrote them', async () => {
  const { lens, streams, told } = lensOf();
  expect(lens.add({ context: 'a', sources: [kubelet('n1'), kubelet('n2')], follow: true, tail: 10 })).toEqual([0, 1]);
  expect(lens.add({ context: 'b', sources: [{ kind: 'kernel', node: 'n3' }], follow: true, tail: 10 })).toEqual([2]);
  await vi.waitFor(() => expect(streams).not.toHaveLength(0));
  streams[0]?.batch([{ type: 'state', source: 1, state: 'open', sinceMs: 5, endpoint: 'cp-1' }, lines(1, 'of n2')]);
  streams[1]?.batch([lines(0, 'of n3')]);
  await vi.waitFor(() =>
    expect(told.rows?.rows.map(({ source, text }) => [source, text])).toEqual([
      [1, 'of n2'],
      [2, 'of n3'],
    ]),
  );
  expect(told.sources.get(1)).toMatchObject({ state: 'open', endpoint: 'cp-1' });
  expect((await lens.text(undefined, undefined)).text).toContain('n3 kernel: of n3');
  lens.close();
  await vi.waitFor(() => expect(streams.every(({ isClosed }) => isClosed)).toBe(true));
});

test('a source that is removed is left at main, the last one closes the stream, and its lines stay', async () => {
  const { lens, streams, told, bridge } = lensOf();
  lens.add({ context: 'a', sources: [kubelet('n1'), kubelet('n2')], follow: true, tail: 10 });
  await vi.waitFor(() => expect(streams).not.toHaveLength(0));
  streams[0]?.batch([lines(0, 'kept')]);
  await vi.waitFor(() => expect(told.state?.counts.came).toBe(1));
  lens.remove(0);
  expect(bridge.calls).toContainEqual({
    name: 'lens.leave',
    input: { id: '7c9f2c34-6b1e-4c39-9d2e-000000000001', source: 0 },
  });
  lens.remove(1);
  await vi.waitFor(() => expect(streams[0]?.isClosed).toBe(true));
  expect(told.state?.counts.held).toBe(1);
  lens.close();
});

test('while nobody looks, what came is taken and main is left to keep the rest', async () => {
  const { lens, streams, told } = lensOf(1_000_000);
  lens.add({ context: 'a', sources: [kubelet('n1')], follow: true, tail: 10 });
  await vi.waitFor(() => expect(streams).not.toHaveLength(0));
  lens.setSeen(false);
  for (let batch = 0; batch < 20; batch += 1) streams[0]?.batch([lines(0, `line ${batch}`)]);
  await vi.waitFor(() => expect(streams[0]?.credit).toBe(0));
  expect(told.state?.counts.came ?? 0).toBe(0);
  lens.setSeen(true);
  await vi.waitFor(() => expect(told.state?.counts.came).toBe(20));
  lens.close();
});

test('a stream that fails is told as the failure of each of its sources', async () => {
  const { lens, streams, told } = lensOf();
  lens.add({ context: 'a', sources: [kubelet('n1'), kubelet('n2')], follow: true, tail: 10 });
  await vi.waitFor(() => expect(streams).not.toHaveLength(0));
  streams[0]?.fail({ code: 'not-found', message: 'The context is gone.', retry: 'never', traceId: 't' });
  await vi.waitFor(() => expect(told.sources.size).toBe(2));
  expect(told.sources.get(0)).toMatchObject({ state: 'failed', failure: { message: 'The context is gone.' } });
  lens.close();
});

test('an export goes to main piece by piece and ends with the name of the file', async () => {
  const { lens, streams, told, bridge } = lensOf();
  const written: string[] = [];
  let file: FakeStream<'lensExport'> | undefined;
  bridge.serve('lensExport', (stream) => {
    file = stream;
    stream.batch([{ type: 'chosen', id: '7c9f2c34-6b1e-4c39-9d2e-000000000002', name: 'x.log' }]);
  });
  bridge.answer('lens.write', ({ text, isLast }) => {
    written.push(text);
    if (isLast) {
      file?.batch([{ type: 'saved', name: 'x.log', bytes: 1 }]);
      file?.end();
    }
    return { ok: true, value: undefined };
  });
  lens.add({ context: 'a', sources: [kubelet('n1')], follow: true, tail: 10 });
  await vi.waitFor(() => expect(streams).not.toHaveLength(0));
  streams[0]?.batch([
    lines(0, Array.from({ length: 5000 }, (_each, index) => `line ${index} ${'x'.repeat(60)}`).join('\n')),
  ]);
  await vi.waitFor(() => expect(told.state?.counts.came).toBe(5000));
  const progress: number[] = [];
  const outcome = await lens.exportShown('text', 'x', ({ done }) => progress.push(done), new AbortController().signal);
  expect(outcome).toEqual({ ok: true, value: 'x.log' });
  expect(written.length).toBeGreaterThan(2);
  expect(written.join('').trimEnd().split('\n')).toHaveLength(5000);
  expect(progress.at(-1)).toBe(5000);
  lens.close();
});

/** A lens that saves what its worker answers when the test says so; main is done with a piece after `taking`. */
function saving(taking: Promise<unknown>) {
  const bridge = new FakeBridge();
  const written: string[] = [];
  bridge.serve('lensExport', (stream) =>
    stream.batch([{ type: 'chosen', id: '7c9f2c34-6b1e-4c39-9d2e-000000000003', name: 'x.log' }]),
  );
  bridge.answer('lens.write', async ({ text }) => {
    written.push(text);
    await taking;
    return { ok: true, value: undefined };
  });
  let answer = (_isLast: boolean): void => undefined;
  const lens = createLens({
    client: createClient(bridge),
    listener: {
      ...{ onState: () => undefined, onRows: () => undefined },
      ...{ onMinimap: () => undefined, onSource: () => undefined },
    },
    start: (onMessage: (message: LensFromWorker) => void) => ({
      post: (message) => {
        if (message.type !== 'ask') return;
        answer = (isLast) =>
          onMessage({ type: 'answer', id: message.id, answer: { text: 'late', next: 1, of: 1, isLast } });
      },
      end: () => undefined,
    }),
  });
  const stop = new AbortController();
  const progress: unknown[] = [];
  const outcome = lens.exportShown('text', 'x', (told) => progress.push(told), stop.signal);
  return { lens, written, stop, progress, outcome, answer: (isLast: boolean) => answer(isLast) };
}

const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

test('an export that waits for a search is told of and can be cancelled at once', async () => {
  const { lens, written, stop, progress, outcome, answer } = saving(Promise.resolve());
  await vi.waitFor(() => expect(progress).toEqual([{ done: 0, of: undefined }]));
  stop.abort();
  expect(await outcome).toEqual({ ok: true, value: undefined });
  answer(true);
  await turns();
  expect(written).toEqual([]);
  lens.close();
});

test('an export that is cancelled while main writes a piece tells nothing more', async () => {
  const { promise: taking, resolve: taken } = Promise.withResolvers<undefined>();
  const { lens, written, stop, progress, outcome, answer } = saving(taking);
  await vi.waitFor(() => expect(progress).toHaveLength(1));
  answer(false);
  await vi.waitFor(() => expect(written).toHaveLength(1));
  stop.abort();
  expect(await outcome).toEqual({ ok: true, value: undefined });
  taken(undefined);
  await turns();
  expect(progress).toEqual([{ done: 0, of: undefined }]);
  lens.close();
});
