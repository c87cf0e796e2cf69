import { describe, expect, it } from 'vitest';
import { Backlog } from '../../../../../main/operations/work/buffers/backlog.ts';
import { DropOldest } from '../../../../../main/operations/work/buffers/drop-oldest.ts';
import { collectEvents } from '../runs-harness.ts';

/** Keeps three; a mark says whose and how many are missing. */
function backlog(): Backlog<string> {
  return new Backlog(
    new DropOldest<string>(3, (key, _dropped, before) => `${key}-${Number(before?.split('-')[1] ?? 0) + 1}`),
  );
}

describe('a backlog that drops the oldest', () => {
  it('says in their place whose are missing and how many', async () => {
    const items = backlog();
    for (const item of ['a1', 'b1', 'a2', 'a3', 'b2', 'a4']) items.push(item, 1, item[0]);
    items.end();

    expect(await collectEvents(items)).toEqual(['a-2', 'b-1', 'a3', 'b2', 'a4']);
  });

  it('never drops what has no key, nor a mark, and keeps their order', async () => {
    const items = backlog();
    items.push('begun');
    for (const item of ['a1', 'a2', 'a3']) items.push(item, 1, 'a');
    items.push('gap');
    for (const item of ['a4', 'a5', 'a6', 'a7']) items.push(item, 1, 'a');
    items.push('over');
    items.end();

    expect(await collectEvents(items)).toEqual(['begun', 'a-4', 'gap', 'a5', 'a6', 'a7', 'over']);
  });

  it('accounts for everything, however reader and writer take turns', async () => {
    const items = backlog();
    const reader = items[Symbol.asyncIterator]();
    let pushed = 0;
    let told = 0;
    const take = async (): Promise<void> => {
      const { value } = await reader.next();
      told += value?.startsWith('a-') === true ? Number(value.slice(2)) : 1;
    };
    for (let round = 0; round < 50; round += 1) {
      for (let more = 0; more < 1 + (round % 7); more += 1) items.push(`line ${(pushed += 1)}`, 1, 'a');
      for (let more = 0; more < 1 + (round % 3); more += 1) if (told < pushed) await take();
    }
    while (told < pushed) await take();

    expect(told).toBe(pushed);
  });

  it('stays within its weight without making anybody wait', async () => {
    const kept = new DropOldest<number>(1000, () => 0);
    const items = new Backlog(kept, 1000);
    for (let item = 1; item < 20_000; item += 1) items.push(item, 7, 'a');
    await items.room(new AbortController().signal);

    expect(kept.weight).toBeLessThanOrEqual(1000);
  });
});
