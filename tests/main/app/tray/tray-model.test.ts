import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ContextSummary, FleetRow } from '../../../../preload/contract/index.ts';
import { TRAY_ICON } from '../../../../main/app/tray/tray-icon.ts';
import { trayView, type LastTold, type TrayKnowledge } from '../../../../main/app/tray/tray-model.ts';
import { trayTemplate } from '../../../../main/app/tray/tray-template.ts';

const NOW = Date.UTC(2026, 10, 30, 12, 0, 0);
const DAY = 86_400_000;

const context = (name: string, daysLeft = 300, rest: Partial<ContextSummary> = {}): ContextSummary =>
  ({
    ...{ id: name, name, isUsable: true },
    certificate: { notBeforeMs: 0, notAfterMs: NOW + daysLeft * DAY + 3_600_000 },
    ...rest,
  }) as ContextSummary;

const looked = (count: number, ageMs = 0, unknown: readonly string[] = []): LastTold => ({
  ...{ context: 'x', unknown, authorities: [], isNotifying: false, atMs: NOW - ageMs },
  items: Array.from({ length: count }, (_one, index) => ({
    ...{ id: String(index), kind: 'service', severity: 'warning', title: '', detail: '' },
    ...{ sinceMs: 0, seenAtMs: 0 },
  })),
});

const row = (name: string, rest: Partial<FleetRow>): FleetRow =>
  ({
    ...{ context: name, name, file: '', isProduction: false, endpoints: [], talosVersions: [] },
    ...rest,
  }) as FleetRow;

const view = (known: Partial<TrayKnowledge>) =>
  trayView({ contexts: [], selected: undefined, attention: new Map(), fleet: [], nowMs: NOW, ...known });
const labels = (known: Partial<TrayKnowledge>): readonly string[] => view(known).clusters.map(({ label }) => label);

describe('the menu of the tray', () => {
  it('leads to a cluster, to the window and to the end, and has no empty parts', () => {
    const chosen: unknown[] = [];
    const choices = { open: (id?: string) => chosen.push(id), quit: () => chosen.push('quit') };
    const shown = view({ contexts: [context('a', 4)] });
    const items = trayTemplate(shown, choices);
    for (const { click } of items) (click as (() => void) | undefined)?.();

    expect(items.map(({ label, type }) => label ?? type)).toEqual([
      'a: not looked at',
      'separator',
      'Certificate of a ends in 4 days',
      'separator',
      'Open Minos',
      'Quit',
    ]);
    expect(chosen).toEqual(['a', 'a', undefined, 'quit']);
    expect(trayTemplate(view({}), choices).map(({ label }) => label)).toEqual(['Open Minos', 'Quit']);
  });
});

describe('the tray', () => {
  it('has the cluster in use first, and says of each only what is known', () => {
    const contexts = ['a', 'b', 'c', 'd', 'e'].map((name) => context(name));
    const attention = new Map([
      ['b', looked(2)],
      ['c', looked(0)],
    ]);
    const fleet = [row('d', { state: 'down', atMs: NOW - 2 * DAY }), row('e', { state: 'unchecked' })];

    expect(labels({ contexts, selected: 'c', attention, fleet })).toEqual([
      'c: nothing needs attention',
      'a: not looked at',
      'b: 2 things need attention',
      expect.stringMatching(/^d: no endpoint answered, as of 28 Nov 2026, \d\d:00$/) as string,
      'e: not looked at',
    ]);
  });

  it('dates what is old, takes what is newer, and never calls well what is known in part', () => {
    const contexts = [context('a')];
    const fleet = [row('a', { state: 'attention', attention: { count: 1 }, atMs: NOW - 1000 })];

    expect(labels({ contexts, attention: new Map([['a', looked(0, 120_000)]]) })[0]).toMatch(
      /^a: nothing needs attention, as of \d\d:58$/,
    );
    expect(labels({ contexts, fleet, attention: new Map([['a', looked(0, 120_000)]]) })).toEqual([
      'a: 1 thing needs attention',
    ]);
    expect(labels({ contexts, attention: new Map([['a', looked(0, 0, ['etcd was not read.'])]]) })).toEqual([
      'a: not everything is known',
    ]);
    expect(labels({ contexts: [context('a', 300, { isUsable: false })] })).toEqual(['a: cannot be used']);
  });

  it('tells nothing of another cluster that had the name', () => {
    const attention = new Map([['a', { ...looked(0), authorities: ['of-before'] }]]);
    const said = (...caFingerprints: readonly string[]): unknown =>
      labels({ contexts: [context('a', 300, { caFingerprints })], attention })[0];

    expect(said('of-now')).toBe('a: not looked at');
    expect(said('of-before', 'of-now')).toBe('a: nothing needs attention');
  });

  it('says of a look that failed, also while it is looked at again, that it failed', () => {
    const failure = { code: 'timeout', message: '' } as NonNullable<FleetRow['failure']>;
    const down = { failure, nodes: { up: 0, asked: 1, known: 1 }, attention: { count: 0 }, atMs: NOW };
    const said = (rest: Partial<FleetRow>): unknown => labels({ contexts: [context('a')], fleet: [row('a', rest)] })[0];

    expect(said({ ...down, state: 'checking' })).toBe('a: no endpoint answered');
    expect(said({ state: 'unusable', failure, atMs: NOW })).toBe('a: could not be looked at');
    expect(said({ state: 'checking', failure, atMs: NOW })).toBe('a: could not be looked at');
    expect(said({ state: 'checking', attention: { count: 0 }, atMs: NOW })).toBe('a: nothing needs attention');
    expect(said({ state: 'checking', atMs: NOW })).toBe('a: not everything is known');
  });

  it('does not count what is muted, until that is over, also where nobody looks any more', () => {
    const said = (mutedUntilMs: number): unknown => {
      const items = looked(1).items.map((item) => ({ ...item, mutedUntilMs }));
      return labels({ contexts: [context('a')], attention: new Map([['a', { ...looked(1), items }]]) })[0];
    };
    expect([said(NOW + 1), said(NOW)]).toEqual(['a: nothing needs attention', 'a: 1 thing needs attention']);
  });

  it('tells of certificates that end, the nearest first', () => {
    const contexts = [context('far'), context('soon', 4), context('gone', -3), context('today', 0)];
    expect(view({ contexts }).certificates).toEqual([
      { label: 'Certificate of gone has expired', context: 'gone' },
      { label: 'Certificate of today ends in 1 hour', context: 'today' },
      { label: 'Certificate of soon ends in 4 days', context: 'soon' },
    ]);
  });

  it('bounds lists and names, and writes out signs that act', () => {
    const contexts = Array.from({ length: 14 }, (_one, index) => context(`${index}\u202e&${'x'.repeat(200)}`));
    const found = labels({ contexts });

    expect(found).toHaveLength(11);
    expect(found[10]).toBe('4 more in Fleet');
    const [first] = trayTemplate(view({ contexts }), { open: () => undefined, quit: () => undefined });
    expect(found[0]).not.toContain('&&');
    expect(first?.label).toContain('&&');
    expect(found[0]).not.toContain('\u202e');
    expect(Math.max(...found.map(({ length }) => length))).toBeLessThan(100);
  });

  it('has the sign of the app', () => {
    const bytes = readFileSync(new URL('../../../../main/app/icons/16x16.png', import.meta.url));
    expect(TRAY_ICON).toBe(`data:image/png;base64,${bytes.toString('base64')}`);
  });
});
