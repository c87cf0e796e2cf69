import { expect, test } from 'vitest';
import { planDials } from '../../../main/pool/dial-plan.ts';
import type { EndpointState } from '../../../main/pool/endpoint.ts';
import { failure } from '../../../main/lib/failed.ts';

const nowMs = 10_000;
const lost = failure({ code: 'unreachable', message: 'gone.' });
const idle: EndpointState = { phase: 'idle', sinceMs: 0 };
const connecting = (ageMs: number): EndpointState => ({ phase: 'connecting', sinceMs: nowMs - ageMs, attempt: 0 });
const ready: EndpointState = { phase: 'ready', sinceMs: 0, attempt: 0, proven: true };
const down: EndpointState = { phase: 'backing-off', sinceMs: 0, untilMs: 99_999, attempt: 1, failure: lost };
const off: EndpointState = { phase: 'disabled', sinceMs: 0 };

test.each<[string, EndpointState[], ReturnType<typeof planDials>]>([
  ['the first goes first, the next after the hedge delay', [idle, idle, idle], { connect: [0], wakeInMs: 250 }],
  ['one endpoint alone needs no second look', [idle], { connect: [0] }],
  ['a young try keeps the others back', [connecting(100), idle], { connect: [], wakeInMs: 150 }],
  ['a try as old as the hedge delay gets company', [connecting(250), idle, idle], { connect: [1], wakeInMs: 250 }],
  ['the youngest of several tries counts', [connecting(900), connecting(200), idle], { connect: [], wakeInMs: 50 }],
  ['a failure lets the next start at once', [down, idle, idle], { connect: [1], wakeInMs: 250 }],
  ['once one is ready the rest is connected too', [ready, idle, down, idle], { connect: [1, 3] }],
  ['what is down or off is not touched', [down, off], { connect: [] }],
  ['a clock set back does not hold anything up', [connecting(-3_600_000), idle], { connect: [1] }],
])('%s', (_name, states, plan) => {
  expect(planDials(states, nowMs, 250)).toEqual(plan);
});
