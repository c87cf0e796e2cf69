import { describe, expect, it } from 'vitest';
import { Backlog } from '../../../../../main/operations/work/buffers/backlog.ts';
import { EveryItem } from '../../../../../main/operations/work/buffers/every-item.ts';
import { collectEvents } from '../runs-harness.ts';

const never = new AbortController().signal;

describe('a backlog of every item', () => {
  it('gives everything in order, then ends', async () => {
    const queue = new Backlog<number>(new EveryItem());
    for (const item of [1, 2, 3]) queue.push(item);
    queue.end();
    queue.push(4);

    expect(await collectEvents(queue)).toEqual([1, 2, 3]);
  });

  it('gives what was queued before it fails', async () => {
    const queue = new Backlog<number>(new EveryItem());
    queue.push(1);
    queue.fail(new Error('broken'));
    const items = queue[Symbol.asyncIterator]();

    expect(await items.next()).toEqual({ done: false, value: 1 });
    await expect(items.next()).rejects.toThrow('broken');
  });

  it('has room again when the reader took what was too much', async () => {
    const queue = new Backlog<string>(new EveryItem(), 10);
    const items = queue[Symbol.asyncIterator]();
    queue.push('heavy', 11);
    let hasRoom = false;
    const waiting = queue.room(never).then(() => (hasRoom = true));
    await Promise.resolve();
    expect(hasRoom).toBe(false);

    await items.next();
    await waiting;

    expect(hasRoom).toBe(true);
  });

  it('lets go of who waits when the reader leaves or the run is cancelled', async () => {
    const left = new Backlog<string>(new EveryItem(), 1);
    left.push('a', 5);
    left.push('b', 5);
    for await (const _item of left) break;
    await left.room(never);

    const cancelled = new Backlog<string>(new EveryItem(), 1);
    cancelled.push('a', 5);
    const stop = new AbortController();
    const waiting = cancelled.room(stop.signal);
    stop.abort();
    await waiting;
  });

  it('keeps the order of more than it moves up at a time, taken while more comes', async () => {
    const queue = new Backlog<number>(new EveryItem());
    const items = queue[Symbol.asyncIterator]();
    const taken: unknown[] = [];
    for (let item = 1; item <= 6000; item += 2) {
      queue.push(item);
      queue.push(item + 1);
      taken.push((await items.next()).value);
    }
    for (let item = 0; item < 3000; item += 1) taken.push((await items.next()).value);

    expect(taken).toEqual(Array.from({ length: 6000 }, (_, index) => index + 1));
  });
});
