import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { pause } from '../../../main/lib/pause.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

/** A pause of a second, whether it is over, and what ends it early. */
function setUp(): {
  readonly clock: FakeClock;
  readonly stop: AbortController;
  readonly isOver: () => Promise<boolean>;
  readonly goOn: () => void;
} {
  const clock = new FakeClock();
  const stop = new AbortController();
  let over = false;
  let early = (): void => undefined;
  void pause(clock, 1000, stop.signal, (goOn) => (early = goOn)).then(() => (over = true));
  const isOver = async (): Promise<boolean> => {
    await new Promise((resolve) => setImmediate(resolve));
    return over;
  };
  return { clock, stop, isOver, goOn: () => early() };
}

describe('a pause', () => {
  it('is over after its time, and not before', async () => {
    const { clock, isOver } = setUp();
    clock.advance(999);
    expect(await isOver()).toBe(false);
    clock.advance(1);
    expect(await isOver()).toBe(true);
  });

  it.each(['the signal', 'whoever was told'] as const)(
    'is ended early by %s, and leaves nothing behind',
    async (by) => {
      const { clock, stop, isOver, goOn } = setUp();
      if (by === 'the signal') stop.abort();
      else goOn();
      expect(await isOver()).toBe(true);
      expect(clock.active).toBe(0);
      expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
    },
  );

  it('is none when its signal has aborted already', async () => {
    const clock = new FakeClock();
    await pause(clock, 1000, AbortSignal.abort(), () => expect.unreachable('nothing waits'));
    expect(clock.active).toBe(0);
  });
});
