import { describe, expect, it } from 'vitest';
import { endingSoon, endingWords, expiryStage } from '../../../../renderer/features/contexts/expiry.ts';
import { certificateOf, contextOf, NOW_MS } from '../../../fakes/bridge/cluster-data.ts';

const DAY_MS = 86_400_000;

describe('the end of a certificate', () => {
  it.each([
    [31, undefined],
    [29.9, 30],
    [13.9, 14],
    [6.9, 7],
    [0.9, 1],
    [0, 'expired'],
    [-4, 'expired'],
  ])('in %d days is stage %s', (days, stage) => {
    expect(expiryStage(NOW_MS + days * DAY_MS, NOW_MS)).toBe(stage);
  });

  it('is told for all contexts together, the most urgent first', () => {
    const contexts = [
      contextOf('far', { certificate: certificateOf(300) }),
      contextOf('month', { certificate: certificateOf(20) }),
      contextOf('gone-1', { certificate: certificateOf(-3) }),
      contextOf('gone-2', { certificate: certificateOf(-30) }),
      contextOf('tomorrow', { certificate: certificateOf(0) }),
    ];

    const ending = endingSoon(contexts, NOW_MS);

    expect(ending.map(({ name }) => name)).toEqual(['gone-2', 'gone-1', 'tomorrow', 'month']);
    expect(endingWords(ending, NOW_MS)).toBe('2 certificates have expired, 1 ends within 1 day, 1 ends within 30 days');
  });
});
