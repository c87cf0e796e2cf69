import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import type { Diagnostics } from '../../../preload/contract/index.ts';
import { clusterBridge } from '../../fakes/bridge/cluster-bridge.ts';
import { failureOf } from '../../fakes/bridge/fake-bridge.ts';
import { APP, NOW_MS } from '../../fakes/bridge/cluster-data.ts';
import { openApp } from '../support/open-app.ts';

const TOLD: Diagnostics = {
  atMs: NOW_MS,
  system: 'Linux 6.1 x64',
  upMs: 65_000,
  mainBytes: 120 * 1024 * 1024,
  tls: { isOk: true, text: 'accepts Ed25519, which Talos uses; tried in 12 ms' },
  isSealed: false,
  log: {
    path: '/home/ada/.config/minos/logs/minos.log',
    lines: ['2026 warn \u202Eodd'],
    failures: ['2026 info cp-1 does not answer. traceId=ab12'],
  },
};

describe('the page about Minos', () => {
  it('says what runs, how TLS and the password store are, and what went wrong; all of it can be copied', async () => {
    const bridge = clusterBridge().answer('app.diagnostics', () => ({ ok: true, value: TOLD }));
    const { user } = openApp('support', bridge);
    const notEncrypted = /none, or locked: old versions of files are not encrypted/;
    for (const text of [/tried in 12 ms/, notEncrypted, /1 min 5 s/, /minos\.log/])
      expect(await screen.findByText(text)).toBeTruthy();
    const setData = vi.fn();
    document.execCommand = () =>
      document.dispatchEvent(Object.assign(new Event('copy'), { clipboardData: { setData } }));

    await user.click(screen.getByRole('button', { name: 'Copy' }));

    const text = String(setData.mock.calls[0]?.[1]);
    expect(text).toContain('TLS library: accepts Ed25519');
    expect(text).toContain('Failures that were shown:\n2026 info cp-1 does not answer. traceId=ab12');
    expect(text).toMatch(/^Endpoint 10\.5\.0\.2.*: ready since/m);
    expect(text).not.toContain('\u202E');
  });

  it('says why what runs is not known, and asks again', async () => {
    const bridge = clusterBridge()
      .answer('app.diagnostics', () => ({ ok: true, value: TOLD }))
      .answer('app.info', () => ({ ok: false, failure: failureOf('internal', 'Main is busy.') }));
    const { user } = openApp('support', bridge);

    expect(await screen.findByText(/Main is busy\./)).toBeTruthy();
    bridge.answer('app.info', () => ({ ok: true, value: APP }));
    await user.click(screen.getByRole('button', { name: 'Try again' }));

    expect(await screen.findByText(/tried in 12 ms/)).toBeTruthy();
  });

  it('opens the folder of the log, and says why not', async () => {
    const bridge = clusterBridge()
      .answer('app.diagnostics', () => ({ ok: true, value: TOLD }))
      .answer('app.showLog', () => ({ ok: false, failure: failureOf('internal', 'No file manager is there.') }));
    const { user } = openApp('support', bridge);

    await user.click(await screen.findByRole('button', { name: 'Open logs folder' }));

    await waitFor(() => expect(screen.getByText('No file manager is there.')).toBeTruthy());
  });
});
