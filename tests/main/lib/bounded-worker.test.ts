import { afterEach, expect, test } from 'vitest';
import { BoundedWorker, type BoundedWorkerOptions } from '../../../main/lib/bounded-worker.ts';
import { systemClock } from '../../../main/lib/clock.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

const file = new URL('children/bounded.ts', import.meta.url);
let made: BoundedWorker[] = [];
afterEach(async () => {
  await Promise.all(made.map((worker) => worker.close()));
  made = [];
});
function start(options: Partial<BoundedWorkerOptions> = {}): BoundedWorker {
  const worker = new BoundedWorker({ file, maxHeapMb: 32, deadlineMs: 20_000, clock: systemClock, ...options });
  made.push(worker);
  return worker;
}

test('orders are answered one after the other by one thread', async () => {
  const worker = start();

  const answers = await Promise.all([1, 2, 3].map((n) => worker.ask({ do: 'double', n })));

  expect(answers).toEqual([2, 4, 6].map((value) => ({ value, thread: expect.any(Number) as number })));
  expect(new Set(answers.map((one) => (one as { thread: number }).thread)).size).toBe(1);
});

test('what a thread fails with arrives as it was thrown, and the thread goes on', async () => {
  const worker = start();

  await expect(worker.ask({ do: 'fail' })).rejects.toMatchObject({ failure: { code: 'file-invalid', message: 'No.' } });
  await expect(worker.ask({ do: 'throw' })).rejects.toThrow('A mistake.');
  expect(await worker.ask({ do: 'double', n: 1 })).toMatchObject({ value: 2 });
});

test('an order that never ends is ended at the deadline, once, and those behind it are done by a new thread', async () => {
  const clock = new FakeClock();
  const worker = start({ clock, deadlineMs: 1_000, workerData: {} });
  await worker.ask({ do: 'double', n: 0 });
  const endless = worker.ask({ do: 'never' });
  const behind = worker.ask({ do: 'double', n: 4 });

  clock.advance(1_000);

  await expect(endless).rejects.toMatchObject({ failure: { code: 'too-large' } });
  expect(await behind).toMatchObject({ value: 8 });
  await worker.close();
  expect(clock.active).toBe(0);
});

test('an order that needs too much memory fails alone, with the words it is given', async () => {
  const worker = start();
  const eats = worker.ask({ do: 'eat' });
  const behind = worker.ask({ do: 'double', n: 4 });

  await expect(eats).rejects.toMatchObject({ failure: { code: 'too-large', message: /memory/ } });
  expect(await behind).toMatchObject({ value: 8 });
});

test('an answer that is too large does not cross', async () => {
  const worker = start();

  await expect(worker.ask({ do: 'answer', bytes: 2_000_000 })).rejects.toMatchObject({
    failure: { code: 'too-large' },
  });
  expect(await worker.ask({ do: 'answer', bytes: 1_000 })).toHaveLength(1_000);
});

test('an order that is taken back ends, whether it waits or is being done, and the next one is done', async () => {
  const worker = start();
  await worker.ask({ do: 'double', n: 0 });
  const [running, waiting] = [new AbortController(), new AbortController()];
  const first = worker.ask({ do: 'never' }, { signal: running.signal });
  const second = worker.ask({ do: 'never' }, { signal: waiting.signal });
  const third = worker.ask({ do: 'double', n: 5 });

  waiting.abort();
  await expect(second).rejects.toMatchObject({ failure: { code: 'cancelled' } });
  running.abort();
  await expect(first).rejects.toMatchObject({ failure: { code: 'cancelled' } });
  expect(await third).toMatchObject({ value: 10 });
  await expect(worker.ask({ do: 'never' }, { signal: running.signal })).rejects.toMatchObject({
    failure: { code: 'cancelled' },
  });
});

test('a thread that cannot start, or ends by itself, fails its order, and the next starts one', async () => {
  await expect(start({ file: new URL('none.ts', file) }).ask({})).rejects.toThrow(/none\.ts/);

  const worker = start();
  await expect(worker.ask({ do: 'exit' })).rejects.toThrow('ended by itself');
  expect(await worker.ask({ do: 'double', n: 1 })).toMatchObject({ value: 2 });
});

test('an order that cannot be copied fails by itself', async () => {
  const worker = start();

  await expect(worker.ask({ do: () => undefined })).rejects.toThrow(/could not be cloned/);
  expect(await worker.ask({ do: 'double', n: 1 })).toMatchObject({ value: 2 });
});

test('closing rejects what runs and what waits, and what is asked afterwards', async () => {
  const worker = start();
  const asked = [worker.ask({ do: 'never' }), worker.ask({ do: 'double', n: 1 })];
  const ended = Promise.allSettled(asked);

  await worker.close();

  const cancelled = { status: 'rejected', reason: { failure: { code: 'cancelled' } } };
  expect(await ended).toMatchObject([cancelled, cancelled]);
  await expect(worker.ask({})).rejects.toMatchObject({ failure: { code: 'cancelled' } });
});
