import { describe, expect, it } from 'vitest';
import { Foreground } from '../../../../main/operations/work/foreground.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';

describe('what works in the background', () => {
  it('takes every step while the user waits for nothing', () => {
    const isHeld = new Foreground().holding(new FakeClock());
    expect([isHeld(), isHeld()]).toEqual([false, false]);
  });

  it('leaves steps out while the user waits, until the last of all runs has ended', () => {
    const foreground = new Foreground();
    const clock = new FakeClock();
    const isHeld = foreground.holding(clock);
    isHeld();
    const [first, second] = [foreground.begin(), foreground.begin()];
    expect(isHeld()).toBe(true);
    first();
    first();
    expect([foreground.isBusy, isHeld()]).toEqual([true, true]);
    second();
    expect([foreground.isBusy, isHeld()]).toEqual([false, false]);
  });

  it('takes a step every two seconds, however long the user waits', () => {
    const foreground = new Foreground();
    const clock = new FakeClock();
    const isHeld = foreground.holding(clock);
    isHeld();
    foreground.begin();
    const steps = Array.from({ length: 24 }, () => {
      clock.advance(250);
      return isHeld();
    });
    expect(steps.flatMap((held, index) => (held ? [] : [index]))).toEqual([7, 15, 23]);
  });
});
