import { expect, test } from 'vitest';
import { failure } from '../../../main/lib/failed.ts';
import { DEFAULT_BACKOFF } from '../../../main/lib/backoff.ts';
import type { EndpointEvent, EndpointState } from '../../../main/pool/endpoint.ts';
import { transition, type TransitionContext } from '../../../main/pool/transition.ts';

const gone = failure({ code: 'unreachable', message: 'gone.' });
const context: TransitionContext = {
  nowMs: 5000,
  random: 0.5,
  inUse: true,
  canProbe: true,
  limits: { backoff: DEFAULT_BACKOFF, retryNowMs: 1000 },
};

const idle: EndpointState = { phase: 'idle', sinceMs: 0 };
const connecting: EndpointState = { phase: 'connecting', sinceMs: 0, attempt: 2 };
const ready: EndpointState = { phase: 'ready', sinceMs: 0, attempt: 2, proven: false };
const proven: EndpointState = { phase: 'ready', sinceMs: 0, attempt: 0, proven: true };
const backingOff: EndpointState = { phase: 'backing-off', sinceMs: 4500, untilMs: 9000, attempt: 3, failure: gone };
const oldBackOff: EndpointState = { ...backingOff, sinceMs: 4000 };
const ejected = (step: Extract<EndpointState, { phase: 'ejected' }>['step']): EndpointState => ({
  phase: 'ejected',
  sinceMs: 1000,
  attempt: 1,
  failure: gone,
  step,
});
const waiting = ejected({ kind: 'waiting', untilMs: 9000, fromMs: 1000 });
const reconnecting = ejected({ kind: 'connecting' });
const probing = ejected({ kind: 'probing' });
const disabled: EndpointState = { phase: 'disabled', sinceMs: 0 };
const closed: EndpointState = { phase: 'closed', sinceMs: 0 };

const event = {
  wanted: { type: 'wanted' },
  forced: { type: 'wanted', force: true },
  connected: { type: 'connected' },
  failed: { type: 'connect-failed', failure: gone },
  lost: { type: 'lost', failure: gone },
  silent: { type: 'silent', failure: gone },
  answered: { type: 'answered' },
  timer: { type: 'timer' },
  rest: { type: 'rest' },
  disable: { type: 'disable' },
  enable: { type: 'enable' },
  close: { type: 'close' },
} as const satisfies Record<string, EndpointEvent>;

type Row = [string, EndpointState, EndpointEvent, Partial<EndpointState>, string[], Partial<TransitionContext>?];

test.each<Row>([
  ['a needed endpoint connects', idle, event.wanted, { phase: 'connecting', attempt: 0 }, ['open']],
  ['connected', connecting, event.connected, { phase: 'ready', attempt: 2, proven: false }, []],
  [
    'a failed try waits longer each time',
    connecting,
    event.failed,
    { phase: 'backing-off', attempt: 3, untilMs: 7560 },
    ['release'],
  ],
  ['the first answer proves it', ready, event.answered, { phase: 'ready', attempt: 0, proven: true }, []],
  [
    'lost after answers: reconnect at once',
    proven,
    event.lost,
    { phase: 'connecting', attempt: 0 },
    ['release', 'open'],
  ],
  ['lost before any answer: wait', ready, event.lost, { phase: 'backing-off', attempt: 3 }, ['release']],
  ['lost while nobody uses the pool: idle', proven, event.lost, { phase: 'idle' }, ['release'], { inUse: false }],
  [
    'silent: ejected, and a new connection at once',
    proven,
    event.silent,
    { phase: 'ejected', attempt: 0, step: { kind: 'connecting' } },
    ['abandon', 'open'],
  ],
  ['the wait is over', backingOff, event.timer, { phase: 'connecting', attempt: 3 }, ['open']],
  ['the wait is over, nobody asks', backingOff, event.timer, { phase: 'idle' }, [], { inUse: false }],
  ['a call cuts an old wait short', oldBackOff, event.wanted, { phase: 'connecting', attempt: 3 }, ['open']],
  ['a test cuts any wait short', backingOff, event.forced, { phase: 'connecting' }, ['open']],
  [
    'ejected, the wait is over',
    waiting,
    event.timer,
    { phase: 'ejected', sinceMs: 1000, step: { kind: 'connecting' } },
    ['open'],
  ],
  [
    'ejected, a call cuts the wait short',
    waiting,
    event.wanted,
    { phase: 'ejected', step: { kind: 'connecting' } },
    ['open'],
  ],
  [
    'ejected, connected: probe first',
    reconnecting,
    event.connected,
    { phase: 'ejected', step: { kind: 'probing' } },
    ['probe'],
  ],
  ['ejected, connected, no probe known', reconnecting, event.connected, { phase: 'ready' }, [], { canProbe: false }],
  ['ejected, the probe is answered', probing, event.answered, { phase: 'ready', attempt: 0, proven: true }, []],
  [
    'ejected, the probe is not answered',
    probing,
    event.silent,
    { phase: 'ejected', sinceMs: 1000, attempt: 2 },
    ['abandon'],
  ],
  [
    'ejected, then refused: that is the truth now',
    reconnecting,
    event.failed,
    { phase: 'backing-off', attempt: 2 },
    ['release'],
  ],
  ['ejected, connection lost while probing', probing, event.lost, { phase: 'ejected', attempt: 2 }, ['abandon']],
  ['rest closes', proven, event.rest, { phase: 'idle' }, ['release']],
  ['disabling lets calls finish', proven, event.disable, { phase: 'disabled' }, ['release']],
  ['enabling', disabled, event.enable, { phase: 'idle' }, []],
  ['closing', proven, event.close, { phase: 'closed' }, ['release']],
  ['closing a disabled one', disabled, event.close, { phase: 'closed' }, ['release']],
])('%s', (_name, state, what, expected, effects, extra = {}) => {
  const next = transition(state, what, { ...context, ...extra });

  expect(next.state).toMatchObject(expected);
  expect(next.effects).toEqual(effects);
});

test.each<[string, EndpointState, EndpointEvent]>([
  ['a second answer', proven, event.answered],
  ['wanted while connecting', connecting, event.wanted],
  ['wanted right after a failure', backingOff, event.wanted],
  ['a late connection while waiting', backingOff, event.connected],
  ['an answer to an ejected endpoint that waits', waiting, event.answered],
  ['an answer to an ejected endpoint that reconnects', reconnecting, event.answered],
  ['anything while disabled', disabled, event.connected],
  ['wanted while disabled', disabled, event.wanted],
  ['anything after close', closed, event.wanted],
  ['enable after close', closed, event.enable],
  ['rest while idle', idle, event.rest],
])('changes nothing: %s', (_name, state, what) => {
  const next = transition(state, what, context);

  expect(next.state).toBe(state);
  expect(next.effects).toEqual([]);
});
