import { describe, expect, it } from 'vitest';
import { NewestByKey } from '../../../main/operations/newest-by-key.ts';
import { collectEvents } from './runs-harness.ts';

describe('a queue of the newest', () => {
  it('keeps one item per key and everything without one, in order', async () => {
    const queue = new NewestByKey<string>();
    for (const [item, key] of [['a1', 'a'], ['b1', 'b'], ['mark'], ['a2', 'a'], ['mark 2'], ['a3', 'a']])
      queue.push(item ?? '', key);
    queue.end();
    queue.push('late');

    expect(await collectEvents(queue)).toEqual(['b1', 'mark', 'mark 2', 'a3']);
  });
});
