import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { trayView } from '../../main/app/tray/tray-model.ts';
import { whoCordoned } from '../../main/operations/health/rules/cordon-words.ts';
import { forgetQuestion } from '../../main/operations/talosconfigs/questions.ts';
import * as durations from '../../preload/contract/format/durations.ts';
import * as moments from '../../preload/contract/format/moments.ts';
import * as numbers from '../../preload/contract/format/numbers.ts';
import * as sizes from '../../preload/contract/format/sizes.ts';
import * as page from '../../renderer/lib/format.ts';

const ROOT = join(import.meta.dirname, '../..');
const AT_MS = Date.UTC(2026, 2, 3, 14, 2, 11);
const DAY_MS = 86_400_000;

afterEach(() => {
  moments.showTimesIn('local');
});

describe('what main and the page write', () => {
  it('is written by the same functions', () => {
    expect(page).toMatchObject({
      ...{ formatBytes: sizes.formatBytes, formatNumber: numbers.formatNumber, plural: numbers.plural },
      ...{ formatDuration: durations.formatDuration, formatSpan: durations.formatSpan, formatAgo: durations.formatAgo },
      ...{ formatDate: moments.formatDate, formatTime: moments.formatTime, formatMoment: moments.formatMoment },
    });
  });

  it('is written by nobody else: no other source makes a format of its own', () => {
    const sources = globSync(['main/**/*.ts', 'preload/**/*.ts', 'renderer/**/*.{ts,svelte}'], { cwd: ROOT });
    const own = sources
      .map((path) => path.replaceAll('\\', '/'))
      .filter((path) => !path.startsWith('preload/contract/format/') && !path.startsWith('main/simulator/'))
      .filter((path) =>
        /toLocale(?:Date|Time)?String|new Intl\.(?:Number|DateTime)Format/.test(readFileSync(join(ROOT, path), 'utf8')),
      );

    expect(own).toEqual([]);
  });
});

describe('times in sentences of main', () => {
  const cordoned = (): string =>
    whoCordoned({ name: 'w-1', cordonedByMinosMs: AT_MS } as Parameters<typeof whoCordoned>[0]).detail;
  const forgotten = (): string =>
    forgetQuestion('/a/config', [{ atMs: AT_MS } as Parameters<typeof forgetQuestion>[1][number]]).facts[1] ?? '';
  const tray = (nowMs: number): string => {
    const context = { id: 'a', name: 'a', isUsable: true, caFingerprints: [] };
    const attention = new Map([['a', { atMs: AT_MS, items: [], unknown: [], authorities: [] }]]);
    const known = { contexts: [context], selected: 'a', attention, fleet: [], nowMs };
    return trayView(known as unknown as Parameters<typeof trayView>[0]).clusters[0]?.label ?? '';
  };

  it.each([
    ['utc', 'plain', '3 Mar 2026, 14:02', '3 Mar 2026', '14:02'],
    ['utc', 'iso', '2026-03-03 14:02', '2026-03-03', '14:02'],
  ] as const)('are as the settings say: %s, %s', (zone, form, minute, date, hour) => {
    moments.showTimesIn(zone, form);

    expect(cordoned()).toContain(`Minos cordoned it at ${minute} for a deed.`);
    expect(forgotten()).toContain(`go back to ${date}.`);
    expect(tray(AT_MS + 5 * 60_000)).toBe(`a: nothing needs attention, as of ${hour}`);
    expect(tray(AT_MS + 2 * DAY_MS)).toBe(`a: nothing needs attention, as of ${minute}`);
  });

  it('are those of the computer until they are chosen', () => {
    const { TZ } = process.env;
    process.env['TZ'] = 'Pacific/Chatham';
    moments.showTimesIn('local');
    try {
      expect(cordoned()).toContain('Minos cordoned it at 4 Mar 2026, 03:47 for a deed.');
    } finally {
      if (TZ === undefined) delete process.env['TZ'];
      else process.env['TZ'] = TZ;
    }
  });
});
