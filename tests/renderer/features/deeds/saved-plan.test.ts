import { screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { DeedPreview, OpenedPlan } from '../../../../preload/contract/index.ts';
import { clusterBridge } from '../../../fakes/bridge/cluster-bridge.ts';
import { NOW_MS } from '../../../fakes/bridge/cluster-data.ts';
import { failureOf, type FakeBridge } from '../../../fakes/bridge/fake-bridge.ts';
import { openApp } from '../../support/open-app.ts';

const OPENED = '6c0f4b0e-3a41-4a57-8f0c-0c8a51f1f9d2';
const SAVED = '6c0f4b0e-3a41-4a57-8f0c-0c8a51f1f9d3';
const PLAN: OpenedPlan = {
  file: 'tonight.minos-plan.yaml',
  madeAtMs: NOW_MS - 3_600_000,
  minos: '0.1.0',
  wish: { context: 'prod-fra', nodes: ['10.0.0.1'], deed: 'reboot', params: {}, opened: OPENED },
};
const PREVIEW: DeedPreview = {
  deed: 'Reboot cp-1',
  machines: [{ node: '10.0.0.1', name: 'cp-1', now: 'control plane, running, v1.13.9' }],
  talosctl: 'talosctl --context prod-fra -n 10.0.0.1 reboot',
  atMs: NOW_MS,
  head: { token: SAVED, risk: 'interrupts', effects: ['Stops everything and starts anew.'] },
  saved: SAVED,
};

/** The screen of deeds, where a file is opened; what is planned and saved is noted. */
function open(preview: DeedPreview, change: (bridge: FakeBridge) => void = () => undefined) {
  const planned: unknown[] = [];
  const saved: unknown[] = [];
  const bridge = clusterBridge()
    .publish('deeds.state', {}, { deeds: [] })
    .answer('deeds.openPlan', () => ({ ok: true, value: PLAN }))
    .answer('deeds.savePlan', (input) => {
      saved.push(input);
      return { ok: true, value: { isSaved: true, name: 'a.minos-plan.yaml' } };
    })
    .answer('deeds.plan', (wish) => {
      planned.push(wish);
      return { ok: true, value: preview };
    });
  change(bridge);
  return { planned, saved, ...openApp('deeds', bridge) };
}

describe('a plan of a file', () => {
  it('is planned anew, and shows what differs before it can be confirmed', async () => {
    const { user, planned } = open({ ...PREVIEW, differs: ['“cp-2” is not part of it: No machine is known.'] });
    await user.click(await screen.findByRole('button', { name: 'Open plan…' }));

    const sheet = await screen.findByRole('dialog');
    await within(sheet).findByText('“cp-2” is not part of it: No machine is known.');
    const { textContent } = within(sheet).getByRole('region', { name: 'The file of this plan' });
    expect(textContent).toContain('tonight.minos-plan.yaml');
    expect(within(sheet).getByRole('button', { name: 'Reboot cp-1…' }).hasAttribute('disabled')).toBe(false);
    expect(planned).toEqual([PLAN.wish]);
  });

  it('that nothing differs from says so, and is saved again', async () => {
    const { user, saved } = open({ ...PREVIEW, differs: [] });
    await user.click(await screen.findByRole('button', { name: 'Open plan…' }));
    const sheet = await screen.findByRole('dialog');
    await within(sheet).findByText('Nothing differs from when it was made.');
    await user.click(within(sheet).getByRole('button', { name: 'Save plan…' }));
    await screen.findByText('Saved a.minos-plan.yaml.');
    expect(saved).toEqual([{ saved: SAVED }]);
  });

  it('that may not be in a file says why, and has no button for it', async () => {
    const { saved: _saved, ...without } = PREVIEW;
    const { user } = open({ ...without, notSaved: 'Value: it may hold a secret, which Minos writes into no file.' });
    await user.click(await screen.findByRole('button', { name: 'Open plan…' }));
    const sheet = await screen.findByRole('dialog');
    await within(sheet).findByText(/It cannot be saved as a file for a colleague\. Value: it may hold a secret/);
    expect(within(sheet).queryByRole('button', { name: 'Save plan…' })).toBeNull();
  });

  it('that is dropped on the window is opened as a plan, not as a talosconfig', async () => {
    const asked: unknown[] = [];
    const { session } = open(PREVIEW, (bridge) => {
      bridge.onDrop(() => ({ ok: true, value: { token: OPENED } }));
      bridge.answer('deeds.openPlan', (input) => {
        asked.push(input);
        return { ok: false, failure: failureOf('conflict', 'This plan is for another cluster.') };
      });
    });
    await screen.findByRole('button', { name: 'Open plan…' });
    await session.imports.drop([new File([''], 'tonight.minos-plan.yaml')]);
    await screen.findByText(/This plan is for another cluster\./);
    expect(asked).toEqual([{ dropped: OPENED, inUse: 'prod-fra' }]);
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});
