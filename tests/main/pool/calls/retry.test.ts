import { expect, test } from 'vitest';
import { mayTryAgain, type RetryFacts } from '../../../../main/pool/calls/retry.ts';

const facts = (extra: Partial<RetryFacts>): RetryFacts => ({
  methodClass: 'read',
  ending: 'lost',
  wasSent: 'unknown',
  sentTries: 1,
  unsentTries: 0,
  endpoints: 3,
  ...extra,
});

test.each([
  ['a lost read moves', facts({}), true],
  ['a lost idempotent call moves', facts({ methodClass: 'idempotent' }), true],
  ['a lost once call stays lost', facts({ methodClass: 'once' }), false],
  ['a lost once call whose answer began stays lost', facts({ methodClass: 'once', wasSent: true }), false],
  ['a once call that never left moves', facts({ methodClass: 'once', wasSent: false, unsentTries: 1 }), true],
  ['a read the server answered is done', facts({ ending: 'answered', wasSent: true }), false],
  ['a once call the server answered is done', facts({ methodClass: 'once', ending: 'answered' }), false],
  ['a read past its deadline is done', facts({ ending: 'deadline' }), false],
  ['an unsent call past its deadline is done', facts({ ending: 'deadline', wasSent: false }), false],
  ['a cancelled read is done', facts({ ending: 'cancelled' }), false],
  ['a read is sent once more than there are endpoints', facts({ sentTries: 3 }), true],
  ['and not more often', facts({ sentTries: 4 }), false],
  ['with one endpoint a read has a second try', facts({ endpoints: 1, sentTries: 1 }), true],
  ['and no third', facts({ endpoints: 1, sentTries: 2 }), false],
  ['unsent tries are bounded too', facts({ wasSent: false, unsentTries: 12 }), false],
])('%s', (_name, given, expected) => {
  expect(mayTryAgain(given)).toBe(expected);
});
