import { describe, expect, it } from 'vitest';
import type { ContextSummary } from '../../../../preload/contract/index.ts';
import { dueNotices, noticeTexts } from '../../../../main/operations/talosconfigs/expiry-notices.ts';
import { certificateOf, contextOf } from '../../../fakes/bridge/cluster-data.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOW_MS = Date.UTC(2026, 2, 3, 12);

const ending = (name: string, leftMs: number, roles?: readonly string[]): ContextSummary =>
  contextOf(name, {
    certificate: { ...certificateOf(1, roles), fingerprint: `of ${name}`, notAfterMs: NOW_MS + leftMs },
  });

const none = new Map<string, number>();
const daysOf = (leftMs: number, told: ReadonlyMap<string, number> = none): number | undefined =>
  dueNotices([ending('a', leftMs)], told, NOW_MS)[0]?.days;

describe('what is told of a certificate', () => {
  it.each([
    [31 * DAY_MS, undefined],
    [30 * DAY_MS, undefined],
    [30 * DAY_MS - 1, 30],
    [14 * DAY_MS, 30],
    [14 * DAY_MS - 1, 14],
    [7 * DAY_MS - 1, 7],
    [DAY_MS, 7],
    [DAY_MS - 1, 1],
    [1, 1],
    [0, 0],
    [-400 * DAY_MS, 0],
  ])('with %i ms left is the nearest threshold it has passed', (leftMs, days) => {
    expect(daysOf(leftMs)).toBe(days);
  });

  it('is each threshold once, whatever the clock does', () => {
    const told = new Map<string, number>();
    const heard: number[] = [];
    for (let leftMs = 40 * DAY_MS; leftMs > -3 * DAY_MS; leftMs -= 6 * HOUR_MS) {
      for (const back of [0, 20 * DAY_MS]) {
        for (const { fingerprint, days } of dueNotices([ending('a', leftMs + back)], told, NOW_MS)) {
          heard.push(days);
          told.set(fingerprint, days);
        }
      }
    }
    expect(heard).toEqual([30, 14, 7, 1, 0]);
  });

  it('is not what lay further away when it is seen late', () => {
    const told = new Map([['of a', 7]]);
    expect(daysOf(20 * DAY_MS, told)).toBeUndefined();
    expect(daysOf(5 * DAY_MS, told)).toBeUndefined();
    expect(daysOf(HOUR_MS, told)).toBe(1);
  });

  it('is nothing of a context without one, and is told once for contexts that share it', () => {
    const shared = ending('a', 5 * DAY_MS);
    const { certificate: _none, ...without } = contextOf('b');
    const due = dueNotices([shared, without, { ...shared, id: 'c', name: 'c' }], none, NOW_MS);
    expect(due.map(({ days, contexts }) => [days, contexts.map(({ id }) => id)])).toEqual([[7, ['a', 'c']]]);
    expect(noticeTexts(due, NOW_MS).map(({ title }) => title)).toEqual([
      'The certificate of a and 1 other context ends in 5 days',
    ]);
  });
});

describe('the words of a notice', () => {
  const one = (context: ContextSummary) => noticeTexts(dueNotices([context], none, NOW_MS), NOW_MS)[0]!;

  it('say whose certificate ends when and what can be done', () => {
    expect(one(ending('prod-fra', 6 * DAY_MS + HOUR_MS))).toEqual({
      title: 'The certificate of prod-fra ends in 6 days',
      body: expect.stringMatching(
        /^It is valid until 9 Mar 2026, \d\d:00\. Minos can renew it until then\.$/,
      ) as string,
      context: 'prod-fra',
    });
    expect(one(ending('lab', 6 * DAY_MS, ['os:reader'])).body).toContain('ask somebody with os:admin');
    expect(one(ending('lab', -DAY_MS))).toMatchObject({
      title: 'The certificate of lab has expired',
      body: expect.stringMatching(/^It ended on 2 Mar 2026, .*cannot renew itself/) as string,
    });
  });

  it.each([
    [DAY_MS + 1, 'ends in 1 day'],
    [5 * HOUR_MS, 'ends in 5 hours'],
    [HOUR_MS, 'ends in 1 hour'],
    [HOUR_MS - 1, 'ends within the hour'],
  ])('count down: %i ms', (leftMs, words) => {
    expect(one(ending('lab', leftMs)).title).toBe(`The certificate of lab ${words}`);
  });

  it('are one notice when more than three are due, the most urgent first', () => {
    const many = [20, 9, -1, 3].map((days) => ending(`c${days}`, days * DAY_MS));
    const texts = noticeTexts(dueNotices(many, none, NOW_MS), NOW_MS);
    expect(texts).toEqual([
      {
        title: '1 of 4 certificates that need you have expired',
        body: expect.stringMatching(/^The first one is that of c-1: it ended on 2 Mar 2026/) as string,
        context: 'c-1',
      },
    ]);
  });

  it('leave out of a name what a desktop could read as marks or turn around', () => {
    const name = `<a href="x">\u202Eevil\u0007\n${'x'.repeat(200)}`;
    const { title, context } = one(ending(name, 5 * DAY_MS));
    expect(title).toMatch(/^The certificate of a href="x"evilx{46}… ends in 5 days$/);
    expect(context).toBe(name);
    expect(one(ending('', 5 * DAY_MS)).title).toContain('of a context without a name');
  });
});
