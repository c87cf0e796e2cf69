import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { NOW_MS } from '../../../fakes/bridge/cluster-data.ts';
import { failureOf } from '../../../fakes/bridge/fake-bridge.ts';
import { RENEWAL } from '../../../fakes/bridge/serve-talosconfigs.ts';
import { inputsOf } from '../../support/inputs-of.ts';
import { openApp, type OpenApp } from '../../support/open-app.ts';

async function inspect(name: string): Promise<OpenApp & { inspector: HTMLElement }> {
  const app = openApp('contexts');
  await app.user.click(await screen.findByRole('rowheader', { name: new RegExp(name) }));
  return { ...app, inspector: screen.getByRole('complementary', { name: new RegExp(name) }) };
}

describe('a certificate', () => {
  it('is renewed after old and new were shown', async () => {
    const app = await inspect('lab');
    await app.user.click(within(app.inspector).getByRole('button', { name: 'Renew…' }));
    const sheet = await screen.findByRole('dialog', { name: 'Renew the certificate of lab' });
    await app.user.click(within(sheet).getByRole('button', { name: 'Ask lab for a certificate' }));
    const table = await within(sheet).findByRole('table', { name: 'Old and new certificate' });

    expect(within(table).getByRole('row', { name: /^Left/ }).textContent).toMatch(/5 d.*364 d/);
    expect(sheet.textContent).toContain('172.20.0.2 issued a new certificate with the same roles');
    expect(inputsOf(app, 'plans.apply')).toEqual([]);
    await app.user.click(within(sheet).getByRole('button', { name: 'Write to config' }));

    await screen.findByText('Renewed the certificate of lab');
    expect(inputsOf(app, 'plans.apply')).toEqual([{ token: RENEWAL.token }]);
    expect(screen.queryByRole('dialog', { name: /Renew/ })).toBeNull();
  });

  it('is asked of the cluster only once the user has read what would be asked', async () => {
    const app = await inspect('lab');
    await app.user.click(within(app.inspector).getByRole('button', { name: 'Renew…' }));
    const sheet = await screen.findByRole('dialog', { name: 'Renew the certificate of lab' });

    expect(sheet.textContent).toMatch(/A control plane of lab would issue a new client certificate/);
    expect(sheet.textContent).toMatch(/os:admin.*a year.*\.talos\/config/s);
    expect(sheet.textContent).toContain('Nothing is written');
    expect(within(sheet).queryByRole('button', { name: /^Write/ })).toBeNull();
    await app.user.click(within(sheet).getByRole('button', { name: 'Cancel' }));

    expect(inputsOf(app, 'contexts.renew')).toEqual([]);
  });

  it('is not written when the cluster gives none, and may be asked for again', async () => {
    const app = await inspect('lab');
    app.bridge.answer('contexts.renew', () => ({
      ok: false,
      failure: failureOf('unreachable', 'No endpoint of lab answers.'),
    }));
    await app.user.click(within(app.inspector).getByRole('button', { name: 'Renew…' }));
    await app.user.click(screen.getByRole('button', { name: 'Ask lab for a certificate' }));

    await screen.findByRole('group', { name: 'No endpoint of lab answers.' });
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Write to config' }).disabled).toBe(true);
    app.bridge.answer('contexts.renew', () => ({ ok: true, value: RENEWAL }));
    await app.user.click(screen.getByRole('button', { name: 'Ask again' }));

    await screen.findByRole('table', { name: 'Old and new certificate' });
  });

  it('stops asking when the sheet is closed', async () => {
    const app = await inspect('lab');
    let isStopped = false;
    app.bridge.answer('contexts.renew', (_input, signal) => {
      signal.addEventListener('abort', () => (isStopped = true));
      return new Promise(() => undefined);
    });
    await app.user.click(within(app.inspector).getByRole('button', { name: 'Renew…' }));
    await app.user.click(screen.getByRole('button', { name: 'Ask lab for a certificate' }));
    await screen.findByText(/Asking a control plane/);

    await app.user.click(screen.getByRole('button', { name: 'Cancel' }));

    await waitFor(() => expect(isStopped).toBe(true));
  });

  it('that has expired says what is possible instead', async () => {
    const { inspector } = await inspect('old-berlin');

    expect(within(inspector).queryByRole('button', { name: 'Renew…' })).toBeNull();
    expect(inspector.textContent).toContain('It cannot be renewed with itself. What is possible:');
    expect(inspector.textContent).toContain('talosctl gen config --with-secrets');
  });

  it('without os:admin says that the cluster will not issue one', async () => {
    const { inspector } = await inspect('staging');

    expect(within(inspector).getByRole<HTMLButtonElement>('button', { name: 'Renew…' }).disabled).toBe(true);
    expect(inspector.textContent).toContain('Only os:admin may issue certificates; this one has os:operator.');
    expect(within(inspector).getByRole<HTMLButtonElement>('button', { name: 'Get kubeconfig…' }).disabled).toBe(true);
    expect(inspector.textContent).toContain('Fetching a kubeconfig needs the role os:admin');
  });

  it('gives a read-only config for 24 hours', async () => {
    const app = await inspect('lab');
    await app.user.click(within(app.inspector).getByRole('button', { name: 'Issue a read-only config…' }));
    const dialog = screen.getByRole('dialog', { name: 'Issue a config for lab' });
    expect(dialog.textContent).toContain('Until 4 Mar 2026, 14:02:11');

    await app.user.click(within(dialog).getByRole('button', { name: 'Choose where to save…' }));

    await screen.findByText(/^Saved a talosconfig with os:reader for 24 h as \/home\/ada\/guest\.yaml$/);
    expect(inputsOf(app, 'contexts.issue')).toEqual([{ context: 'lab', roles: ['os:reader'], hours: 24 }]);
  });

  it('is not issued without a role or for no time', async () => {
    const app = await inspect('lab');
    await app.user.click(within(app.inspector).getByRole('button', { name: 'Issue a read-only config…' }));
    const deed = screen.getByRole<HTMLButtonElement>('button', { name: 'Choose where to save…' });
    const hours = screen.getByRole('textbox', { name: 'Valid for, hours' });

    await app.user.clear(hours);
    expect(deed.disabled).toBe(true);
    await app.user.type(hours, '2');
    expect(deed.disabled).toBe(false);
    await app.user.click(screen.getByRole('checkbox', { name: /os:reader/ }));

    expect(deed.disabled).toBe(true);
  });

  it('warns in the list at 30, 14, 7 and 1 days, by shape and words', async () => {
    openApp('contexts');

    const cell = async (name: string): Promise<string> =>
      within(await screen.findByRole('row', { name: new RegExp(name) }))
        .getAllByRole('cell')[1]
        ?.textContent.trim() ?? '';
    expect(await Promise.all(['prod-fra', 'staging', 'lab', 'old-berlin'].map(cell))).toEqual([
      '212 d',
      '△ 21 d',
      '▲ 5 d',
      '✕ expired 8 d ago',
    ]);
    expect(
      screen.getByRole('region', {
        name: '1 certificate has expired, 1 ends within 7 days, 1 ends within 30 days',
      }),
    ).toBeTruthy();
  });
});

describe('the clocks of the nodes', () => {
  const clock = (aheadMs: number) => ({ node: 'cp-1', aheadMs, errorMs: 6, atMs: NOW_MS });

  it('are measured only for the context in use, and unknown until then', async () => {
    const { bridge, inspector } = await inspect('prod-fra');
    expect(inspector.textContent).toContain('being measured');
    bridge.publish('clock.state', { context: 'prod-fra' }, { context: 'prod-fra', status: 'unknown', clocks: [] });
    await within(inspector).findByText('not known');
    bridge.publish(
      'clock.state',
      { context: 'prod-fra' },
      { context: 'prod-fra', status: 'known', clocks: [clock(4)] },
    );
    await within(inspector).findByText("cp-1: as this computer's");
    expect(screen.queryByRole('region', { name: /The clock of/ })).toBeNull();

    const other = await inspect('lab');
    expect(other.inspector.textContent).toContain('not measured: this window works on another context');
  });

  it('are warned about where they are off, and where they judge the certificate otherwise', async () => {
    const { bridge, inspector } = await inspect('prod-fra');
    const behindMs = -300 * 86_400_000;
    bridge.publish(
      'clock.state',
      { context: 'prod-fra' },
      { context: 'prod-fra', status: 'known', clocks: [clock(behindMs)] },
    );
    await screen.findByRole('region', { name: "The clock of cp-1 is 300 d behind this computer's" });
    expect(inspector.textContent).toContain('By the clock of cp-1 it begins only at');
    expect(within(inspector).getByRole<HTMLButtonElement>('button', { name: 'Renew…' }).disabled).toBe(false);
  });
});
