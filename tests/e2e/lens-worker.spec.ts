import { readdirSync } from 'node:fs';
import { expect, test } from './support/fixture.ts';

const WORKER = readdirSync(new URL('../../out/renderer/assets', import.meta.url)).find((name) =>
  name.startsWith('lens-worker'),
);

test('the lens has a worker, which its one policy alone can start, and no other script becomes one', async ({
  launch,
}) => {
  const running = await launch({ args: ['--demo'] });
  const outcome = await running.page.evaluate(async (name) => {
    const url = new URL(`./assets/${String(name)}`, document.baseURI).href;
    const refused = (run: () => unknown): boolean => {
      try {
        run();
        return false;
      } catch {
        return true;
      }
    };
    const factory = (
      globalThis as unknown as {
        trustedTypes: { createPolicy(name: string, rules: object): { createScriptURL(url: string): string } };
      }
    ).trustedTypes;
    const plainIsRefused = refused(() => new Worker(url));
    const blobIsRefused = refused(() => new Worker(URL.createObjectURL(new Blob(['']))));
    const policy = factory.createPolicy('minos-worker', { createScriptURL: (text: string) => text });
    const worker = new Worker(policy.createScriptURL(url), { type: 'module' });
    const told = await new Promise((resolve) => {
      worker.onmessage = ({ data }: MessageEvent<{ type: string; rows: { rows: readonly unknown[] } }>) => {
        if (data.type !== 'rows') return;
        if (data.rows.rows.length > 0) resolve(data);
        // Nothing had come yet: others follow once these are drawn.
        else worker.postMessage({ type: 'drawn' });
      };
      worker.onerror = (event) => resolve(`error ${event.message}`);
      worker.postMessage({ type: 'sources', sources: [{ source: 0, node: 'n', name: 'n kubelet' }] });
      worker.postMessage({
        type: 'pieces',
        stream: 0,
        pieces: [{ type: 'lines', source: 0, text: 'a\nb', count: 2, atMs: 1 }],
      });
      worker.postMessage({ type: 'view', view: { at: 'end', count: 10 } });
    });
    const again = refused(() => factory.createPolicy('minos-worker', { createScriptURL: (text: string) => text }));
    return { plainIsRefused, blobIsRefused, told, again };
  }, WORKER);
  expect(outcome).toMatchObject({
    plainIsRefused: true,
    blobIsRefused: true,
    told: { rows: { rows: [{ text: 'a' }, { text: 'b' }] } },
    again: true,
  });
  // Breaking the policy is what was tried.
  expect(running.problems.splice(0).filter((problem) => problem.startsWith('Policy violation'))).toHaveLength(3);
});
