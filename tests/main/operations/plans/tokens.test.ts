import { describe, expect, it } from 'vitest';
import { Tokens } from '../../../../main/operations/plans/tokens.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';

const GONE = { failure: { code: 'not-found' } };
const MINUTE_MS = 60_000;
/** More than half of what the store holds, characters. */
const HEAVY = 100 * 1024 * 1024;

function make() {
  const clock = new FakeClock();
  const tokens = new Tokens(clock);
  const plans = tokens.shelf<string>({ what: 'This plan', hint: 'Plan again.', endsAtSleep: true });
  const found = tokens.shelf<string>({ what: 'This file' });
  return { clock, tokens, plans, found };
}

describe('a token', () => {
  it('is used once, also while it is being used', async () => {
    const { plans } = make();
    const token = plans.keep('a');
    const done = Promise.withResolvers<string>();
    const using = plans.use(token, () => done.promise);

    await expect(plans.use(token, () => Promise.resolve('twice'))).rejects.toMatchObject(GONE);
    done.resolve('once');

    expect(await using).toBe('once');
    await expect(plans.use(token, () => Promise.resolve('again'))).rejects.toMatchObject({
      failure: { message: 'This plan was used or is too old.', hint: 'Plan again.' },
    });
  });

  it('whose use failed may be used again, unless too much was done', async () => {
    const { plans } = make();
    const [harmless, begun] = [plans.keep('a'), plans.keep('b')];
    const fails = (): Promise<never> => Promise.reject(new Error('no'));
    for (const token of [harmless, begun]) {
      await expect(plans.use(token, fails, () => token === begun)).rejects.toThrow('no');
    }

    expect(await plans.use(harmless, (value) => Promise.resolve(value))).toBe('a');
    await expect(plans.use(begun, fails)).rejects.toMatchObject(GONE);
  });

  it('is unknown on another shelf', () => {
    const { plans, found } = make();
    const token = plans.keep('a');

    expect(found.find(token)).toBeUndefined();
    expect(() => found.get(token)).toThrow('This file was used or is too old.');
    expect(plans.get(token)).toBe('a');
  });

  it('of what is looked at again and again ends a quarter of an hour after the last look', () => {
    const { clock, tokens } = make();
    const opened = tokens.shelf<string>({ what: 'This config', isRenewed: true });
    const token = opened.keep('a');
    for (let looks = 0; looks < 4; looks++) {
      clock.advance(15 * MINUTE_MS);
      expect(opened.get(token)).toBe('a');
    }
    clock.advance(15 * MINUTE_MS + 1);
    expect(() => opened.get(token)).toThrow('This config was used or is too old.');
  });

  it('ends after a quarter of an hour', () => {
    const { clock, plans } = make();
    const token = plans.keep('a');
    clock.advance(15 * MINUTE_MS);
    expect(plans.get(token)).toBe('a');

    clock.advance(1);

    expect(() => plans.get(token)).toThrow('too old');
  });

  it('of a plan ends when the computer sleeps, and one of what was found does not', () => {
    const { clock, plans, found } = make();
    const [plan, file] = [plans.keep('a'), found.keep('b')];
    clock.sleep(1_000);
    expect(plans.get(plan)).toBe('a');

    clock.sleep(MINUTE_MS);

    expect(() => plans.get(plan)).toThrow('This plan is from before this computer slept.');
    expect(found.get(file)).toBe('b');
    expect(plans.get(plans.keep('after'))).toBe('after');
  });

  it('that is being used while everything is forgotten does not come back', async () => {
    const { tokens, plans } = make();
    const token = plans.keep('a');

    await expect(
      plans.use(token, () => {
        tokens.clear();
        return Promise.reject(new Error('no'));
      }),
    ).rejects.toThrow('no');

    expect(() => plans.get(token)).toThrow('was used');
  });
});

describe('the store', () => {
  it('keeps the last twenty of each kind', () => {
    const { plans, found } = make();
    const file = found.keep('b');
    const kept = Array.from({ length: 21 }, (_, n) => plans.keep(`${n}`));

    expect(kept.map((token) => plans.find(token) !== undefined)).toEqual([false, ...kept.slice(1).map(() => true)]);
    expect(found.get(file)).toBe('b');
  });

  it('above its weight lets go what was not looked at for longest, and never the newest', () => {
    const { plans, found } = make();
    const [first, second] = [found.keep('first', HEAVY / 2), found.keep('second', HEAVY / 2)];
    found.get(first);

    const third = plans.keep('third', HEAVY);
    expect([found.find(second), found.find(first), plans.find(third)]).toEqual([undefined, 'first', 'third']);

    const huge = plans.keep('huge', 3 * HEAVY);
    expect([found.find(first), plans.find(third), plans.find(huge)]).toEqual([undefined, undefined, 'huge']);
  });
});
