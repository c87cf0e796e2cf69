import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { NewestByKey } from '../../../../../main/operations/work/buffers/newest-by-key.ts';
import { collectEvents } from '../runs-harness.ts';

describe('a queue of the newest', () => {
  it('keeps one item per key and everything without one, in order', async () => {
    const queue = new NewestByKey<string>();
    for (const [item, key] of [['a1', 'a'], ['b1', 'b'], ['mark'], ['a2', 'a'], ['mark 2'], ['a3', 'a']])
      queue.push(item ?? '', key);
    queue.end();
    queue.push('late');

    expect(await collectEvents(queue)).toEqual(['b1', 'mark', 'mark 2', 'a3']);
  });

  it('leaves nothing behind on the signal of who waited for room, as a watch does for days', async () => {
    const { signal } = new AbortController();
    const queue = new NewestByKey<string>(1);
    const reader = queue[Symbol.asyncIterator]();
    for (let round = 0; round < 3; round += 1) {
      queue.push('large', 'a', 2);
      const room = queue.room(signal);
      expect(getEventListeners(signal, 'abort')).toHaveLength(1);
      await reader.next();
      await room;
    }

    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });
});
