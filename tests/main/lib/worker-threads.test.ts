import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { endWorker } from '../../../main/lib/worker-threads.ts';

const MODULE = new URL('../../../main/lib/worker-threads.ts', import.meta.url).href;
const start = (code: string): Worker => new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`));

test('a thread that serves orders answers what came before and ends by itself', async () => {
  const worker = start(
    `import(${JSON.stringify(MODULE)}).then(({ serveOrders }) => serveOrders(({ n }) => ({ n: n * 2 })))`,
  );
  const exit = once(worker, 'exit');
  const answer = once(worker, 'message');
  worker.postMessage({ n: 21 });

  await endWorker(worker);

  expect(await answer).toEqual([{ n: 42 }]);
  expect(await exit).toEqual([0]);
});

test('a thread that hears nothing is stopped, and one that is gone is not waited for', async () => {
  const worker = start('setInterval(() => undefined, 1000)');
  const exit = once(worker, 'exit');
  await once(worker, 'online');

  await endWorker(worker);

  expect(await exit).toEqual([1]);
  await endWorker(worker);
});
