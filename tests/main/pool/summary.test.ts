import { expect, test } from 'vitest';
import { failure } from '../../../main/lib/failed.ts';
import type { EndpointState } from '../../../main/pool/endpoint.ts';
import { hintsOf, summaryOf } from '../../../main/pool/summary.ts';

const gone = failure({ code: 'unreachable', message: 'gone.' });
const idle: EndpointState = { phase: 'idle', sinceMs: 0 };
const connecting: EndpointState = { phase: 'connecting', sinceMs: 0, attempt: 0 };
const ready: EndpointState = { phase: 'ready', sinceMs: 0, attempt: 0, proven: true };
const down: EndpointState = { phase: 'backing-off', sinceMs: 0, untilMs: 1, attempt: 1, failure: gone };
const ejected: EndpointState = { phase: 'ejected', sinceMs: 0, attempt: 1, failure: gone, step: { kind: 'probing' } };
const off: EndpointState = { phase: 'disabled', sinceMs: 0 };

test.each<[string, EndpointState[]]>([
  ['idle', [idle, idle]],
  ['idle', [idle, off]],
  ['connecting', [connecting, idle]],
  ['connecting', [down, connecting]],
  ['ready', [ready, ready]],
  ['ready', [ready, connecting]],
  ['ready', [ready, off]],
  ['degraded', [ready, down]],
  ['degraded', [ready, ejected]],
  ['all-down', [down, down]],
  ['all-down', [down, { ...connecting, attempt: 3 }]],
  ['all-down', [{ ...ready, attempt: 1, proven: false }]],
  ['degraded', [ready, { ...connecting, attempt: 1 }]],
  ['all-down', [down, off]],
  ['all-down', [off]],
  ['all-down', []],
])('%s', (summary, states) => {
  expect(summaryOf(states)).toBe(summary);
});

test('hints at a single endpoint and at two that lead to the same server', () => {
  const peer = { subject: 'O=a', issuer: 'O=ca', notBeforeMs: 1, notAfterMs: 2, names: ['10.0.0.1', '10.0.0.100'] };
  const other = { ...peer, names: ['10.0.0.2'] };

  expect(hintsOf([{ endpoint: 'a', peer }])).toHaveLength(1);
  expect(
    hintsOf([
      { endpoint: 'a', peer },
      { endpoint: 'b', peer: other },
    ]),
  ).toEqual([]);
  expect(
    hintsOf([
      { endpoint: 'a', peer },
      { endpoint: 'vip', peer },
    ]),
  ).toEqual([expect.stringContaining('a and vip lead to the same server')]);
});
