import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { Failed } from '../../../../main/lib/failed.ts';
import type { UpdatesOptions } from '../../../../main/operations/updates/updates.ts';
import { again, clock, folder, packageOf, updatesOf } from './updates-harness.ts';

const DAY_MS = 24 * 60 * 60_000;

describe('a build that names no publisher, and one from source', () => {
  it.each<[string, Partial<UpdatesOptions>, string]>([
    ['no publisher', { release: undefined }, 'unnamed'],
    ['from source, though a publisher is named', { isPackaged: false }, 'source'],
  ])('asks nobody, however it is told to: %s', async (_what, options, way) => {
    const { updates, asked, load, pages, chosen } = updatesOf(options);
    chosen.set({ isLookingForUpdates: true });
    updates.start();
    clock.advance(3 * DAY_MS);

    for (const wish of [
      () => updates.look(),
      () => updates.fetch(),
      () => updates.install(),
      () => updates.showPage(),
    ]) {
      await expect(wish()).rejects.toThrow(Failed);
    }

    expect(updates.state.current).toEqual({ way, isLooking: false });
    expect([asked, load.mock.calls, pages, clock.active]).toEqual([[], [], [], 0]);
  });
});

describe('looking for a newer version', () => {
  it('is done when the user says so, tells what there is, and fetches nothing', async () => {
    const { updates, asked, load } = updatesOf();

    await updates.look();

    expect(updates.state.current).toEqual({
      ...{ way: 'install', isLooking: false, from: { publisher: ['Example'], host: 'example.org' } },
      ...{ lookedAtMs: clock.now(), newest: '1.2.0', offered: { version: '1.2.0', sizeBytes: 100 } },
    });
    expect(asked).toEqual(['https://example.org/minos/latest.yml']);
    expect(load).not.toHaveBeenCalled();
  });

  it('offers no older and no equal version, and says which one there is', async () => {
    const { updates, served } = updatesOf();
    for (const version of ['1.1.0', '1.0.9', '0.99.99']) {
      served.text = packageOf(version);
      again();
      await updates.look();
      expect(updates.state.current).toMatchObject({ newest: version });
      expect(updates.state.current.offered).toBeUndefined();
    }
  });

  it('offers a release to who has its pre-release', async () => {
    const { updates } = updatesOf({ version: '1.2.0-rc.1' });

    await updates.look();

    expect(updates.state.current.offered?.version).toBe('1.2.0');
  });

  it('that failed says why, and what was learned before stays as old as it is', async () => {
    const { updates, served } = updatesOf();
    await updates.look();
    const learnedAtMs = clock.now();
    served.text = '<html>';
    again();

    await updates.look();

    expect(updates.state.current).toMatchObject({
      ...{ lookedAtMs: learnedAtMs, newest: '1.2.0', offered: { version: '1.2.0' } },
      failure: { code: 'file-invalid' },
    });
  });

  it('is one question for all who want it at once, and for the next seconds', async () => {
    const { updates, asked } = updatesOf();

    await Promise.all([updates.look(), updates.look()]);
    await updates.look();
    expect(asked).toHaveLength(1);

    again();
    await updates.look();
    expect(asked).toHaveLength(2);
  });
});

describe('looking once a day', () => {
  const settle = (): Promise<unknown> => vi.waitFor(() => readFile(join(folder, 'updates.json'), 'utf8'));

  it('is off until the user wants it', async () => {
    const { updates, asked, chosen } = updatesOf();
    updates.start();
    clock.advance(5 * DAY_MS);
    expect(asked).toEqual([]);

    chosen.set({ isLookingForUpdates: true });
    clock.advance(20 * 60_000);
    await vi.waitFor(() => expect(asked).toHaveLength(1));
  });

  it('is once a day over restarts too, also when nobody answered', async () => {
    const first = updatesOf({ askHttps: () => Promise.reject(new Error('net::ERR_INTERNET_DISCONNECTED')) });
    first.chosen.set({ isLookingForUpdates: true });
    first.updates.start();
    clock.advance(20 * 60_000);
    await settle();
    await vi.waitFor(() => expect(first.updates.state.current.failure?.code).toBe('unreachable'));
    first.updates.close();

    const { updates, asked, chosen } = updatesOf();
    chosen.set({ isLookingForUpdates: true });
    updates.start();
    for (let hour = 0; hour < 22; hour += 1) {
      clock.advance(60 * 60_000);
      await new Promise(setImmediate);
    }
    expect(asked).toEqual([]);
    clock.advance(3 * 60 * 60_000);
    await vi.waitFor(() => expect(asked).toHaveLength(1));
  });

  it('asks nobody any more once Minos ends, also when it has just looked whether a day is over', async () => {
    let read: () => void = () => undefined;
    const { updates, asked, chosen } = updatesOf({
      looked: {
        read: () => new Promise((resolve) => (read = () => resolve(undefined))),
        write: () => Promise.resolve(),
      },
    });
    chosen.set({ isLookingForUpdates: true });
    updates.start();
    clock.advance(20 * 60_000);

    updates.close();
    read();

    await new Promise(setImmediate);
    expect(asked).toEqual([]);
  });

  it.each(['{"lookedAtMs":9999999999999}', '{"lookedAtMs":-1}', 'broken'])(
    'does not wait for years after a file that says %s',
    async (text) => {
      await writeFile(join(folder, 'updates.json'), text);
      const { updates, asked, chosen } = updatesOf();
      chosen.set({ isLookingForUpdates: true });
      updates.start();
      clock.advance(20 * 60_000);

      await vi.waitFor(() => expect(asked).toHaveLength(1));
    },
  );
});
