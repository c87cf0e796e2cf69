import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { ResolvedNodes } from '../../../preload/contract/index.ts';
import { clusterBridge } from '../../fakes/bridge/cluster-bridge.ts';
import { NODES } from '../../fakes/bridge/cluster-data.ts';
import { failureOf, type FakeBridge } from '../../fakes/bridge/fake-bridge.ts';
import { openApp, type OpenApp } from '../support/open-app.ts';

const CONTEXT = { context: 'prod-fra' };

/** Knows `workers`, `10.9.9.9` (typed) and finds nothing else. */
function resolving(bridge: FakeBridge = clusterBridge()): FakeBridge {
  return bridge.answer('nodes.resolve', ({ text }) => ({ ok: true, value: resolved(text) }));
}

function resolved(text: string): ResolvedNodes {
  if (text === 'workers') return { nodes: NODES.filter(({ role }) => role === 'worker').slice(0, 2), problems: [] };
  if (text === '10.9.9.9')
    return { nodes: [{ target: text, addresses: [], role: 'unknown', sources: ['typed'] }], problems: [] };
  return { nodes: [], problems: [{ word: text, message: `"${text}" matches none of the 14 known nodes.` }] };
}

async function type(text: string, bridge = resolving()): Promise<OpenApp> {
  const app = openApp('nodes', bridge);
  await screen.findByRole('row', { name: /worker-07/ });
  const field = screen.getByRole('textbox', { name: 'Choose' });
  await app.user.click(field);
  await app.user.paste(text);
  return app;
}

describe('choosing nodes by text', () => {
  it('selects what the text means and makes it part of the run', async () => {
    const { user, bridge } = await type('workers');

    await user.click(await screen.findByRole('button', { name: 'Run on 2 selected nodes' }));
    await user.click(screen.getByRole('menuitem', { name: 'Version' }));

    expect(bridge.streams[0]!.params).toMatchObject({
      selection: 'workers',
      nodes: resolved('workers').nodes.map(({ target }) => target),
    });
    expect(screen.getByRole('region', { name: 'Runs' }).textContent).toContain('workers');
  });

  it('never takes a text that matches nothing for all nodes', async () => {
    await type('worker-9*');

    expect(await screen.findByText(/matches none of the 14 known nodes/)).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Run' }).disabled).toBe(true);
  });

  it('lists a typed node that nobody knows, as unknown', async () => {
    await type('10.9.9.9');

    const row = await screen.findByRole('row', { name: /10\.9\.9\.9/ });
    expect(within(row).getByText('not asked yet')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Run on 1 selected node' })).toBeTruthy();
  });

  it('forgets the text once the selection is changed by hand', async () => {
    const { user, bridge } = await type('workers');
    await screen.findByRole('button', { name: 'Run on 2 selected nodes' });

    await user.click(screen.getByRole('checkbox', { name: 'Select cp-1' }));
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Choose' }).value).toBe('');
    await user.click(screen.getByRole('button', { name: 'Run on 3 selected nodes' }));
    await user.click(screen.getByRole('menuitem', { name: 'Version' }));

    expect(bridge.streams[0]!.params).not.toHaveProperty('selection');
  });

  it('asks again when other nodes are known, and says why it could not', async () => {
    const { bridge } = await type('workers');
    await screen.findByRole('button', { name: 'Run on 2 selected nodes' });

    bridge.answer('nodes.resolve', () => ({ ok: false, failure: failureOf('internal', 'The nodes cannot be read.') }));
    bridge.publish('nodes.state', CONTEXT, { ...CONTEXT, status: 'ready', nodes: NODES.slice(0, 5) });

    expect(await screen.findByText('The nodes cannot be read.')).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Run' }).disabled).toBe(true);
  });

  it('saves a selection as a group, and shows groups as switches', async () => {
    const bridge = resolving()
      .publish('groups.state', CONTEXT, { ...CONTEXT, groups: [{ name: 'front', selection: 'workers' }] })
      .answer('groups.save', () => ({ ok: true, value: undefined }))
      .answer('groups.remove', () => ({ ok: true, value: undefined }));
    const { user } = await type('workers', bridge);

    await user.click(await screen.findByRole('button', { name: 'Save as group…' }));
    await user.type(within(screen.getByRole('dialog')).getByLabelText('Name'), 'front');
    expect(screen.getByText('Replaces the group that means workers.')).toBeTruthy();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await user.click(screen.getByRole('button', { name: '@front' }));
    await user.click(screen.getByRole('button', { name: 'Forget the group front' }));

    const asked = (name: string): unknown => bridge.calls.findLast((call) => call.name === name)?.input;
    expect(asked('groups.save')).toEqual({ ...CONTEXT, name: 'front', selection: 'workers' });
    expect(bridge.calls).toContainEqual({ name: 'nodes.resolve', input: { ...CONTEXT, text: '@front' } });
    expect(asked('groups.remove')).toEqual({ ...CONTEXT, name: 'front' });
  });
});
