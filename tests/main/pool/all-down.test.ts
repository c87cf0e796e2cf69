import { expect, test } from 'vitest';
import { failure } from '../../../main/lib/failed.ts';
import { allDownOrRetryInMs } from '../../../main/pool/all-down.ts';
import type { EndpointState } from '../../../main/pool/endpoint.ts';

const gone = failure({ code: 'unreachable', message: 'gone.' });
const down = (sinceMs: number): EndpointState => ({
  phase: 'backing-off',
  sinceMs,
  untilMs: 99_999,
  attempt: 1,
  failure: gone,
});
const ejected = (fromMs: number): EndpointState => ({
  phase: 'ejected',
  sinceMs: 0,
  attempt: 1,
  failure: gone,
  step: { kind: 'waiting', untilMs: 99_999, fromMs },
});
const off: EndpointState = { phase: 'disabled', sinceMs: 0 };
const call = { startedAtMs: 5000, nowMs: 5200, retryNowMs: 1000 };

test.each<[string, EndpointState[], number | 'all-down']>([
  ['everything failed while the call waited', [down(5000), ejected(5100)], 'all-down'],
  ['one failed just before: wait until it may be tried again', [down(4900), down(5100)], 700],
  ['the soonest of several', [down(4900), ejected(4600)], 400],
  ['long ago: at once', [down(100)], 1],
  ['all switched off', [off], 'all-down'],
  ['none at all', [], 'all-down'],
])('%s', (_name, states, expected) => {
  expect(allDownOrRetryInMs(states, call)).toBe(expected);
});
