import { expect, test } from 'vitest';
import { LensKept } from '../../../../main/operations/lens/lens-kept.ts';
import type { LensItem } from '../../../../preload/contract/index.ts';

const lines = (source: number, ...all: string[]): LensItem => ({
  type: 'lines',
  source,
  text: all.join('\n'),
  count: all.length,
  atMs: 1,
});

function all(kept: LensKept): LensItem[] {
  const items: LensItem[] = [];
  for (let item = kept.take(); item !== undefined; item = kept.take()) items.push(item);
  return items;
}

test('lines of one source that wait are one item; what lies between keeps its place', () => {
  const kept = new LensKept(1000);
  kept.put(lines(0, 'a'));
  kept.put(lines(1, 'x'));
  kept.put({ ...lines(0, 'b', 'c'), cut: [1] } as LensItem);
  kept.put({ type: 'gap', source: 0, atMs: 1, from: 'a', to: 'b', gapMs: 1, missing: 'unknown' });
  kept.put(lines(0, 'd'));
  expect(all(kept)).toMatchObject([
    { source: 0, text: 'a\nb\nc', count: 3, cut: [2] },
    { source: 1, text: 'x', count: 1 },
    { type: 'gap' },
    { source: 0, text: 'd', count: 1 },
  ]);
  expect(kept.weight).toBe(0);
});

test('when too much waits the oldest lines go, and marks count every one of them', () => {
  let seed = 3;
  const random = (below: number): number => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) % below;
  const kept = new LensKept(20_000);
  let sent = 0;
  const got: LensItem[] = [];
  for (let turn = 0; turn < 3000; turn += 1) {
    const count = 1 + random(20);
    sent += count;
    kept.put(lines(random(5), ...Array.from({ length: count }, () => 'x'.repeat(random(300)))));
    if (random(10) === 0) kept.put({ type: 'state', source: random(5), state: 'connecting', sinceMs: 1 });
    if (random(40) === 0) {
      const item = kept.take();
      if (item !== undefined) got.push(item);
    }
    expect(kept.weight).toBeLessThanOrEqual(20_000);
  }
  got.push(...all(kept));
  const counted = got.reduce((sum, item) => sum + ('count' in item ? item.count : 0), 0);
  expect(counted).toBe(sent);
  expect(got.some(({ type }) => type === 'dropped')).toBe(true);
  for (const item of got) if (item.type === 'lines') expect(item.text.split('\n')).toHaveLength(item.count);
});

test('of the states of a source that wait only the newest is told', () => {
  const kept = new LensKept(1000);
  const state = (source: number, sinceMs: number): LensItem => ({
    type: 'state',
    source,
    state: 'connecting',
    sinceMs,
  });
  for (let sinceMs = 0; sinceMs < 1000; sinceMs += 1) kept.put(state(sinceMs % 2, sinceMs));
  expect(all(kept)).toEqual([state(0, 998), state(1, 999)]);
  kept.put(state(0, 1000));
  expect(all(kept)).toEqual([state(0, 1000)]);
});

test('events weigh what their texts weigh', () => {
  const kept = new LensKept(20_000);
  const event = { id: '', actor: '', kind: 'service', subject: 'etcd', action: '', isError: false } as const;
  for (let turn = 0; turn < 10; turn += 1)
    kept.put({ type: 'events', source: 0, atMs: 1, events: [{ ...event, message: 'x'.repeat(4000) }] });
  const items = all(kept);
  expect(items[0]).toMatchObject({ type: 'dropped' });
  expect(items.reduce((sum, item) => sum + (item.type === 'events' ? item.events.length : 0), 0)).toBeLessThan(6);
});
