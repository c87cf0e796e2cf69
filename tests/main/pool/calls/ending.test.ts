import { Metadata, status } from '@grpc/grpc-js';
import { expect, test } from 'vitest';
import { endingOf, type StatusFacts } from '../../../../main/pool/calls/ending.ts';

const trailersOnly = new Metadata();
trailersOnly.set('content-type', 'application/grpc');

const facts = (code: status, details: string, extra: Partial<StatusFacts> = {}): StatusFacts => ({
  status: { code, details, metadata: new Metadata() },
  headersSeen: false,
  hadStream: true,
  connectionEnded: false,
  cancelled: false,
  ...extra,
});
const fromServer = (code: status, details: string): StatusFacts => ({
  ...facts(code, details),
  status: { code, details, metadata: trailersOnly },
});

test.each<[string, StatusFacts, ReturnType<typeof endingOf>]>([
  ['ok', facts(status.OK, 'OK', { headersSeen: true }), { ending: 'answered', wasSent: true }],
  [
    'the server says a node is unavailable',
    fromServer(status.UNAVAILABLE, 'connection error: connection refused'),
    { ending: 'answered', wasSent: true },
  ],
  [
    'the server uses the words of a local status',
    fromServer(status.UNAVAILABLE, 'Stream refused by server'),
    { ending: 'answered', wasSent: true },
  ],
  [
    'the server’s own deadline',
    fromServer(status.DEADLINE_EXCEEDED, 'context deadline exceeded'),
    { ending: 'answered', wasSent: true },
  ],
  [
    'an error after headers',
    facts(status.UNKNOWN, 'disk on fire', { headersSeen: true }),
    { ending: 'answered', wasSent: true },
  ],
  [
    'the server cancels what we did not',
    fromServer(status.CANCELLED, 'grpc: the client connection is closing'),
    { ending: 'lost', wasSent: true },
  ],
  [
    'the server cancels what we did not, after headers',
    facts(status.CANCELLED, 'grpc: the client connection is closing', { headersSeen: true }),
    { ending: 'lost', wasSent: true },
  ],
  [
    'the server confirms what we cancelled',
    { ...fromServer(status.CANCELLED, 'context canceled'), cancelled: true },
    { ending: 'cancelled', wasSent: 'unknown' },
  ],
  ['dropped', facts(status.UNAVAILABLE, 'Connection dropped'), { ending: 'lost', wasSent: 'unknown' }],
  [
    'dropped after headers',
    facts(status.UNAVAILABLE, 'Connection dropped', { headersSeen: true }),
    { ending: 'lost', wasSent: true },
  ],
  [
    'an unknown local text after headers on a dead connection',
    facts(status.UNAVAILABLE, 'something new', { headersSeen: true, connectionEnded: true }),
    { ending: 'lost', wasSent: true },
  ],
  [
    'refused stream: HTTP/2 promises nothing was done',
    facts(status.UNAVAILABLE, 'Stream refused by server'),
    { ending: 'lost', wasSent: false },
  ],
  [
    'never got a stream',
    facts(status.UNAVAILABLE, 'Channel closed before call started', { hadStream: false }),
    { ending: 'lost', wasSent: false },
  ],
  [
    'reset by the server',
    facts(status.INTERNAL, 'Received RST_STREAM with code 2 (Internal server error)'),
    { ending: 'lost', wasSent: 'unknown' },
  ],
  ['our deadline', facts(status.DEADLINE_EXCEEDED, 'Deadline exceeded'), { ending: 'deadline', wasSent: 'unknown' }],
  [
    'our cancel',
    facts(status.CANCELLED, 'cancelled by the caller', { cancelled: true }),
    { ending: 'cancelled', wasSent: 'unknown' },
  ],
  [
    'too large a reply is an answer',
    facts(status.RESOURCE_EXHAUSTED, 'Received message larger than max (9 vs 8)', { headersSeen: true }),
    { ending: 'answered', wasSent: true },
  ],
])('%s', (_name, given, expected) => {
  expect(endingOf(given)).toEqual(expected);
});
