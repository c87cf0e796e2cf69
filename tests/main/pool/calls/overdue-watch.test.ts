import { expect, test } from 'vitest';
import { OverdueWatch } from '../../../../main/pool/calls/overdue-watch.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';

/** A watch, and the moments at which the calls that wait are overdue. */
function watched(...waits: readonly number[]) {
  const clock = new FakeClock(0);
  const watch = new OverdueWatch(clock);
  const told: { ms: number; atMs: number }[] = [];
  const stops = waits.map((ms) => watch.wait(ms, () => told.push({ ms, atMs: clock.now() })));
  return { clock, watch, told, stops };
}

test('a call is overdue after its time, never before, and at most a tick and a half late', () => {
  const { clock, told } = watched(150, 400, 10);

  clock.advance(10_000);

  expect(told.map(({ ms }) => ms)).toEqual([10, 150, 400]);
  for (const { ms, atMs } of told) {
    expect(atMs).toBeGreaterThanOrEqual(ms);
    expect(atMs).toBeLessThanOrEqual(ms + 100);
  }
});

test('who waits no longer is told nothing, and nothing runs while nobody waits', () => {
  const { clock, told, stops } = watched(150, 150);
  stops[0]?.();

  clock.advance(1000);

  expect(told).toHaveLength(1);
  expect(clock.active).toBe(0);
});

test('a closed watch leaves no timer', () => {
  const { clock, watch, told } = watched(150);

  watch.close();
  clock.advance(1000);

  expect([told, clock.active]).toEqual([[], 0]);
});

test('a time in which this process stood still is one tick: the answer may be waiting to be read', () => {
  const ticks: (() => void)[] = [];
  const clock = {
    now: () => 0,
    monotonic: () => 0,
    after: (_ms: number, run: () => void) => (ticks.push(run), () => undefined),
  };
  let told = 0;
  new OverdueWatch(clock).wait(150, () => (told += 1));

  ticks.shift()?.(); // However late it comes.
  ticks.shift()?.();
  ticks.shift()?.();
  expect(told).toBe(0);

  ticks.shift()?.();
  expect(told).toBe(1);
});
