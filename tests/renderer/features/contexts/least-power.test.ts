import { screen, waitFor } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import type { PowerState } from '../../../../preload/contract/index.ts';
import { clusterBridge } from '../../../fakes/bridge/cluster-bridge.ts';
import { NOW_MS } from '../../../fakes/bridge/cluster-data.ts';
import { failureOf } from '../../../fakes/bridge/fake-bridge.ts';
import { openApp } from '../../support/open-app.ts';

it('least power is switched on, told in the bar as it is, lifted, and told when it failed', async () => {
  const wishes: unknown[] = [];
  const bridge = clusterBridge()
    .publish('power.state', { context: 'prod-fra' }, { mode: 'off' })
    .answer('power.set', (wish) => {
      wishes.push(wish);
      return { ok: true, value: undefined };
    })
    .answer('power.lift', (wish) => {
      wishes.push(wish);
      return { ok: false, failure: failureOf('busy', 'Something else is asked.') };
    });
  const now = (power: PowerState) => bridge.publish('power.state', { context: 'prod-fra' }, power);
  const { session, user } = openApp('contexts', bridge);
  await user.click(await screen.findByRole('rowheader', { name: /prod-fra/ }));
  await screen.findByRole('region', { name: 'Least power' });
  const box = () =>
    screen.getByRole<HTMLInputElement>('checkbox', {
      name: /^Read this cluster by a certificate that may only read/,
    });
  await waitFor(() => expect(box().disabled).toBe(false));
  expect(screen.queryByRole('button', { name: /os:reader/ })).toBeNull();

  await user.click(box());
  now({ mode: 'making' });
  await screen.findByText('Reads wait for a certificate of os:reader.');
  now({ mode: 'switching', untilMs: NOW_MS + 3_600_000 });
  await screen.findByText(/^New reads go by os:reader; some that began before/);
  now({ mode: 'reader', untilMs: NOW_MS + 3_600_000 });
  expect((await screen.findByRole('button', { name: /^reads with os:reader until \d\d:\d\d$/ })).title).toMatch(
    /^Reads with os:reader until \d\d:\d\d\.$/,
  );
  await waitFor(() => expect(box().checked).toBe(true));
  await user.click(screen.getByRole('button', { name: 'Lift it for five minutes…' }));
  await screen.findByText('Something else is asked.');
  expect(wishes).toEqual([{ context: 'prod-fra', isLeast: true }, { context: 'prod-fra' }]);

  now({ mode: 'lifted' });
  await screen.findByText('Reads with the certificate of the file until the deed is over, then with os:reader again.');
  expect(screen.queryByRole('button', { name: /^Lift it/ })).toBeNull();
  now({ mode: 'failed', failure: failureOf('denied', 'The role is too low.') });
  await screen.findByText('No certificate of os:reader: reads with that of the file.');
  screen.getByText('The role is too low.');
  now({ mode: 'unknown' });
  await screen.findByText(/^Whether least power is on cannot be read in the settings/);
  expect([box().checked, box().disabled]).toEqual([false, false]);
  screen.getByRole('button', { name: /least power not known$/ });
  now({ mode: 'failed', failure: failureOf('denied', 'The role is too low.') });
  session.view.closeInspector();
  await user.click(await screen.findByRole('button', { name: /least power failed$/ }));
  await screen.findByRole('region', { name: 'Least power' });
});
