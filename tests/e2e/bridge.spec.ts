import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSimulator } from '../../main/simulator/process.ts';
import { appUrl, expect, test } from './support/fixture.ts';
import { MinosPage } from './pages/minos-page.ts';

interface PageBridge {
  call(id: number, name: unknown, input: unknown): Promise<{ ok: boolean; failure?: { code: string } }>;
  watch(name: string, params: unknown, listener: (message: unknown) => void): { close(): void };
  open(name: string, params: unknown, listener: (message: unknown) => void): { close(): void };
}

test('refuses unknown calls and wrong shapes with a typed failure', async ({ launch }) => {
  const { page } = await launch({ args: ['--demo'] });

  const codes = await page.evaluate(async () => {
    const { minos } = globalThis as unknown as { minos: PageBridge };
    const first = (open: (listener: (m: { type: string; failure?: { code: string } }) => void) => void) =>
      new Promise((resolve) => {
        open(({ type, failure }) => {
          resolve(failure?.code ?? type);
        });
      });
    const asked = [
      await minos.call(1, 'no.such', {}),
      await minos.call(2, '__proto__', {}),
      await minos.call(3, 'contexts.select', { name: 1 }),
      await minos.call(4, 'contexts.select', { name: 'demo', more: true }),
      await minos.call(5, 'contexts.select', { name: 'x'.repeat(2_000_000) }),
    ].map(({ failure }) => failure?.code);
    return [
      ...asked,
      await first((listener) => minos.watch('constructor', {}, listener as (m: unknown) => void)),
      await first((listener) => minos.open('run', { nodes: [] }, listener as (m: unknown) => void)),
    ];
  });

  expect(codes).toEqual(['refused', 'refused', 'invalid', 'invalid', 'too-large', 'refused', 'invalid']);
});

test('gives no bridge to a sub-frame and leaves the page where it is', async ({ launch }) => {
  const running = await launch({ args: ['--demo'] });
  const { page } = running;

  const found = await page.evaluate(async () => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const inside = frame.contentWindow as unknown as Record<string, unknown>;
    return { bridge: inside['minos'] === undefined, require: inside['require'] === undefined };
  });
  await page.evaluate(() => {
    location.href = 'https://example.com/';
  });
  await page.evaluate(() => {
    window.open('https://example.com/');
  });

  expect(found).toEqual({ bridge: true, require: true });
  expect(page.url()).toBe(appUrl());
  expect(running.app.windows()).toHaveLength(1);
});

test('lets no key or certificate bytes cross the bridge', async ({ launch, home }) => {
  const simulator = await spawnSimulator({ args: ['--nodes', '3', '--endpoints', '1'], forSeconds: 60 });
  try {
    const path = join(home, 'config');
    writeFileSync(path, simulator.talosconfig, { mode: 0o600 });
    const { page } = await launch({ args: ['--talosconfig', path] });
    const minos = new MinosPage(page);
    await minos.open('Nodes');
    await expect(minos.nodeRows).toHaveCount(3);
    await minos.run('Version');
    await expect(minos.drawer).toContainText('3 nodes · 3 ok');

    const crossed = await page.evaluate(async (context) => {
      const { minos } = globalThis as unknown as { minos: PageBridge };
      const seen: unknown[] = [];
      for (const [name, params] of [
        ['config.state', {}],
        ['pool.state', { context }],
        ['nodes.state', { context }],
      ] as const) {
        await new Promise<void>((resolve) => {
          minos.watch(name, params, (message) => {
            seen.push(message);
            resolve();
          });
        });
      }
      return JSON.stringify([seen, document.documentElement.outerHTML]);
    }, simulator.clusters[0]!.name);

    const secrets = [...readFileSync(path, 'utf8').matchAll(/\b(?:ca|crt|key): ([A-Za-z0-9+/=]{40,})/g)].map(
      (m) => m[1]!,
    );
    expect(secrets).toHaveLength(3);
    for (const base64 of secrets) {
      const pemBody = Buffer.from(base64, 'base64').toString().split('\n')[1]!;
      expect(crossed).not.toContain(base64.slice(40, 100));
      expect(crossed).not.toContain(pemBody.slice(0, 40));
    }
  } finally {
    await simulator.close();
  }
});
