import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { UpdateState } from '../../../preload/contract/index.ts';
import { updateWords } from '../../../renderer/state/updates/update-words.ts';
import { clusterBridge } from '../../fakes/bridge/cluster-bridge.ts';
import { NOW_MS } from '../../fakes/bridge/cluster-data.ts';
import { failureOf, type FakeBridge } from '../../fakes/bridge/fake-bridge.ts';
import { openApp } from '../support/open-app.ts';

const FROM = { publisher: ['CN=Example'], host: 'example.org' };
const OFFERED = {
  version: '1.2.0',
  notes: '# New\n<b>bold</b> [x](javascript:alert(1))',
  sizeBytes: 100 * 1024 * 1024,
};
const LOOKED: UpdateState = { way: 'install', from: FROM, isLooking: false, lookedAtMs: NOW_MS, newest: '1.2.0' };
const FAILURE = failureOf('unreachable', 'example.org could not be reached.');

function bridgeSaying(state: UpdateState): FakeBridge {
  const bridge = clusterBridge();
  for (const name of ['look', 'fetch', 'cancel', 'install', 'showPage'] as const) {
    bridge.answer(`updates.${name}`, () => ({ ok: true, value: undefined }));
  }
  bridge.answer('app.diagnostics', () => ({ ok: false, failure: failureOf('internal', 'Not here.') }));
  bridge.publish('updates.state', {}, state);
  return bridge;
}

const asked = ({ calls }: FakeBridge): readonly string[] =>
  calls.map(({ name }) => name).filter((name) => name.startsWith('updates.'));

describe('what is known of newer versions', () => {
  const at = (change: Partial<UpdateState>, own = '1.1.0'): string =>
    updateWords({ way: 'tell', from: FROM, isLooking: false, ...change }, own, NOW_MS);
  const looked = { lookedAtMs: NOW_MS, newest: '1.1.0' };

  it.each<[string, string, RegExp]>([
    ['from source', at({ way: 'source' }), /^This Minos is not packaged/],
    ['without a publisher', at({ way: 'unnamed' }), /^This build does not look for updates: it names no publisher\.$/],
    ['before anything', at({}), /was not looked for/],
    ['while it is asked', at({ isLooking: true }), /^Looking/],
    ['for the newest', at(looked), /^This is the newest version, as of \d\d:\d\d:\d\d\.$/],
    ['for a server that is behind', at(looked, '1.3.0'), /^There is nothing newer, .* published is 1\.1\.0\.$/],
    ['for a newer one', at({ ...looked, newest: '1.2.0', offered: OFFERED }), /^Minos 1\.2\.0 is available, as of/],
    ['after a failure', at({ failure: FAILURE }), /^It is not known whether/],
    [
      'after a failure that follows a success',
      at({ ...looked, failure: FAILURE }),
      /^It is not known whether .* As of .* none\.$/,
    ],
  ])('is said %s', (_what, said, words) => {
    expect(said).toMatch(words);
  });
});

describe('the updates of About Minos', () => {
  it('say that a build without a publisher looks for none, and have no button', async () => {
    openApp('support', bridgeSaying({ way: 'unnamed', isLooking: false }));

    const updates = within(await screen.findByRole('region', { name: 'Updates' }));

    expect(await updates.findByText(/names no publisher/)).toBeTruthy();
    expect(updates.queryAllByRole('button')).toEqual([]);
  });

  it('show notes as the text they are, and fetch nothing before that is wanted', async () => {
    const bridge = bridgeSaying({ ...LOOKED, offered: OFFERED });
    const { user } = openApp('support', bridge);
    const offer = within(await screen.findByRole('group', { name: 'Minos 1.2.0' }));

    expect(offer.getByText(/javascript:alert/).tagName).toBe('PRE');
    expect(offer.queryByRole('link')).toBeNull();
    expect(offer.getByText(/installed only when it is signed by CN=Example/)).toBeTruthy();
    expect(asked(bridge)).toEqual([]);
    await user.click(offer.getByRole('button', { name: 'Download (100 MiB)' }));
    expect(asked(bridge)).toEqual(['updates.fetch']);
  });

  it('show how far a download is, and end it', async () => {
    const bridge = bridgeSaying({
      ...LOOKED,
      offered: OFFERED,
      step: { kind: 'fetching', doneBytes: 25 * 1024 * 1024 },
    });
    const { user } = openApp('support', bridge);

    const bar = await screen.findByRole<HTMLProgressElement>('progressbar', { name: 'Downloading Minos 1.2.0' });
    expect(bar.position).toBe(0.25);
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Look for updates' }).disabled).toBe(true);
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(asked(bridge)).toEqual(['updates.cancel']);
  });

  it('install what was fetched, and say why not', async () => {
    const bridge = bridgeSaying({ ...LOOKED, offered: OFFERED, step: { kind: 'fetched' } });
    const busy = failureOf('precondition', 'Minos cannot be started anew now. Something is being done to a cluster.');
    bridge.answer('updates.install', () => ({ ok: false, failure: busy }));
    const { user } = openApp('support', bridge);

    await user.click(await screen.findByRole('button', { name: 'Restart and install…' }));

    expect(await screen.findByText(/Something is being done to a cluster/)).toBeTruthy();
  });

  it('tell and link on Linux, where nothing is fetched', async () => {
    const bridge = bridgeSaying({ ...LOOKED, way: 'tell', offered: { version: '1.2.0' } });
    const { user } = openApp('support', bridge);

    await user.click(await screen.findByRole('button', { name: 'Show its page' }));

    expect(asked(bridge)).toEqual(['updates.showPage']);
    expect(screen.queryByRole('button', { name: /Download/ })).toBeNull();
  });

  it('never show a failure as if this were the newest version', async () => {
    openApp('support', bridgeSaying({ ...LOOKED, newest: '0.1.0', failure: FAILURE }));

    expect(await screen.findByText('example.org could not be reached.')).toBeTruthy();
    expect(screen.queryByText(/newest version,/)).toBeNull();
  });
});

it('a newer version is told once on another screen, and the notice leads to it', async () => {
  const bridge = bridgeSaying(LOOKED);
  const { session, user } = openApp('settings', bridge);
  await screen.findByRole('main', { name: 'Settings' });
  bridge.publish('updates.state', {}, { ...LOOKED, offered: OFFERED });
  expect(await screen.findByText('Minos 1.2.0 is available.')).toBeTruthy();
  bridge.publish('updates.state', {}, { ...LOOKED, offered: { ...OFFERED } });

  await user.click(screen.getByRole('button', { name: 'Show' }));

  expect(session.screen.id).toBe('support');
  expect(session.notices.list.filter(({ text }) => text === 'Minos 1.2.0 is available.').length).toBeLessThanOrEqual(1);
});

it('looking once a day is chosen in the settings, where the build can look at all', async () => {
  const bridge = bridgeSaying(LOOKED);
  const { user } = openApp('settings', bridge);
  const box = await screen.findByRole<HTMLInputElement>('checkbox', { name: 'Look for updates of Minos once a day' });
  expect(box.checked).toBe(false);

  await user.click(box);

  await waitFor(() => expect(box.checked).toBe(true));
  expect(bridge.calls.filter(({ name }) => name === 'settings.change').map(({ input }) => input)).toEqual([
    { isLookingForUpdates: true },
  ]);
});

it('the settings say why a build without a publisher has nothing to choose', async () => {
  openApp('settings', bridgeSaying({ way: 'unnamed', isLooking: false }));

  expect(await screen.findByText(/names no publisher/)).toBeTruthy();
  expect(screen.queryByRole('checkbox', { name: /Look for updates/ })).toBeNull();
});
