import { expect, test } from 'vitest';
import { askingWindow, servedFor } from '../../../main/ipc/asking-window.ts';

const later = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

test('what a window asked for is known as its own, however many wait at once and however long', async () => {
  const deep = async (): Promise<number | undefined> => {
    await later();
    return askingWindow();
  };
  async function* items(): AsyncGenerator<number | undefined> {
    yield askingWindow();
    await later();
    yield askingWindow();
  }
  const read = async (): Promise<readonly (number | undefined)[]> => {
    const all: (number | undefined)[] = [];
    for await (const item of items()) all.push(item);
    return all;
  };

  const [one, two, streamed] = await Promise.all([servedFor(1, deep), servedFor(2, deep), servedFor(3, read)]);

  expect([one, two, streamed, askingWindow()]).toEqual([1, 2, [3, 3], undefined]);
});
