import { describe, expect, it } from 'vitest';
import type { Caller } from '../../../../../main/operations/clusters/caller.ts';
import { CheckUnmet, type Check } from '../../../../../main/operations/checks/client/check.ts';
import { runChecks } from '../../../../../main/operations/checks/client/run-checks.ts';
import { Steps } from '../../../../../main/operations/checks/steps.ts';
import type { CheckStep } from '../../../../../preload/contract/index.ts';
import { FakeClock } from '../../../../fakes/fake-clock.ts';

const explain: Pick<Caller, 'explain'> = {
  explain: (error) => ({
    code: 'internal',
    message: error instanceof Error ? error.message : '?',
    retry: 'never',
    traceId: '',
  }),
};

/** Checks that are tried on a clock of the test's own. */
function bench(checks: readonly Check[], forMs = 60_000, clock = new FakeClock()) {
  const stop = new AbortController();
  const steps = new Steps([], clock.now);
  const trying = {
    tools: { connection: explain as Caller, target: 'cp-1', nodes: [] },
    clock,
    untilMs: clock.monotonic() + forMs,
    signal: stop.signal,
  };
  const run = runChecks(checks, trying, steps);
  const told: string[] = [];
  const done = (async () => {
    for (;;) {
      const next = await run.next();
      if (next.done === true) return next.value;
      told.push(words(next.value));
    }
  })();
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };
  return { clock, stop, told, done, settle };
}

const words = ({ name, state, text = '' }: CheckStep): string => `${name.slice(0, 4)} ${state} ${text}`.trim();

const check = (name: Check['name'], assert: Check['assert'], intervalMs = 5_000): Check => ({
  name,
  intervalMs,
  assert,
});

describe('the checks of a health check from here', () => {
  it('are tried every interval until they pass, one after another', async () => {
    let tries = 0;
    const { clock, told, done, settle } = bench([
      check('etcd to be healthy', async () => {
        tries += 1;
        if (tries < 3) throw new CheckUnmet(`try ${tries}`);
        return 'ok';
      }),
      check('apid to be ready', async () => 'skipped'),
    ]);
    await settle();
    expect(tries).toBe(1);
    clock.advance(4_999);
    await settle();
    expect(tries).toBe(1);
    clock.advance(1);
    await settle();
    expect(tries).toBe(2);
    clock.advance(5_000);

    expect(await done).toBe(true);
    expect(told).toEqual([
      'etcd running',
      'etcd running try 1',
      'etcd running try 2',
      'etcd ok',
      'apid running',
      'apid skipped',
    ]);
    expect(clock.active).toBe(0);
  });

  it('end with the one that is tried when the time is over, with the last that it said', async () => {
    const { clock, told, done, settle } = bench(
      [
        check('etcd to be healthy', async () => Promise.reject(new CheckUnmet('no leader'))),
        check('apid to be ready', async () => 'ok'),
      ],
      12_000,
    );
    for (let second = 0; second < 13; second += 1) {
      await settle();
      clock.advance(1_000);
    }

    expect(await done).toBe(false);
    expect(told).toEqual(['etcd running', 'etcd running no leader', 'etcd failed no leader']);
  });

  it('end with it also where the timer rings a little early', async () => {
    let tries = 0;
    const early = new FakeClock();
    const { after } = early;
    early.after = (delayMs, run) => after(Math.floor(delayMs), run);
    const noLeader = check('etcd to be healthy', async () => {
      tries += 1;
      throw new CheckUnmet(tries === 1 ? 'no leader' : 'no time');
    });
    const { clock, told, done, settle } = bench([noLeader], 2_000.6, early);
    for (let second = 0; second < 3; second += 1) {
      await settle();
      clock.advance(1_000);
    }

    expect(await done).toBe(false);
    expect(told).toEqual(['etcd running', 'etcd running no leader', 'etcd failed no leader']);
  });

  it('cut a try that takes longer than the interval', async () => {
    let tries = 0;
    const { clock, told, done, settle } = bench([
      check('etcd to be healthy', ({ signal }) => {
        tries += 1;
        if (tries > 1) return Promise.resolve('ok');
        return new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError'))),
        );
      }),
    ]);
    await settle();
    clock.advance(5_000);
    await settle();

    expect(await done).toBe(true);
    expect(told).toEqual(['etcd running', 'etcd running context deadline exceeded', 'etcd ok']);
  });

  it('tell no more of what is missing than can be shown', async () => {
    const missing = 'x'.repeat(50_000);
    const { clock, told, done, settle } = bench(
      [check('etcd to be healthy', async () => Promise.reject(new CheckUnmet(missing)))],
      1_000,
    );
    await settle();
    clock.advance(1_000);

    expect(await done).toBe(false);
    expect(told.map((text) => text.length)).toEqual([12, 4_014, 4_013]);
  });

  it('end at once when they are cancelled, and leave no timer behind', async () => {
    const { clock, stop, done, settle } = bench([
      check('etcd to be healthy', async () => Promise.reject(new CheckUnmet('no leader'))),
    ]);
    await settle();
    stop.abort();

    await expect(done).rejects.toThrow('aborted');
    expect(clock.active).toBe(0);
  });
});
