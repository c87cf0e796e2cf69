import { describe, expect, it } from 'vitest';
import type { Caller } from '../../../../main/operations/clusters/caller.ts';
import { NodeSampler } from '../../../../main/operations/samples/node-sampler.ts';
import { METRICS, type Sample } from '../../../../preload/contract/index.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';

const HOUR_MS = 3_600_000;
const EVERY_MS = 3_000;
const PROCESSORS = 4;

/** A node whose processors count one second a second, half of it busy, and this computer, whose clock can be set and which can sleep. */
function measured() {
  const clock = new FakeClock();
  const state = { setMs: 0, sleptMs: 0, isSeen: true, calls: 0 };
  const cpu = () => {
    const seconds = (PROCESSORS * (clock.monotonic() + state.sleptMs)) / 1000;
    const none = { nice: 0, system: 0, iowait: 0, irq: 0, soft_irq: 0, steal: 0, guest: 0, guest_nice: 0 };
    return { ...none, user: seconds / 2, idle: seconds / 2 };
  };
  const system = () => ({ boot_time: '1', cpu_total: cpu(), cpu: Array.from({ length: PROCESSORS }, cpu) });
  const unary = (path: string) => {
    state.calls += 1;
    return Promise.resolve({ value: { messages: path.endsWith('SystemStat') ? [system()] : [{}] } });
  };
  const sampler = new NodeSampler('cp-1', 0, {
    now: () => clock.now() + state.setMs + state.sleptMs,
    monotonic: clock.monotonic,
    after: clock.after,
  });
  const told: (Sample | { readonly byMs: number })[] = [];
  const stop = sampler.want({
    everyMs: EVERY_MS,
    caller: () => ({ unary }) as unknown as Caller,
    isSeen: () => state.isSeen,
    mark: () => undefined,
    onSample: (sample) => told.push(sample),
    onMoved: (byMs) => told.push({ byMs }),
    onMissing: () => undefined,
  });
  const next = async (): Promise<void> => {
    clock.advance(EVERY_MS);
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  const spans = () => sampler.ring.slice(0, 9).map(({ spanMs }) => spanMs);
  const steps = () => {
    const all = sampler.ring.slice(0, 9);
    return all.slice(1).map(({ atMs }, at) => atMs - all[at]!.atMs);
  };
  return { state, sampler, told, stop, next, spans, steps, clock };
}

describe('the clock of this computer', () => {
  it.each([HOUR_MS / 2, -HOUR_MS / 2, 200])(
    'set by %i ms makes no gap: what was measured before moves with it',
    async (byMs) => {
      const { state, told, next, stop, spans, steps, sampler, clock } = measured();
      await next();
      await next();
      state.setMs = byMs;
      await next();
      await next();
      // Each begins where the one before ended.
      expect(steps()).toEqual(spans().slice(1));
      expect(steps()).toHaveLength(3);
      expect(sampler.ring.lastAtMs).toBe(clock.now() + byMs);
      expect(told.filter((one) => 'byMs' in one)).toEqual([{ byMs }]);
      const cpu = METRICS.indexOf('cpu');
      expect(sampler.ring.slice(1, 9).map(({ values }) => values[cpu])).toEqual(
        sampler.ring.slice(1, 9).map(() => 0.5),
      );
      stop();
    },
  );

  it('that stood still because the computer slept leaves a gap, and no rate over the sleep', async () => {
    const { state, told, next, stop, spans, steps } = measured();
    await next();
    await next();
    state.sleptMs = HOUR_MS / 2;
    await next();
    expect(steps().at(-1)).toBe(EVERY_MS + HOUR_MS / 2);
    expect(spans().at(-1)).toBe(0);
    expect(told.filter((one) => 'byMs' in one)).toEqual([]);
    stop();
  });
});

it('a node is not asked while the window is hidden, and is again once it is seen', async () => {
  const { state, next, stop } = measured();
  await next();
  const { calls } = state;
  expect(calls).toBeGreaterThan(0);
  state.isSeen = false;
  for (let time = 0; time < 5; time += 1) await next();
  expect(state.calls).toBe(calls);
  state.isSeen = true;
  await next();
  expect(state.calls).toBeGreaterThan(calls);
  stop();
});
