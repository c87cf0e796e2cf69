import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { endWorker } from '../../../main/lib/worker-threads.ts';

test('a thread that serves orders answers what came before and ends by itself', async () => {
  const worker = new Worker(new URL('children/doubling-worker.ts', import.meta.url));
  const exit = once(worker, 'exit');
  const answer = once(worker, 'message');
  worker.postMessage({ n: 21 });

  await endWorker(worker);

  expect(await answer).toEqual([{ n: 42 }]);
  expect(await exit).toEqual([0]);
});

test('a thread that hears nothing is stopped, and one that is gone is not waited for', async () => {
  const worker = new Worker('setInterval(() => undefined, 1000)', { eval: true });
  const exit = once(worker, 'exit');
  await once(worker, 'online');

  await endWorker(worker);

  expect(await exit).toEqual([1]);
  await endWorker(worker);
});
