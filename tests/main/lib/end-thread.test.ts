import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { endThread } from '../../../main/lib/end-thread.ts';

test('a thread that serves jobs answers what came before and ends by itself', async () => {
  const worker = new Worker(new URL('children/pool-worker.ts', import.meta.url));
  const exit = once(worker, 'exit');
  const order = { type: 'whole', name: 'double', args: [21] };
  worker.postMessage(order);
  await once(worker, 'message');
  const answer = once(worker, 'message');
  worker.postMessage(order);

  await endThread(worker);

  expect(await answer).toMatchObject([{ type: 'value' }]);
  expect(await exit).toEqual([0]);
});

test('a thread that hears nothing is stopped, and one that is gone is not waited for', async () => {
  const worker = new Worker('setInterval(() => undefined, 1000)', { eval: true });
  const exit = once(worker, 'exit');
  await once(worker, 'online');

  await endThread(worker);

  expect(await exit).toEqual([1]);
  await endThread(worker);
});
