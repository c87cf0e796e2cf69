import { afterEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../../main/lib/clock.ts';
import { Failed } from '../../../main/lib/failed.ts';
import { WorkerPool, type WorkerPoolOptions } from '../../../main/lib/worker-pool.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import type { PoolJobs } from './children/pool-worker.ts';

const file = new URL('children/pool-worker.ts', import.meta.url);
let made: WorkerPool<PoolJobs>[] = [];
afterEach(async () => {
  await Promise.all(made.map((pool) => pool.close()));
  made = [];
});
function start(options: Partial<WorkerPoolOptions> = {}): WorkerPool<PoolJobs> {
  const bounds = { threads: 1, maxHeapMb: 32, deadlineMs: 20_000, clock: systemClock };
  const pool = new WorkerPool<PoolJobs>({ file, ...bounds, ...options });
  made.push(pool);
  return pool;
}
const shared = (): Int32Array => new Int32Array(new SharedArrayBuffer(4));

test('jobs are done one after the other by one thread', async () => {
  const pool = start();

  const answers = await Promise.all([1, 2, 3].map((n) => pool.run('double', [n])));

  expect(answers.map(({ value }) => value)).toEqual([2, 4, 6]);
  expect(new Set(answers.map(({ thread }) => thread)).size).toBe(1);
});

test('as many threads as allowed work at once, and no more', async () => {
  const pool = start({ threads: 2 });
  const memory = shared();

  const met = await Promise.all([pool.run('meet', [memory]), pool.run('meet', [memory])]);
  const answers = await Promise.all([1, 2, 3, 4, 5].map((n) => pool.run('double', [n])));

  expect(new Set(met).size).toBe(2);
  expect(new Set([...met, ...answers.map(({ thread }) => thread)]).size).toBe(2);
});

test('what a job fails with arrives as it was thrown, and the thread goes on', async () => {
  const pool = start();
  const before = await pool.run('double', [0]);

  await expect(pool.run('fail', [])).rejects.toMatchObject({ failure: { code: 'file-invalid', message: 'No.' } });
  await expect(pool.run('throw', [])).rejects.toThrow('A mistake.');
  expect(await pool.run('double', [1])).toEqual({ value: 2, thread: before.thread });
});

test('a job that never ends is ended at the deadline, once, and those behind it are done by a new thread', async () => {
  const clock = new FakeClock();
  const pool = start({ clock, deadlineMs: 1_000, workerData: { hello: 1 } });
  expect(await pool.run('data', [])).toEqual({ hello: 1 });
  const before = await pool.run('double', [0]);
  const endless = pool.run('never', []);
  const behind = pool.run('double', [4]);

  clock.advance(1_000);

  await expect(endless).rejects.toMatchObject({ failure: { code: 'too-large' } });
  const after = await behind;
  expect(after.value).toBe(8);
  expect(after.thread).not.toBe(before.thread);
  await pool.close();
  expect(clock.active).toBe(0);
});

test('a job that needs too much memory fails alone, with the words it is given', async () => {
  const overrun = (why: string): Failed => new Failed({ code: 'too-large', message: `Given up: ${why}.` });
  const pool = start({ overrun });
  const eats = pool.run('eat', []);
  const behind = pool.run('double', [4]);

  await expect(eats).rejects.toMatchObject({ failure: { code: 'too-large', message: 'Given up: memory.' } });
  expect(await behind).toMatchObject({ value: 8 });
});

test('an answer that is too large does not cross', async () => {
  const pool = start();

  await expect(pool.run('text', [2_000_000])).rejects.toMatchObject({ failure: { code: 'too-large' } });
  expect(await pool.run('text', [1_000])).toHaveLength(1_000);
});

test('a job that is taken back ends, whether it waits or is being done, and the next one is done', async () => {
  const pool = start();
  await pool.run('double', [0]);
  const [running, waiting] = [new AbortController(), new AbortController()];
  const first = pool.run('never', [], { signal: running.signal });
  const second = pool.run('never', [], { signal: waiting.signal });
  const third = pool.run('double', [5]);

  waiting.abort();
  await expect(second).rejects.toMatchObject({ failure: { code: 'cancelled' } });
  running.abort();
  await expect(first).rejects.toMatchObject({ failure: { code: 'cancelled' } });
  expect(await third).toMatchObject({ value: 10 });
  await expect(pool.run('never', [], { signal: running.signal })).rejects.toMatchObject({
    failure: { code: 'cancelled' },
  });
});

test('a job that is taken back at the moment its turn comes leaves its thread alone', async () => {
  const pool = start();
  const before = await pool.run('double', [0]);
  const taken = new AbortController();
  const ahead = pool.run('double', [0]).then(() => {
    taken.abort();
  });
  const one = pool.run('never', [], { signal: taken.signal });

  await ahead;
  await expect(one).rejects.toMatchObject({ failure: { code: 'cancelled' } });
  expect(await pool.run('double', [1])).toEqual({ value: 2, thread: before.thread });
});

test('a thread that cannot start, or ends by itself, fails its job in words, and the next job starts one', async () => {
  const failure = { code: 'internal', message: 'The part of Minos that reads this ended unexpectedly.' };
  await expect(start({ file: new URL('none.ts', file) }).run('double', [1])).rejects.toMatchObject({ failure });

  const pool = start();
  await expect(pool.run('exit', [])).rejects.toMatchObject({ failure });
  expect(await pool.run('double', [1])).toMatchObject({ value: 2 });
});

test('a job that cannot be copied fails by itself', async () => {
  const pool = start();

  await expect(pool.run('double', [(() => undefined) as unknown as number])).rejects.toThrow(/could not be cloned/);
  expect(await pool.run('double', [1])).toMatchObject({ value: 2 });
});

test('buffers are moved where the job says so, and what it is given is made when its turn comes', async () => {
  const pool = start();
  const bytes = new Uint8Array(1_000);
  let isMade = false;

  const before = pool.run('double', [1]);
  const moved = pool.run(
    'take',
    () => {
      isMade = true;
      return [bytes];
    },
    { transfer: ([one]) => [one.buffer as ArrayBuffer] },
  );
  expect(isMade).toBe(false);

  await before;
  expect(await moved).toBe(1_000);
  expect(bytes.length).toBe(0);
});

test('a thread that has nothing to do for a while ends, and the next job starts one', async () => {
  const clock = new FakeClock();
  const pool = start({ clock, idleMs: 5_000 });
  const first = await pool.run('double', [1]);
  clock.advance(4_999);
  const second = await pool.run('double', [1]);
  clock.advance(4_999);
  const third = await pool.run('double', [1]);

  clock.advance(5_000);
  const fourth = await pool.run('double', [1]);

  expect([second.thread, third.thread]).toEqual([first.thread, first.thread]);
  expect(fourth.thread).not.toBe(first.thread);
});

test('closing rejects what runs and what waits, and what is asked afterwards', async () => {
  const pool = start();
  const ended = Promise.allSettled([pool.run('never', []), pool.run('double', [1])]);

  await pool.close();

  const cancelled = { status: 'rejected', reason: { failure: { code: 'cancelled' } } };
  expect(await ended).toMatchObject([cancelled, cancelled]);
  await expect(pool.run('double', [1])).rejects.toMatchObject({ failure: { code: 'cancelled' } });
});

describe('a job in parts', () => {
  const all = async (parts: AsyncIterable<number>): Promise<readonly number[]> => {
    const got: number[] = [];
    for await (const one of parts) got.push(one);
    return got;
  };

  test('is answered part after part and has the thread for itself until the last', async () => {
    const pool = start();
    const counted = pool.parts('count', [3]);
    expect(await counted.next()).toEqual({ done: false, value: 0 });
    let isBehindDone = false;
    const behind = pool.run('double', [1]).then(() => (isBehindDone = true));

    expect(await counted.next()).toEqual({ done: false, value: 1 });
    expect(isBehindDone).toBe(false);
    expect(await all(counted)).toEqual([2]);
    await behind;
    expect(await all(pool.parts('count', [0]))).toEqual([]);
  });

  test('makes a part only when it is asked for, and none any more when the reader leaves', async () => {
    const pool = start();
    const before = await pool.run('double', [0]);
    const memory = shared();

    for await (const one of pool.parts('count', [1_000, memory])) if (one === 2) break;

    expect(await pool.run('double', [1])).toEqual({ value: 2, thread: before.thread });
    expect(memory[0]).toBe(3);
  });

  test('that is taken back is dropped, and the thread goes on', async () => {
    const pool = start();
    const before = await pool.run('double', [0]);
    const [taken, memory] = [new AbortController(), shared()];
    const counted = pool.parts('count', [1_000, memory], { signal: taken.signal });
    await counted.next();

    taken.abort();

    await expect(counted.next()).rejects.toMatchObject({ failure: { code: 'cancelled' } });
    expect(await pool.run('double', [1])).toEqual({ value: 2, thread: before.thread });
    expect(memory[0]).toBe(1);
  });

  test('has a deadline for each part', async () => {
    const clock = new FakeClock();
    const pool = start({ clock, deadlineMs: 1_000 });
    const counted = pool.parts('count', [-2]);
    await counted.next();
    clock.advance(999);
    await counted.next();
    clock.advance(999);
    const never = counted.next();

    clock.advance(1_000);

    await expect(never).rejects.toMatchObject({ failure: { code: 'too-large' } });
    expect(await pool.run('double', [1])).toMatchObject({ value: 2 });
  });

  test('that fails says so, and the thread goes on', async () => {
    const pool = start();
    const before = await pool.run('double', [0]);

    await expect(all(pool.parts('fail' as 'count', [1]))).rejects.toMatchObject({ failure: { code: 'file-invalid' } });
    expect(await pool.run('double', [1])).toEqual({ value: 2, thread: before.thread });
  });
});
