import { screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, expect, it } from 'vitest';
import { formatMoment, showTimesIn } from '../../../renderer/lib/format.ts';
import { startRun } from '../../../renderer/state/start-run.ts';
import { clusterBridge } from '../../fakes/bridge/cluster-bridge.ts';
import { failureOf, type FakeBridge } from '../../fakes/bridge/fake-bridge.ts';
import { openApp } from '../support/open-app.ts';

const { TZ } = process.env;

afterEach(() => {
  if (TZ === undefined) delete process.env['TZ'];
  else process.env['TZ'] = TZ;
  showTimesIn('local');
});

const asked = ({ calls }: FakeBridge): readonly unknown[] =>
  calls.filter(({ name }) => name === 'settings.change').map(({ input }) => input);

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
  const bridge = clusterBridge();
  const { session, user } = openApp('settings', bridge);
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
  // The tray, notices and sentences of main follow.
  expect(bridge.calls.filter(({ name }) => name === 'app.showTimes').map(({ input }) => input)).toEqual([
    { timeZone: 'local', dates: 'system' },
    { timeZone: 'utc', dates: 'system' },
  ]);
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

it('writes dates in the form that is chosen, everywhere and at once', async () => {
  const { session, user } = openApp('settings');
  const status = (): string => screen.getByRole('contentinfo').textContent;
  await waitFor(() => expect(status()).toMatch(/as of/));

  await user.click(within(await group('Dates and times are written')).getByRole('radio', { name: /^2026-03-03/ }));

  expect(session.preferences.dates).toBe('iso');
  expect(formatMoment(Date.UTC(2026, 2, 3, 14, 2, 11))).toMatch(/^2026-03-0\d \d\d:\d\d:11$/);
});

it('starts runs with the deadline that is chosen', async () => {
  const { bridge, session, user } = openApp('settings');
  await user.click(within(await group('A run waits for a node')).getByRole('radio', { name: '2 min' }));

  const command = await waitFor(() => session.commands.current?.[0] ?? expect.fail('no command yet'));
  startRun(session, { command, params: {}, nodes: ['10.5.0.2'] });

  await waitFor(() => expect(bridge.runs.at(-1)?.params).toMatchObject({ deadlineMs: 120_000 }));
});

it('shows what main goes by, and what is refused as it was', async () => {
  const bridge = clusterBridge();
  const { user } = openApp('settings', bridge);
  await user.click(within(await group('Nodes asked at a time')).getByRole('radio', { name: '8' }));
  expect(asked(bridge)).toEqual([{ nodesAtOnce: 8 }]);
  bridge.answer('settings.change', () => ({ ok: false, failure: failureOf('cancelled', 'You did not confirm it.') }));

  const kept = /^Old versions/;
  await user.click(within(await screen.findByRole('group', { name: kept })).getByRole('radio', { name: '90 days' }));

  const shown = (): HTMLInputElement =>
    within(screen.getByRole('group', { name: kept })).getByRole<HTMLInputElement>('radio', { name: '30 days' });
  await waitFor(() => expect(shown().checked).toBe(true));
});

it('shows what a file of settings would change, uses it, and takes it back', async () => {
  const bridge = clusterBridge();
  const offered = { file: 'mine.json', main: { nodesAtOnce: 16, versionDays: 30 }, page: { theme: 'dark' } } as const;
  bridge.answer('settings.open', () => ({ ok: true, value: offered }));
  const { session, user } = openApp('settings', bridge);

  await user.click(await screen.findByRole('button', { name: 'Import settings…' }));

  const offer = within(await group('Import of mine.json'));
  expect(offer.getByText('mine.json changes 2 settings:')).toBeTruthy();
  expect(offer.getByText('64 → 16')).toBeTruthy();
  expect([session.preferences.theme, asked(bridge)]).toEqual(['system', []]);

  await user.click(offer.getByRole('button', { name: 'Use these settings' }));
  await waitFor(() => expect(session.preferences.theme).toBe('dark'));
  await user.click(await screen.findByRole('button', { name: 'Undo' }));

  await waitFor(() => expect(session.preferences.theme).toBe('system'));
  expect(asked(bridge).at(-1)).toMatchObject({ nodesAtOnce: 64 });
});
