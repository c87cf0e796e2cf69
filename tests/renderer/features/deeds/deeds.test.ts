import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { DeedPreview, DeedRecord, DeedStep } from '../../../../preload/contract/index.ts';
import { deedFlow } from '../../../../renderer/features/deeds/deed-flow.svelte.ts';
import { deedPicks } from '../../../../renderer/features/deeds/deed-offers.ts';
import { clusterBridge } from '../../../fakes/bridge/cluster-bridge.ts';
import { NOW_MS } from '../../../fakes/bridge/cluster-data.ts';
import { failureOf } from '../../../fakes/bridge/fake-bridge.ts';
import { openDeedForm } from '../../support/deed-form.ts';
import { openApp } from '../../support/open-app.ts';

const TOKEN = '6c0f4b0e-3a41-4a57-8f0c-0c8a51f1f9d2';
const WISH = {
  context: 'prod-fra',
  nodes: ['10.0.0.1', '10.0.0.2'],
  deed: 'service',
  params: { service: 'kubelet', action: 'restart' },
} as const;
const PREVIEW: DeedPreview = {
  deed: 'Restart “kubelet” on 2 machines',
  machines: [
    { node: '10.0.0.1', name: 'cp-1', now: 'Running, healthy' },
    { node: '10.0.0.2', name: 'cp-2', now: 'Running, healthy' },
  ],
  talosctl: 'talosctl --context prod-fra -n 10.0.0.1,10.0.0.2 service kubelet restart',
  atMs: NOW_MS,
  head: { token: TOKEN, risk: 'interrupts', effects: ['On cp-1, “kubelet” stops and starts again.'] },
};
const RECORD: DeedRecord = {
  id: 'one',
  atMs: NOW_MS,
  deed: PREVIEW.deed,
  context: 'prod-fra',
  file: '/c',
  talosctl: PREVIEW.talosctl,
  steps: [
    {
      node: '10.0.0.1',
      name: 'cp-1',
      stage: 'maybe',
      atMs: NOW_MS,
      text: 'The answer was lost. It may have been carried out.',
    },
    { node: '10.0.0.2', name: 'cp-2', stage: 'left', atMs: NOW_MS },
  ],
  isOver: true,
};

it('how long deeds are kept is changed by the settings, where a shorter time is asked about; refused, nothing is said', async () => {
  const wishes: unknown[] = [];
  const bridge = clusterBridge()
    .publish('deeds.state', {}, { deeds: [RECORD], keepDays: 400 })
    .answer('settings.change', (wish) => {
      wishes.push(wish);
      return { ok: false, failure: failureOf('cancelled', 'Not confirmed.') };
    });
  const { user } = openApp('deeds', bridge);

  for (const name of ['400 days', '30 days']) {
    await user.click(await screen.findByRole('button', { name: /^Save, or how long/ }));
    await user.click(await screen.findByRole('menuitemcheckbox', { name }));
  }

  expect(wishes).toEqual([{ deedKeepDays: 30 }]);
  expect(screen.queryByText('Not confirmed.')).toBeNull();
});

describe('a deed', () => {
  it('that one machine refuses has no button, but can be planned for the others', async () => {
    const asked: (readonly string[])[] = [];
    const refused = { node: '10.0.0.2', name: 'cp-2', refused: 'It has no service “kubelet”.' };
    const bridge = clusterBridge()
      .publish('deeds.state', {}, { deeds: [] })
      .answer('deeds.plan', ({ nodes }) => {
        asked.push(nodes);
        const { head: _head, ...without } = PREVIEW;
        const [first] = PREVIEW.machines;
        return {
          ok: true,
          value:
            nodes.length > 1
              ? { ...without, machines: [first, refused] as typeof PREVIEW.machines }
              : { ...PREVIEW, machines: [first] as typeof PREVIEW.machines },
        };
      });
    const { session, user } = openApp('runs', bridge);
    deedFlow(session).open({ ...WISH, nodes: [...WISH.nodes] });

    const sheet = await screen.findByRole('dialog');
    await within(sheet).findByText('It has no service “kubelet”.');
    expect(within(sheet).queryByRole('button', { name: /^Restart/ })).toBeNull();
    // Nor a line to do it all the same with.
    expect(within(sheet).queryByText(PREVIEW.talosctl)).toBeNull();
    await user.click(within(sheet).getByRole('button', { name: 'Plan it for the other machine' }));

    await within(sheet).findByRole('button', { name: /^Restart/ });
    expect(within(sheet).getByText(PREVIEW.talosctl)).toBeTruthy();
    expect(asked).toEqual([['10.0.0.1', '10.0.0.2'], ['10.0.0.1']]);
  });

  it('whose answer was lost is told as perhaps done, with no way to send it again', async () => {
    const steps = RECORD.steps.map((step) => ({ ...step, stage: 'done' as const }));
    const earlier: DeedRecord = { ...RECORD, id: 'earlier', steps };
    const bridge = clusterBridge()
      .publish('deeds.state', {}, { deeds: [earlier] })
      .answer('deeds.plan', () => ({ ok: true, value: PREVIEW }));
    const { promise: confirmed, resolve: confirm } = Promise.withResolvers<undefined>();
    bridge.answer('plans.apply', async () => {
      await confirmed;
      bridge.publish('deeds.state', {}, { deeds: [RECORD, earlier] });
      return { ok: false, failure: failureOf('maybe-done', 'The answer of cp-1 was lost.') };
    });
    const { session, user } = openApp('runs', bridge);
    deedFlow(session).open({ ...WISH, nodes: [...WISH.nodes] });
    const sheet = await screen.findByRole('dialog');

    await user.click(await within(sheet).findByRole('button', { name: /^Restart/ }));

    // While the question is open, the same deed of before is not taken for this one.
    expect(within(sheet).queryByRole('list', { name: 'Machines' })).toBeNull();
    expect(within(sheet).getByText(/^Minos asks in a window of its own/)).toBeTruthy();
    confirm(undefined);
    await waitFor(() =>
      expect(within(sheet).getByRole('list', { name: 'Machines' }).textContent).toMatch(/cp-1\s*perhaps done/),
    );
    expect(within(sheet).queryByRole('button', { name: /^(Restart|Plan)/ })).toBeNull();
    await user.click(within(sheet).getByRole('button', { name: 'Open Deeds' }));
    const deeds = await screen.findByRole('list', { name: 'Deeds, newest first' });
    expect(deeds.textContent).toContain('1 perhaps done, 1 not done');
  });

  it('is not taken for one of the same words that another window began on another cluster meanwhile', async () => {
    const ofAnother: DeedRecord = { ...RECORD, id: 'of-another', kind: 'service', cluster: 'ca-of-another' };
    const bridge = clusterBridge()
      .publish('deeds.state', {}, { deeds: [] })
      .answer('deeds.plan', () => ({ ok: true, value: PREVIEW }));
    const { promise: confirmed, resolve: confirm } = Promise.withResolvers<undefined>();
    bridge.answer('plans.apply', async () => {
      bridge.publish('deeds.state', {}, { deeds: [ofAnother] });
      await confirmed;
      bridge.publish('deeds.state', {}, { deeds: [{ ...RECORD, cluster: '9b1e2277c4' }, ofAnother] });
      return { ok: true, value: { id: 'change', atMs: NOW_MS, what: 'Restarted', files: [] } };
    });
    const { session, user } = openApp('runs', bridge);
    deedFlow(session).open({ ...WISH, nodes: [...WISH.nodes] });
    await user.click(await screen.findByRole('button', { name: /^Restart/ }));

    await waitFor(() => expect(deedFlow(session).journal.current?.deeds).toHaveLength(1));
    expect(deedFlow(session).record).toBeUndefined();
    confirm(undefined);
    await waitFor(() => expect(deedFlow(session).record?.id).toBe('one'));
  });

  it('whose sheet was closed while it was confirmed is told of in a notice, not in the sheet of another one', async () => {
    const bridge = clusterBridge()
      .publish('deeds.state', {}, { deeds: [] })
      .answer('deeds.plan', ({ deed }) => ({ ok: true, value: { ...PREVIEW, deed } }));
    const { promise: confirmed, resolve: confirm } = Promise.withResolvers<undefined>();
    bridge.answer('plans.apply', async () => {
      await confirmed;
      return { ok: false, failure: failureOf('conflict', 'This is not so any more.') };
    });
    const { session, user } = openApp('runs', bridge);
    const flow = deedFlow(session);
    flow.open({ ...WISH, nodes: ['10.0.0.1'], deed: 'First' });
    await user.click(await screen.findByRole('button', { name: 'First…' }));
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    flow.open({ ...WISH, nodes: ['10.0.0.1'], deed: 'Second' });
    const other = await screen.findByRole<HTMLButtonElement>('button', { name: 'Second…' });

    confirm(undefined);

    await screen.findByText('First: This is not so any more.');
    expect(within(screen.getByRole('dialog')).queryByText(/This is not so any more/)).toBeNull();
    expect(other.disabled).toBe(false);
  });

  it('has a button that works once the journal is known, and says why while it cannot be written', async () => {
    const bridge = clusterBridge()
      .publish('deeds.state', {}, {})
      .answer('deeds.plan', () => ({ ok: true, value: PREVIEW }));
    const { session } = openApp('runs', bridge);
    deedFlow(session).open({ ...WISH, nodes: [...WISH.nodes] });
    const sheet = await screen.findByRole('dialog');
    const button = await within(sheet).findByRole<HTMLButtonElement>('button', { name: /^Restart/ });
    expect(button.disabled).toBe(true);

    bridge.publish('deeds.state', {}, { deeds: [], problem: 'The disk is full.' });
    await within(sheet).findByText(/The disk is full\./);
    expect(button.disabled).toBe(true);

    bridge.publish('deeds.state', {}, { deeds: [] });
    await waitFor(() => expect(button.disabled).toBe(false));
  });

  it('that Minos ended with is looked up, says what came of it, and is planned anew for the machines where it was not done', async () => {
    const [first, second] = RECORD.steps as [DeedStep, DeedStep];
    const left = { ...RECORD, kind: 'service', steps: [{ ...first, lookUp: 'wanted' as const }, second] };
    const asked: unknown[] = [];
    const bridge = clusterBridge()
      .publish('deeds.state', {}, { deeds: [left] })
      .answer('deeds.lookUp', (input) => {
        asked.push(input);
        const looking = { ...first, lookUp: 'wanted' as const, looking: 'It is rebooting.' };
        bridge.publish('deeds.state', {}, { deeds: [{ ...left, steps: [looking, second] }] });
        return { ok: true, value: undefined };
      })
      .answer('deeds.rest', () => ({ ok: true, value: { ...WISH, nodes: ['10.0.0.2'] } }))
      .answer('deeds.plan', (input) => {
        asked.push(input);
        return { ok: true, value: PREVIEW };
      });
    const { user } = openApp('deeds', bridge);
    await user.click(await screen.findByText(RECORD.deed));

    await user.click(screen.getByRole('button', { name: 'Look up what came of it' }));
    await screen.findByText('It is rebooting.');
    expect(screen.getByRole('list', { name: 'Machines' }).textContent).toMatch(/cp-1\s*being looked up/);
    expect(screen.queryByRole('button', { name: /^Look up/ })).toBeNull();

    const giveBack = 'kubectl uncordon cp-1';
    const found = { ...first, stage: 'done' as const, lookUp: 'done' as const, text: 'It has started anew.', giveBack };
    bridge.publish('deeds.state', {}, { deeds: [{ ...left, steps: [found, second] }] });
    await screen.findByText('It has started anew.');
    screen.getByText(giveBack);
    await user.click(screen.getByRole('button', { name: 'Plan it anew for 1 machine…' }));
    await screen.findByRole('dialog');
    expect(asked).toEqual([{ id: 'one' }, { ...WISH, nodes: ['10.0.0.2'] }]);
  });

  it('cannot be begun while the journal cannot be written, and the screen says so', async () => {
    const problem = 'The journal of what was done to clusters: /d/deeds.ndjson is too large.';
    openApp('deeds', clusterBridge().publish('deeds.state', {}, { deeds: [], problem }));

    expect(
      (await screen.findByRole('region', { name: 'Nothing can be done to a cluster at the moment' })).textContent,
    ).toContain('deeds.ndjson is too large');
  });
});

describe('a deed that needs more to be said', () => {
  const KINDS = [
    {
      ...{ id: 'wipe-disk', title: 'Wipe a disk or a partition', about: 'What is on it is gone for good.' },
      params: [
        { id: 'devices', title: 'Disks or partitions', kind: 'list', required: true },
        {
          id: 'method',
          title: 'Method',
          kind: 'choice',
          required: false,
          choices: ['FAST', 'ZEROES'],
          initial: 'FAST',
        },
        { id: 'drop', title: 'Take the partition out, too', kind: 'flag', required: false, initial: false },
      ],
    },
  ] as const;

  it('asks for it, shows what is gone, and is planned anew when something else is said', async () => {
    const asked: unknown[] = [];
    const bridge = clusterBridge().answer('deeds.plan', ({ params }) => {
      asked.push(params);
      const loses = [
        { node: '10.0.0.1', name: '/dev/sdb', depth: 0, size: 2e12, what: 'WDC, serial S1, 2.0 TB' },
        { node: '10.0.0.1', name: '/dev/sdb1', depth: 1, size: 1e12, what: 'xfs “pg”' },
      ];
      return { ok: true, value: { ...PREVIEW, loses, head: { token: TOKEN, risk: 'destroys', effects: [] } } };
    });
    const { user, sheet, plan } = await openDeedForm(bridge, KINDS[0]);
    expect([plan.disabled, asked]).toEqual([true, []]);

    await user.type(within(sheet).getByLabelText('Disks or partitions'), 'sdb');
    await user.click(plan);

    const gone = await within(sheet).findByRole('region', { name: 'Gone for good' });
    expect(gone.textContent).toMatch(
      /\/dev\/sdb\s*2\.0 TB\s*WDC, serial S1, 2\.0 TB\s*\/dev\/sdb1\s*1\.0 TB\s*xfs “pg”/,
    );
    await user.click(within(sheet).getByText('What is to be done'));
    await user.click(within(sheet).getByLabelText('Take the partition out, too'));
    // What is shown would not be what is done.
    expect(within(sheet).queryByRole('button', { name: /^Restart/ })).toBeNull();
    await user.click(within(sheet).getByRole('button', { name: 'Plan it so' }));
    await waitFor(() =>
      expect(asked).toEqual([
        { devices: 'sdb', method: 'FAST', drop: false },
        { devices: 'sdb', method: 'FAST', drop: true },
      ]),
    );
  });

  it('calls machines of another cluster than the one that is shown by no names of that one', async () => {
    const { session, sheet } = await openDeedForm(clusterBridge(), KINDS[0], '10.5.0.2');
    await within(sheet).findByText('On cp-1.');
    const wish = { nodes: ['10.5.0.2'], deed: 'wipe-disk', params: {} };
    deedFlow(session).open({ ...wish, context: 'of-somebody-else' });
    await within(screen.getByRole('dialog')).findByText('On 10.5.0.2.');
  });

  it('cannot be begun from the palette before machines are selected', async () => {
    const bridge = clusterBridge()
      .publish('deeds.state', {}, { deeds: [] })
      .answer('deeds.list', () => ({ ok: true, value: KINDS }));
    const { session } = openApp('nodes', bridge);
    await waitFor(() => expect(deedFlow(session).kinds.current).toHaveLength(1));
    const pick = () => deedPicks(session, KINDS)[0];

    expect(pick()?.disabledBecause).toContain('Select the machines first');
    const [first] = session.current.nodes?.current?.nodes ?? [];
    session.nodeSelection.toggle(first?.target ?? '');
    expect(pick()?.disabledBecause).toBeUndefined();
    pick()?.pick();
    expect(deedFlow(session).wish).toMatchObject({ nodes: [first?.target], deed: 'wipe-disk', params: {} });
  });
});
