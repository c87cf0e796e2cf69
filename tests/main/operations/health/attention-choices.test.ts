import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SettingsFile } from '../../../../main/files/settings.ts';
import { silentLog } from '../../../../main/lib/log.ts';
import { AttentionChoices } from '../../../../main/operations/health/attention-choices.ts';
import {
  AttentionNotices,
  type AttentionNotice,
  type AttentionNoticesOptions,
  type NoticedItems,
} from '../../../../main/operations/health/attention-notices.ts';
import type { AttentionItem } from '../../../../preload/contract/index.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'minos-attention-'))));
// What is remembered may still be written.
afterEach(() => rm(folder, { recursive: true, maxRetries: 10 }));

const AUTHORITY: Readonly<Record<string, readonly string[]>> = { red: ['aa'], 'red-again': ['aa'], blue: ['bb'] };

async function choices(clock: FakeClock): Promise<AttentionChoices> {
  const made = new AttentionChoices({
    settings: new SettingsFile(join(folder, 'settings.json')),
    ...{ clock, log: silentLog },
    context: (id) => ({ caFingerprints: AUTHORITY[id] ?? [] }),
  });
  await made.load();
  return made;
}

describe('a muted item', () => {
  it('is muted for its cluster under any name, until its date, also after a restart', async () => {
    const clock = new FakeClock();
    const untilMs = clock.now() + 60_000;
    await (await choices(clock)).mute('red', 'volume w-1', untilMs);

    const again = await choices(clock);
    const muted = (id: string): number | undefined =>
      again.mutedUntil({ caFingerprints: AUTHORITY[id]! }, 'volume w-1', clock.now());
    expect([muted('red'), muted('red-again'), muted('blue')]).toEqual([untilMs, untilMs, undefined]);
    clock.advance(60_000);
    expect(muted('red')).toBeUndefined();
  });

  it('is told again once it is unmuted', async () => {
    const clock = new FakeClock();
    const made = await choices(clock);
    await made.mute('red', 'clock', clock.now() + 60_000);
    await made.unmute('red-again', 'clock');
    expect(made.mutedUntil({ caFingerprints: ['aa'] }, 'clock', clock.now())).toBeUndefined();
  });
});

const item = (id: string, more: Partial<AttentionItem> = {}): AttentionItem => ({
  ...{ id, kind: 'node-down', severity: 'critical', title: `${id} is not reached`, detail: 'No route.' },
  ...{ sinceMs: 5, seenAtMs: 9 },
  ...more,
});

/** What is told of a cluster, and what a restart knows of it. */
function noticing(attention: AttentionNoticesOptions['attention'], clock: FakeClock) {
  const notices = new AttentionNotices({ attention, clock });
  const told: AttentionNotice[] = [];
  notices.show = (notice) => told.push(notice);
  const look = (items: readonly AttentionItem[], more: Partial<NoticedItems> = {}): void =>
    notices.look({ id: 'c', name: 'prod', authorities: ['aa'], isOn: true, items, ...more });
  return { told, look };
}

describe('notices of the desktop', () => {
  it('tell of a serious item once for as long as it lasts, only when they are on', async () => {
    const clock = new FakeClock();
    const { told, look } = noticing(await choices(clock), clock);
    look([item('cp-1')], { isOn: false });
    expect(told).toEqual([]);
    look([
      item('cp-1'),
      item('w-1', { severity: 'warning' }),
      item('w-2', { mutedUntilMs: 99 }),
      item('w-3', { stale: 'old' }),
    ]);
    look([item('cp-1')]);
    expect(told).toEqual([{ title: 'prod: cp-1 is not reached', body: 'No route.', context: 'c' }]);
  });

  it('tell of it again once it was away for two minutes, not when it flickers or nothing is known', async () => {
    const clock = new FakeClock();
    const { told, look } = noticing(await choices(clock), clock);
    look([item('cp-1')]);
    look([]);
    clock.advance(60_000);
    look([item('cp-1')]);
    look([item('endpoint-down all')]);
    clock.advance(600_000);
    look([item('endpoint-down all'), item('cp-1')]);
    expect(told).toHaveLength(2);
    look([]);
    clock.advance(120_000);
    look([]);
    look([item('cp-1')]);
    expect(told).toHaveLength(3);
  });

  it('do not tell again after a restart of what lasts, by the authority of its cluster', async () => {
    const clock = new FakeClock();
    noticing(await choices(clock), clock).look([item('cp-1')]);
    await expect.poll(async () => (await choices(clock)).told).toEqual([{ authorities: ['aa'], id: 'cp-1' }]);

    const again = noticing(await choices(clock), clock);
    again.look([]);
    clock.advance(30_000);
    again.look([item('cp-1')], { id: 'red-again' });
    expect(again.told).toEqual([]);
    again.look([item('cp-1')], { authorities: ['bb'] });
    expect(again.told).toHaveLength(1);
  });

  it('tell once a session of a cluster without an authority', async () => {
    const clock = new FakeClock();
    const made = await choices(clock);
    const { told, look } = noticing(made, clock);
    look([item('cp-1')], { authorities: [] });
    look([item('cp-1')], { authorities: [] });
    expect(told).toHaveLength(1);
    expect(made.told).toEqual([]);
  });

  it('tell of many in one, and hand the desktop no mark that acts', async () => {
    const clock = new FakeClock();
    const { told, look } = noticing(await choices(clock), clock);
    const items = ['a', 'b', 'c', 'd'].map((id) => item(`${id}\u202e`));
    look(items, { name: '<b>prod' });
    expect(told).toEqual([
      { title: 'bprod: 4 things need attention', body: 'The first one: a is not reached', context: 'c' },
    ]);
  });
});
