import { describe, expect, it } from 'vitest';
import type { Pinged } from '../../../../../main/operations/clusters/caller.ts';
import { NodePulse, TICK_MS } from '../../../../../main/operations/work/watch/node-pulse.ts';
import { failureOf } from '../../../../fakes/bridge/fake-bridge.ts';

/** A pulse whose questions the test answers, and a clock that ticks. */
function setUp() {
  let nowMs = 1_000_000;
  let waitedMs = 0;
  const told: string[] = [];
  const questions: ((ping: Pinged) => void)[] = [];
  const pulse = new NodePulse({
    now: () => nowMs,
    ask: () => new Promise<Pinged>((resolve) => questions.push(resolve)),
    explain: (error) => failureOf('unreachable', String(error)),
    onSilent: (sinceMs, why) => told.push(`silent for ${nowMs - sinceMs} ${why?.message ?? ''}`.trim()),
    onAlive: () => told.push('alive'),
    onStuck: () => told.push('stuck'),
  });
  return {
    pulse,
    told,
    questions,
    /** Ticks; each question is answered after `answerMs`, if at all. */
    async pass(ms: number, answerMs = Infinity): Promise<void> {
      for (let passed = 0; passed < ms; passed += TICK_MS) {
        nowMs += TICK_MS;
        pulse.tick();
        const asked = questions.length;
        if (asked === 0 || answerMs === Infinity) continue;
        waitedMs += TICK_MS;
        if (waitedMs < answerMs) continue;
        waitedMs = 0;
        questions.shift()?.({ state: 'answered', durationMs: answerMs });
        await Promise.resolve();
        await Promise.resolve();
      }
    },
  };
}
const unreachable = (): Pinged => ({ state: 'unreachable', error: 'connection refused' as never });

describe('a node that is watched', () => {
  it('is not silent because its watch is quiet: it answers when it is asked', async () => {
    const { pulse, told, pass } = setUp();
    pulse.heard(5);

    await pass(60 * 60_000, 1);

    expect(told).toEqual([]);
  });

  it('is silent less than three seconds after it ceased to answer, since then', async () => {
    const { pulse, told, pass } = setUp();
    pulse.heard(5);

    await pass(2750);

    expect(told).toEqual(['silent for 2250']);
  });

  it('is asked once a second at most, and less often while it is silent', async () => {
    const { pulse, questions, pass } = setUp();
    pulse.heard(5);

    await pass(1000);
    expect(questions).toHaveLength(1);
    await pass(60_000);
    // The first one is still out.
    expect(questions).toHaveLength(1);
    questions[0]?.({ state: 'silent' });
    await Promise.resolve();
    await Promise.resolve();
    await pass(60_000);
    expect(questions).toHaveLength(2);
  });

  it('that brings something is not asked', async () => {
    const { pulse, questions, pass } = setUp();

    for (let second = 0; second < 60; second += 1) {
      pulse.heard();
      await pass(750);
    }

    expect(questions).toEqual([]);
  });

  it('may be as slow as it was when the watch began, and as in its last answers', async () => {
    const { pulse, told, pass } = setUp();
    pulse.heard(4000);

    await pass(60_000, 4000);

    expect(told).toEqual([]);
  });

  it('is silent in the end however slow it was', async () => {
    const { pulse, told, pass } = setUp();
    pulse.heard(60_000);

    await pass(15_000);

    expect(told[0]).toBe('silent for 15000');
  });

  it('is alive again with its next message', async () => {
    const { pulse, told, pass } = setUp();
    pulse.heard(5);
    await pass(3000);

    pulse.heard();

    expect(told).toEqual(['silent for 2250', 'alive']);
  });

  it('is given up on a way that stays silent', async () => {
    const { pulse, told, pass } = setUp();
    pulse.heard(5);

    await pass(5000);

    expect(told).toEqual(['silent for 2250', 'stuck']);
  });

  it('is watched another way at once when the endpoint says that it does not reach it', async () => {
    const { pulse, told, questions, pass } = setUp();
    pulse.heard(5);
    await pass(1000);

    questions[0]?.(unreachable());
    await Promise.resolve();
    await Promise.resolve();

    expect(told).toEqual(['stuck']);
  });

  it('is not alive because it answers while its watch does not stand', async () => {
    const { pulse, told, questions, pass } = setUp();
    pulse.heard(5);
    await pass(3000);
    pulse.begin();
    await pass(2000);

    questions.at(-1)?.({ state: 'answered', durationMs: 1 });
    await Promise.resolve();
    await Promise.resolve();

    expect(told).toEqual(['silent for 2250']);
  });

  it('that was never there is silent as soon as that is known', () => {
    const { pulse, told } = setUp();

    pulse.lost(failureOf('unreachable', 'cp-1 refused the connection.'));

    expect(told).toEqual(['silent for 0 cp-1 refused the connection.']);
  });

  it('whose watch broke is silent only if that lasts, and its silence has one beginning whatever the causes', async () => {
    const { pulse, told, pass } = setUp();
    pulse.heard(5);
    await pass(500);

    pulse.lost(failureOf('unreachable', 'first.'));
    expect(told).toEqual([]);
    await pass(2000);
    await pass(1000);
    pulse.lost(failureOf('unreachable', 'second.'));
    pulse.lost(failureOf('unreachable', 'second.'));

    expect(told).toEqual(['silent for 2250 first.', 'silent for 3500 second.']);
  });

  it('is asked at once when somebody looks again', async () => {
    const { pulse, questions, pass } = setUp();
    pulse.heard(5);

    pulse.look();
    await pass(TICK_MS);

    expect(questions).toHaveLength(1);
  });
});
