import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ContextSummary } from '../../../../preload/contract/index.ts';
import { SettingsFile } from '../../../../main/files/settings.ts';
import { silentLog } from '../../../../main/lib/log.ts';
import { Value } from '../../../../main/lib/observable.ts';
import { watchExpiry } from '../../../../main/operations/talosconfigs/expiry-watch.ts';
import { certificateOf, configOf, contextOf, PATH } from '../../../fakes/bridge/cluster-data.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let folder: string;
let clock: FakeClock;
let stops: (() => void)[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minos-expiry-'));
  clock = new FakeClock();
  stops = [];
});
afterEach(async () => {
  for (const stop of stops) stop();
  expect(clock.active).toBe(0);
  await rm(folder, { recursive: true });
});

const settingsPath = (): string => join(folder, 'settings.json');

const ending = (name: string, leftMs: number): ContextSummary =>
  contextOf(name, {
    certificate: { ...certificateOf(1), fingerprint: `of ${name}`, notAfterMs: clock.now() + leftMs },
  });

/** A start of Minos: what it told, and an order to wait until it has looked. */
function start(contexts: readonly ContextSummary[], demo = false, isTellingExpiry = true) {
  const base = configOf({ contexts: [] });
  const choice = demo ? { ...base.choice, reason: 'demo' as const } : base.choice;
  const state = new Value({ ...base, choice });
  const settings = new SettingsFile(settingsPath());
  const told: string[] = [];
  const chosen = new Value({ isTellingExpiry });
  const stop = watchExpiry({ state, settings, clock, log: silentLog, show: ({ title }) => told.push(title), chosen });
  stops.push(stop);
  const read = (now: readonly ContextSummary[]): void => state.set({ ...base, choice, contexts: now });
  read(contexts);
  return { told, stop, read, chosen };
}

/** Nothing tells that a look has found nothing, so looks are given time to end. */
const looked = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
};

describe('watching certificates end', () => {
  it('tells when the file is read, and once, also over restarts', async () => {
    const contexts = [ending('prod', 20 * DAY_MS), ending('lab', 200 * DAY_MS)];
    const first = start(contexts);
    await expect.poll(() => first.told).toEqual(['The certificate of prod ends in 20 days']);
    first.read([...contexts]);
    await looked();
    expect(first.told).toHaveLength(1);
    first.stop();
    expect((await new SettingsFile(settingsPath()).read()).expiryTold).toEqual([{ fingerprint: 'of prod', days: 30 }]);

    const again = start([...contexts, ending('new', 3 * DAY_MS)]);
    await expect.poll(() => again.told).toEqual(['The certificate of new ends in 3 days']);
  });

  it('looks every hour while Minos is open', async () => {
    const { told } = start([ending('prod', DAY_MS + HOUR_MS / 2)]);
    await expect.poll(() => told).toEqual(['The certificate of prod ends in 1 day']);
    clock.advance(HOUR_MS);
    await expect.poll(() => told).toContain('The certificate of prod ends in 23 hours');
    clock.advance(DAY_MS);
    await expect.poll(() => told).toContain('The certificate of prod has expired');
    expect(told).toHaveLength(3);
  });

  it('tells nothing while the user does not want it, and what is due as soon as they do', async () => {
    const { told, chosen } = start([ending('prod', 5 * DAY_MS)], false, false);
    await looked();
    expect(told).toEqual([]);

    chosen.set({ isTellingExpiry: true });

    await expect.poll(() => told).toHaveLength(1);
  });

  it('tells again of a renewed certificate, which is another one', async () => {
    const { told, read } = start([ending('prod', 5 * DAY_MS)]);
    await expect.poll(() => told).toHaveLength(1);
    read([contextOf('prod', { certificate: { ...certificateOf(1), notAfterMs: clock.now() + 2 * DAY_MS } })]);
    await expect.poll(() => told).toHaveLength(2);
  });

  it('tells nothing of the demo, but of files beside it', async () => {
    const { told } = start([ending('demo', DAY_MS), { ...ending('mine', 2 * DAY_MS), file: `${PATH}.other` }], true);
    await expect.poll(() => told).toEqual(['The certificate of mine ends in 2 days']);
  });

  it('tells once each session, and overwrites nothing, where settings cannot be read', async () => {
    await writeFile(settingsPath(), '{"version":99}');
    const contexts = [ending('prod', 5 * DAY_MS)];
    const { told, read } = start(contexts);
    await expect.poll(() => told).toHaveLength(1);
    read([...contexts]);
    await looked();
    expect(told).toHaveLength(1);
    await expect(new SettingsFile(settingsPath()).read()).rejects.toThrow('a newer Minos wrote');
  });
});
