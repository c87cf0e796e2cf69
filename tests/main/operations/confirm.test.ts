import { expect, test } from 'vitest';
import { Confirmer } from '../../../main/operations/confirm.ts';
import type { ConfirmAnswer, ConfirmQuestion } from '../../../preload/contract/index.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

const QUESTION: ConfirmQuestion = { title: 'Forget?', facts: [], deed: 'Forget 2 versions', isDestructive: true };
const YES: ConfirmAnswer = { isConfirmed: true, typed: '' };
const NO: ConfirmAnswer = { isConfirmed: false, typed: '' };

function confirmer(answer: () => Promise<ConfirmAnswer>) {
  const clock = new FakeClock();
  const shown: ConfirmQuestion[] = [];
  const made = new Confirmer((question) => {
    shown.push(question);
    return answer();
  }, clock);
  return { ask: made.ask, clock, shown };
}
const codeOf = (asked: Promise<void>): Promise<string> =>
  asked.then(
    () => 'confirmed',
    (error: unknown) => (error as { failure: { code: string } }).failure.code,
  );

test('only an answer that says so confirms', async () => {
  expect(await codeOf(confirmer(() => Promise.resolve(YES)).ask(QUESTION))).toBe('confirmed');
  expect(await codeOf(confirmer(() => Promise.resolve(NO)).ask(QUESTION))).toBe('cancelled');
});

test('what must be typed is compared, to the letter', async () => {
  for (const [typed, expected] of [
    ['config', 'confirmed'],
    ['Config', 'cancelled'],
    ['config ', 'cancelled'],
    ['', 'cancelled'],
  ] as const) {
    const { ask } = confirmer(() => Promise.resolve({ isConfirmed: true, typed }));
    expect(await codeOf(ask({ ...QUESTION, typed: 'config' }))).toBe(expected);
  }
});

test('one question is shown at a time; others fail at once', async () => {
  const first = Promise.withResolvers<ConfirmAnswer>();
  const { ask, shown } = confirmer(() => first.promise);
  const asked = codeOf(ask(QUESTION));

  expect(await Promise.all([codeOf(ask(QUESTION)), codeOf(ask(QUESTION))])).toEqual(['busy', 'busy']);
  first.resolve(YES);
  expect([await asked, shown.length]).toEqual(['confirmed', 1]);
  expect(await codeOf(ask(QUESTION))).toBe('confirmed');
});

test('after three refusals within a minute none is shown until the minute is over', async () => {
  const { ask, clock, shown } = confirmer(() => Promise.resolve(NO));
  for (let n = 0; n < 3; n++) expect(await codeOf(ask(QUESTION))).toBe('cancelled');

  expect([await codeOf(ask(QUESTION)), shown.length]).toEqual(['busy', 3]);
  clock.advance(61_000);
  expect([await codeOf(ask(QUESTION)), shown.length]).toEqual(['cancelled', 4]);
});

test('a page that is gone confirms nothing, also when the answer comes late', async () => {
  const late = Promise.withResolvers<ConfirmAnswer>();
  const { ask, shown } = confirmer(() => late.promise);
  const page = new AbortController();
  const asked = codeOf(ask(QUESTION, page.signal));
  page.abort();
  late.resolve(YES);

  expect(await asked).toBe('cancelled');
  expect([await codeOf(ask(QUESTION, page.signal)), shown.length]).toEqual(['cancelled', 1]);
});

test('more names than anybody reads are not asked for', async () => {
  const { ask, shown } = confirmer(() => Promise.resolve(YES));
  const items = Array.from({ length: 51 }, (_, n) => `10.0.0.${n}`);

  expect(await codeOf(ask({ ...QUESTION, names: { label: 'Addresses', items } }))).toBe('too-large');
  expect(shown).toEqual([]);
});

test('a window that cannot be shown is no confirmation, and the next question is asked again', async () => {
  let isBroken = true;
  const { ask } = confirmer(() => (isBroken ? Promise.reject(new Error('no display')) : Promise.resolve(YES)));

  await expect(ask(QUESTION)).rejects.toThrow('no display');
  isBroken = false;
  expect(await codeOf(ask(QUESTION))).toBe('confirmed');
});
