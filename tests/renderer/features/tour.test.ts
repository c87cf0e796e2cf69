import { screen, waitFor } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import { placeOf } from '../../../renderer/features/guide/pages.ts';
import { stepsOf } from '../../../renderer/features/tour/steps.ts';
import { openApp } from '../support/open-app.ts';

const STEPS = stepsOf();

it('is offered until it was seen, and is found in the palette afterwards', async () => {
  const { session, user } = openApp('nodes');
  const offered = await screen.findByRole('button', { name: /^New here\?/ });

  await user.click(offered);
  for (const { title } of STEPS) {
    expect(screen.getByRole('heading', { name: title })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: title === STEPS[2].title ? 'Begin' : 'Next' }));
  }

  await waitFor(() => expect(screen.queryByRole('button', { name: /^New here\?/ })).toBeNull());
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(session.preferences.kept('tour.isSeen')).toBe(true);
  await user.keyboard('{Control>}k{/Control}');
  await user.type(screen.getByRole('combobox', { name: 'Search or run' }), 'tour{Enter}');
  expect(await screen.findByRole('heading', { name: STEPS[0].title })).toBeTruthy();
});

it('goes on with Enter from its first step', async () => {
  const { user } = openApp('nodes');
  await user.click(await screen.findByRole('button', { name: /^New here\?/ }));

  await user.keyboard('{Enter}{Enter}{Enter}');

  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

it('leads to the guide, and is not offered any more', async () => {
  const { session, user } = openApp('nodes');
  await user.click(await screen.findByRole('button', { name: /^New here\?/ }));

  await user.click(screen.getByRole('button', { name: 'Read more' }));

  await waitFor(() => expect(session.screen.part).toBe(STEPS[0].guide));
  expect(session.preferences.kept('tour.isSeen')).toBe(true);
  expect(STEPS.filter(({ guide }) => placeOf(guide) === undefined)).toEqual([]);
});

it.each([
  [true, '⌘ P switches it', 'Ctrl'],
  [false, 'Ctrl P switches it', '⌘'],
])('names the keys of this computer (a Mac: %j)', (mac, has, hasNot) => {
  const texts = stepsOf(mac).map(({ text }) => text);

  expect(texts[0]).toContain(has);
  expect(texts.join(' ')).not.toContain(hasNot);
});
