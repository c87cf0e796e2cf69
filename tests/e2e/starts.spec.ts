import { appUrl, expect, test } from './support/fixture.ts';

test('opens one window of Minos', async ({ launch }) => {
  const { app, page } = await launch({ args: ['--demo'] });

  await expect(page).toHaveTitle(/Minos/);
  expect(page.url()).toBe(appUrl());
  expect(app.windows()).toHaveLength(1);
});

test('gives the page the bridge and nothing else of Node or Electron', async ({ launch }) => {
  const { page } = await launch({ args: ['--demo'] });

  const found = await page.evaluate(() => {
    const global = globalThis as unknown as Record<string, object>;
    return {
      bridge: Object.keys(global['minos'] ?? {}).sort(),
      isFrozen: Object.isFrozen(global['minos']),
      others: ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer'].filter((name) => name in global),
    };
  });

  expect(found).toEqual({ bridge: ['call', 'cancel', 'drop', 'open', 'watch'], isFrozen: true, others: [] });
});

test('answers a call of the page', async ({ launch }) => {
  const { page } = await launch({ args: ['--demo'] });

  const outcome = await page.evaluate(() => {
    const { minos } = globalThis as unknown as { minos: { call(...args: unknown[]): Promise<unknown> } };
    return minos.call(1_000_001, 'no.such.call', {});
  });

  expect(outcome).toMatchObject({ ok: false });
});
