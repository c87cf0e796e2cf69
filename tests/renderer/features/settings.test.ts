import { screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, expect, it } from 'vitest';
import { showTimesIn } from '../../../renderer/lib/format.ts';
import { openApp } from '../support/open-app.ts';

const { TZ } = process.env;

afterEach(() => {
  if (TZ === undefined) delete process.env['TZ'];
  else process.env['TZ'] = TZ;
  showTimesIn('local');
});

const group = (name: string): Promise<HTMLElement> => screen.findByRole('group', { name });

it('shows what is chosen about the looks, and takes another choice at once', async () => {
  const { session, user } = openApp('settings');
  const rows = within(await group('Rows of tables'));
  expect(rows.getByRole<HTMLInputElement>('radio', { name: 'Default' }).checked).toBe(true);

  await user.click(rows.getByRole('radio', { name: 'Compact' }));
  await user.click(within(await group('List of screens')).getByRole('radio', { name: 'Signs' }));

  expect([session.preferences.density, session.preferences.rail]).toEqual(['compact', 'icons']);
  await waitFor(() => expect(document.documentElement.dataset['density']).toBe('compact'));
});

it('shows every time in UTC from then on, also what was drawn before, and stays where it is', async () => {
  // Twelve hours and three quarters east of UTC, so that no figure is the same by chance.
  process.env['TZ'] = 'Pacific/Chatham';
  const { session, user } = openApp('settings');
  const status = (): string => screen.getByRole('contentinfo').textContent;
  await waitFor(() => expect(status()).toMatch(/as of \d\d:\d\d:\d\d/));
  const before = status();

  await user.click(within(await group('Times are shown in')).getByRole('radio', { name: 'UTC' }));

  await waitFor(() => expect(status()).not.toBe(before));
  const utc = new Date(session.current.nodes?.current?.asOfMs ?? NaN).toISOString().slice(11, 19);
  expect(status()).toContain(`as of ${utc}`);
  expect(screen.getByRole('main', { name: 'Settings' })).toBeTruthy();
  const chosen = within(await group('Times are shown in')).getByRole('radio', { name: 'UTC' });
  await waitFor(() => expect(document.activeElement).toBe(chosen));
});

it('forgets what was picked from the palette when told so', async () => {
  const { session, user } = openApp('settings');
  session.preferences.keep('palette.recent', ['a', 'b']);

  await user.click(await screen.findByRole('button', { name: 'Forget them' }));

  expect(await screen.findByText('Nothing that was picked is remembered.')).toBeTruthy();
});

it('is a key away', async () => {
  const { session, user } = openApp('nodes');
  await screen.findByRole('navigation', { name: 'Screens' });
  await user.keyboard('{Control>},{/Control}');
  await waitFor(() => expect(session.screen.id).toBe('settings'));
});
