import { expect, it } from 'vitest';
import { fewerDeedsQuestion } from '../../../../main/operations/settings/shorter-question.ts';

it.each([
  [0, 'No deed is older than 30 days now.'],
  [1, '1 deed that is older than 30 days is taken off the list now, for good.'],
  [2, '2 deeds that are older than 30 days are taken off the list now, for good.'],
])('a shorter time for deeds says what it removes: %i', (older, fact) => {
  expect(fewerDeedsQuestion(90, 30, older).facts).toEqual([fact]);
});
