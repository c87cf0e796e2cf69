import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SettingsFile } from '../../../../main/files/settings.ts';
import { silentLog } from '../../../../main/lib/log.ts';
import { AttentionChoices } from '../../../../main/operations/health/attention-choices.ts';
import { AttentionNotices, type AttentionNotice } from '../../../../main/operations/health/attention-notices.ts';
import type { AttentionItem } from '../../../../preload/contract/index.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'minos-attention-'))));
afterEach(() => rm(folder, { recursive: true }));

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

describe('notices of the desktop', () => {
  it('tell of a serious item once for as long as it lasts, only when they are on', () => {
    const notices = new AttentionNotices();
    const told: AttentionNotice[] = [];
    notices.show = (notice) => told.push(notice);
    const look = (isOn: boolean, ...items: readonly AttentionItem[]): void =>
      notices.look({ id: 'c', name: 'prod', items, isOn });

    look(false, item('cp-1'));
    expect(told).toEqual([]);
    look(
      true,
      item('cp-1'),
      item('w-1', { severity: 'warning' }),
      item('w-2', { mutedUntilMs: 99 }),
      item('w-3', { stale: 'old' }),
    );
    look(true, item('cp-1'));
    expect(told).toEqual([{ title: 'prod: cp-1 is not reached', body: 'No route.', context: 'c' }]);
    look(true, item('cp-1', { sinceMs: 500 }));
    expect(told).toHaveLength(2);
  });

  it('tell of many in one, and hand the desktop no mark that acts', () => {
    const notices = new AttentionNotices();
    const told: AttentionNotice[] = [];
    notices.show = (notice) => told.push(notice);
    notices.look({
      id: 'c',
      name: '<b>prod',
      isOn: true,
      items: ['a', 'b', 'c', 'd'].map((id) => item(`${id}\u202e`)),
    });
    expect(told).toEqual([
      { title: 'bprod: 4 things need attention', body: 'The first one: a is not reached', context: 'c' },
    ]);
  });
});
