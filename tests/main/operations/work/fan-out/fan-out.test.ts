import { describe, expect, it } from 'vitest';
import { fanOut, type Turn } from '../../../../../main/operations/work/fan-out/fan-out.ts';
import { NodeCancels } from '../../../../../main/operations/work/fan-out/node-cancels.ts';

const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `node-${index}`);
const settled = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Turns that end when the test says so. */
function heldTurns() {
  const open = new Map<string, { readonly turn: Turn; readonly end: () => void }>();
  const task = async (turn: Turn): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    open.set(turn.node, { turn, end: resolve });
    await promise;
  };
  return { open, task };
}

describe('work on many nodes', () => {
  it('asks 64 at a time and the next when one has ended', async () => {
    const { open, task } = heldTurns();
    const all = fanOut(names(66), new NodeCancels(new AbortController().signal), task);
    await settled();
    expect(open.size).toBe(64);

    open.get('node-3')?.end();
    await settled();
    expect([...open.keys()].at(-1)).toBe('node-64');

    // Ending what has begun begins the last.
    for (const { end } of open.values()) end();
    await settled();
    open.get('node-65')?.end();
    await all;
  });

  it('asks as many at a time as the user chose', async () => {
    const { open, task } = heldTurns();
    const stop = new AbortController();
    const all = fanOut(names(66), new NodeCancels(stop.signal), task, undefined, 8);
    await settled();
    expect(open.size).toBe(8);

    stop.abort();
    for (const { end } of open.values()) end();
    await all;
  });

  it('lets one that follows its node go on without its place, and ends when it ends', async () => {
    const { open, task } = heldTurns();
    let isOver = false;
    const all = fanOut(names(200), new NodeCancels(new AbortController().signal), task).then(() => (isOver = true));
    await settled();
    for (let round = 0; round < 4; round += 1) {
      for (const { turn } of open.values()) {
        turn.stands();
        turn.stands();
      }
      await settled();
    }
    expect(open.size).toBe(200);

    const [last, ...others] = [...open.values()];
    for (const { end } of others) end();
    await settled();
    expect(isOver).toBe(false);

    last?.end();
    await all;
  });

  it('gives one more place for one that stands, however often it says so', async () => {
    const { open, task } = heldTurns();
    void fanOut(names(70), new NodeCancels(new AbortController().signal), task);
    await settled();
    for (let round = 0; round < 3; round += 1) open.get('node-0')?.turn.stands();
    await settled();

    expect(open.size).toBe(65);
  });

  it('cancels one node alone, asks none that was cancelled before its turn, and each only once', async () => {
    const { open, task } = heldTurns();
    const cancels = new NodeCancels(new AbortController().signal);
    const skipped: string[] = [];
    void fanOut([...names(66), 'node-0'], cancels, task, (node) => skipped.push(node));
    cancels.cancelNode('node-1');
    cancels.cancelNode('node-65');
    await settled();

    expect(open.get('node-1')?.turn.signal.aborted).toBe(true);
    expect(open.get('node-0')?.turn.signal.aborted).toBe(false);
    for (const { end } of open.values()) end();
    await settled();
    expect(skipped).toEqual(['node-65']);
    expect(open.size).toBe(65);
  });

  it('begins nothing more when all of it is cancelled', async () => {
    const { open, task } = heldTurns();
    const stop = new AbortController();
    const skipped: string[] = [];
    const all = fanOut(names(100), new NodeCancels(stop.signal), task, (node) => skipped.push(node));
    await settled();
    stop.abort();
    for (const { end } of open.values()) end();
    await all;

    expect([open.size, skipped.length]).toEqual([64, 36]);
  });
});
