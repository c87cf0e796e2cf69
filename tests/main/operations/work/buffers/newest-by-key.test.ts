import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { Backlog } from '../../../../../main/operations/work/buffers/backlog.ts';
import { NewestByKey } from '../../../../../main/operations/work/buffers/newest-by-key.ts';
import { collectEvents } from '../runs-harness.ts';

describe('a backlog of the newest', () => {
  it('keeps one item per key and everything without one, in order', async () => {
    const items = new Backlog<string>(new NewestByKey());
    for (const [item, key] of [['a1', 'a'], ['b1', 'b'], ['mark'], ['a2', 'a'], ['mark 2'], ['a3', 'a']])
      items.push(item ?? '', 1, key);
    items.end();
    items.push('late');

    expect(await collectEvents(items)).toEqual(['b1', 'mark', 'mark 2', 'a3']);
  });

  it('gives a key that was taken anew', async () => {
    const items = new Backlog<string>(new NewestByKey());
    const reader = items[Symbol.asyncIterator]();
    items.push('a1', 1, 'a');
    await reader.next();
    items.push('a2', 1, 'a');

    expect(await reader.next()).toEqual({ done: false, value: 'a2' });
  });

  it('leaves nothing behind on the signal of who waited for room, as a watch does for days', async () => {
    const { signal } = new AbortController();
    const items = new Backlog<string>(new NewestByKey(), 1);
    const reader = items[Symbol.asyncIterator]();
    for (let round = 0; round < 3; round += 1) {
      items.push('large', 2, 'a');
      const room = items.room(signal);
      expect(getEventListeners(signal, 'abort')).toHaveLength(1);
      await reader.next();
      await room;
    }

    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });
});
