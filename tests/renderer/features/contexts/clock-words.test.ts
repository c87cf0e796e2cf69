import { describe, expect, it } from 'vitest';
import { clockFact, skewWarning, validityWarnings } from '../../../../renderer/features/contexts/clock-words.ts';
import type { ClockState } from '../../../../preload/contract/index.ts';
import { failureOf } from '../../../fakes/bridge/fake-bridge.ts';
import { certificateOf, NOW_MS } from '../../../fakes/bridge/cluster-data.ts';

const state = (...aheadMs: readonly number[]): ClockState => ({
  context: 'prod-fra',
  status: 'known',
  clocks: aheadMs.map((ahead, index) => ({ node: `cp-${index + 1}`, aheadMs: ahead, errorMs: 8, atMs: NOW_MS })),
});

describe('the fact about clocks', () => {
  it('says what is known, what is not, and why', () => {
    expect(clockFact(undefined, false)).toBe('not measured: this window works on another context');
    expect(clockFact(undefined, true)).toBe('being measured');
    expect(clockFact({ context: 'a', status: 'unknown', clocks: [] }, true)).toBe('not known');
    const failure = failureOf('denied', 'os:etcd:backup may not ask.');
    expect(clockFact({ context: 'a', status: 'unknown', clocks: [], failure }, true)).toBe(
      'not known: os:etcd:backup may not ask.',
    );
    expect(clockFact(state(3, -200, 999), true)).toBe("cp-1, cp-2 and cp-3: as this computer's");
    expect(clockFact(state(3, -130_000), true)).toBe("cp-2 is 2 min 10 s behind\ncp-1: as this computer's");
  });
});

describe('the warning about clocks', () => {
  it('comes above a minute, beyond what the measurement may be wrong', () => {
    expect(skewWarning(state(60_000, -60_000))).toBeUndefined();
    expect(skewWarning(state(60_007))).toBeUndefined();
    expect(skewWarning(state(60_009))?.title).toBe("The clock of cp-1 is 1 min ahead of this computer's");
    expect(skewWarning(state(0, -180_000))?.title).toBe("The clock of cp-2 is 3 min behind this computer's");
    expect(skewWarning(undefined)).toBeUndefined();
  });

  it('suspects this computer when the nodes agree', () => {
    expect(skewWarning(state(180_000, 180_400))?.text).toContain("probably this computer's clock");
    expect(skewWarning(state(180_000, 0))?.text).toContain('Set the one that is wrong');
    expect(skewWarning(state(180_000))?.text).toContain('Set the one that is wrong');
  });
});

describe('the validity of a certificate by the clocks of the nodes', () => {
  const certificate = { ...certificateOf(1), notBeforeMs: NOW_MS - 1000, notAfterMs: NOW_MS + 5000 };
  const said = (aheadMs: number, nowMs = NOW_MS): string => validityWarnings(certificate, state(aheadMs), nowMs).join();

  it('is said where it differs from here', () => {
    expect(said(0)).toBe('');
    expect(said(-2000)).toContain('By the clock of cp-1 it begins only at');
    expect(said(6000)).toContain('it has ended already');
    expect(said(-6000, NOW_MS + 7000)).toContain('it is valid now');
  });
});
