import { expect, test } from 'vitest';
import { expectHeld } from './support/bounds.ts';
import { StartedMain } from './support/start-main.ts';

test('main without anything hostile stays within the bounds that the attacks are held to', async () => {
  await using main = await StartedMain.start();
  await main.rest();

  await expectHeld(main);

  expect(await main.close()).toBe(0);
});
