import { describe, expect, it } from 'vitest';
import { Credit, pump } from '../../../main/streams/pump.ts';
import { MAX_CREDIT, type ProducerMessage } from '../../../preload/contract/index.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A source that counts how often it was pulled. */
function numbers(count: number) {
  const state = { pulled: 0, isReturned: false };
  const source: AsyncIterable<number> = {
    [Symbol.asyncIterator]: () => ({
      next: async () =>
        state.pulled++ < count ? { done: false, value: state.pulled } : { done: true, value: undefined },
      return: async () => {
        state.isReturned = true;
        return { done: true, value: undefined };
      },
    }),
  };
  return { source, state };
}

function start(source: AsyncIterable<number>, maxItems = 10) {
  const sent: ProducerMessage[] = [];
  const credit = new Credit();
  const controller = new AbortController();
  const clock = new FakeClock();
  const done = pump(source, credit, (message) => sent.push(message), controller.signal, { clock, maxItems });
  done.catch(() => undefined);
  return { sent, credit, controller, clock, done };
}

describe('the pump', () => {
  it('sends a batch when it is large, however few items it has', async () => {
    async function* source(): AsyncGenerator<string> {
      for (let count = 0; count < 4; count += 1) yield 'x'.repeat(150_000);
    }
    const sent: ProducerMessage[] = [];
    const credit = new Credit();
    credit.accept({ type: 'credit', batches: 10 });
    const { signal } = new AbortController();

    await pump(source(), credit, (message) => sent.push(message), signal, { clock: new FakeClock(), maxItems: 10 });

    expect(sent.map((message) => (message.type === 'batch' ? message.items.length : message.type))).toEqual([
      2,
      2,
      'end',
    ]);
  });

  it('waits with one timer for a batch, not with one for each item', async () => {
    let timers = 0;
    const clock = new FakeClock();
    const counting = {
      ...{ now: clock.now, monotonic: clock.monotonic },
      after: (ms: number, run: () => void) => {
        timers += 1;
        return clock.after(ms, run);
      },
    };
    const credit = new Credit();
    credit.accept({ type: 'credit', batches: 10 });

    await pump(numbers(40).source, credit, () => undefined, new AbortController().signal, {
      clock: counting,
      maxItems: 10,
    });

    expect(timers).toBe(4);
    expect(clock.active).toBe(0);
  });

  it('never sends a message above the largest, whatever its source gives', async () => {
    async function* source(): AsyncGenerator<string> {
      for (const length of [200_000, 900_000, 900_000, 10, 3_000_000, 10]) yield 'x'.repeat(length);
    }
    const sent: ProducerMessage[] = [];
    const credit = new Credit();
    credit.accept({ type: 'credit', batches: 10 });
    const { signal } = new AbortController();

    const pumped = pump(source(), credit, (message) => sent.push(message), signal, { clock: new FakeClock() });

    await expect(pumped).rejects.toMatchObject({ failure: { code: 'too-large' } });
    const lengths = sent.map((message) =>
      message.type === 'batch' ? message.items.map((item) => (item as string).length) : [],
    );
    expect(lengths).toEqual([[200_000], [900_000], [900_000], [10]]);
  });

  it('stops pulling its source while there is no credit', async () => {
    const { source, state } = numbers(1000);
    const { sent, credit } = start(source);

    await settled();
    const pulledWithout = state.pulled;
    credit.accept({ type: 'credit', batches: 2 });
    await settled();

    expect(pulledWithout).toBe(10);
    expect(sent.map((m) => (m.type === 'batch' ? m.items.length : m.type))).toEqual([10, 10]);
    expect(state.pulled).toBeLessThanOrEqual(30);
  });

  it('sends a batch that is not full when its oldest item is old enough', async () => {
    let release: () => void = () => undefined;
    const source = (async function* () {
      yield 1;
      await new Promise<void>((resolve) => (release = resolve));
      yield 2;
    })();
    const { sent, credit, clock, done } = start(source);
    credit.accept({ type: 'credit', batches: 5 });
    await settled();
    const early = sent.length;

    clock.advance(50);
    await settled();
    const late = sent.length;
    release();
    await done;

    expect([early, late]).toEqual([0, 1]);
    expect(sent).toEqual([
      { type: 'batch', seq: 0, items: [1], skipped: 0 },
      { type: 'batch', seq: 1, items: [2], skipped: 0 },
      { type: 'end' },
    ]);
    expect(clock.active).toBe(0);
  });

  it('returns its source and rejects when aborted while waiting for credit', async () => {
    const { source, state } = numbers(1000);
    const { controller, done, sent } = start(source);
    await settled();

    controller.abort();

    await expect(done).rejects.toThrow();
    expect([state.isReturned, sent.length]).toEqual([true, 0]);
  });

  it.each([-1, 0.5, Number.NaN, Infinity])('ignores a credit of %s', async (batches) => {
    const { source } = numbers(100);
    const { sent, credit } = start(source);

    credit.accept({ type: 'credit', batches });
    await settled();

    expect(sent).toEqual([]);
  });

  it('caps credit whatever the page asks for', async () => {
    const { source } = numbers(100_000);
    const { sent, credit } = start(source);

    credit.accept({ type: 'credit', batches: 10_000 });
    for (let i = 0; i < MAX_CREDIT + 20; i++) await settled();

    expect(sent).toHaveLength(MAX_CREDIT);
  });
});
