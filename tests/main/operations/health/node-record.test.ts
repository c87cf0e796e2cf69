import { describe, expect, it } from 'vitest';
import {
  answered,
  NEW_RECORD,
  notAnswered,
  shownState,
  STEADY_MS,
  type NodeRecord,
} from '../../../../main/operations/health/node-record.ts';
import { failureOf } from '../../../fakes/bridge/fake-bridge.ts';

type Event = readonly [atS: number, what: '+' | '-' | '?' | 'x'];
type Life = readonly [name: string, events: readonly Event[], atS: number, shown: readonly unknown[]];

const WHY = failureOf('unreachable', 'worker-1 does not answer.');
const STALE_MS = 30_000;

/** Events at seconds: `+` well, `-` unwell, `?` answered without a word, `x` not answered. */
function lived(...events: readonly Event[]): NodeRecord {
  return events.reduce<NodeRecord>((record, [atS, what]) => {
    if (what === 'x') return notAnswered(record, atS * 1000, WHY);
    return answered(record, atS * 1000, what === '?' ? undefined : what === '+');
  }, NEW_RECORD);
}

const shownAt = (record: NodeRecord, atS: number) => {
  const { state, sinceMs, isStale } = shownState(record, atS * 1000, STALE_MS);
  return [state, sinceMs === undefined ? undefined : sinceMs / 1000, isStale];
};

describe('the state of a node', () => {
  const LIVES: readonly Life[] = [
    ['is unknown before anybody asked', [], 0, ['unknown', undefined, true]],
    ['is well since it said so', [[5, '+']], 6, ['well', 5, false]],
    [
      'keeps its since while nothing changes',
      [
        [5, '+'],
        [9, '+'],
      ],
      10,
      ['well', 5, false],
    ],
    [
      'is unwell at once',
      [
        [5, '+'],
        [30, '-'],
      ],
      30,
      ['unwell', 30, false],
    ],
    ['is unknown where it answers and does not say', [[5, '?']], 6, ['unknown', undefined, false]],
    [
      'is not reached at once, since its first failure',
      [
        [5, '+'],
        [30, 'x'],
        [33, 'x'],
        [40, 'x'],
      ],
      41,
      ['not-reached', 30, false],
    ],
    [
      'is not reached where it never answered',
      [
        [5, 'x'],
        [9, 'x'],
      ],
      10,
      ['not-reached', 5, false],
    ],
    [
      'is well again after it was gone for long',
      [
        [5, '+'],
        [30, 'x'],
        [60, '+'],
      ],
      61,
      ['well', 60, false],
    ],
    [
      'is unstable when it comes back within ten seconds',
      [
        [5, '+'],
        [30, 'x'],
        [33, '+'],
      ],
      34,
      ['unstable', 30, false],
    ],
    [
      'stays unstable while it flips',
      [
        [5, '+'],
        [30, 'x'],
        [33, '+'],
        [40, 'x'],
        [49, '+'],
      ],
      50,
      ['unstable', 30, false],
    ],
    [
      'is steady once it has lasted ten seconds',
      [
        [5, '+'],
        [30, 'x'],
        [33, '+'],
      ],
      44,
      ['well', 33, false],
    ],
    [
      'is unstable too where it first answers without a word',
      [
        [5, '+'],
        [30, 'x'],
        [32, '?'],
        [33, '+'],
      ],
      34,
      ['unstable', 30, false],
    ],
    [
      'is as it says where it was silent before its first answer',
      [
        [5, 'x'],
        [7, '+'],
        [9, '-'],
      ],
      10,
      ['unwell', 9, false],
    ],
    ['is unknown once what is known is old', [[5, '+']], 36, ['unknown', 35, true]],
    ['is old as well when nobody has tried for long', [[5, 'x']], 36, ['unknown', 35, true]],
  ];
  it.each(LIVES)('%s', (_name, events, atS, expected) => {
    expect(shownAt(lived(...events), atS)).toEqual(expected);
  });

  it('is not lost to a failure that was found before its last answer', () => {
    const record = answered(NEW_RECORD, 10_000, true);
    expect(notAnswered(record, 9_000, WHY)).toBe(record);
  });

  it('forgets why it was not reached once it answers', () => {
    const record = lived([5, 'x'], [20, '+']);
    expect(record).not.toHaveProperty('failure');
    expect(record).not.toHaveProperty('notReachedSinceMs');
    expect(record.seenAtMs).toBe(20_000);
  });

  it('becomes steady again after a calm of its length', () => {
    const record = lived([5, '+'], [30, 'x'], [33, '+'], [60, '-']);
    expect(shownAt(record, 60 + STEADY_MS / 2000)[0]).toBe('unwell');
  });
});
