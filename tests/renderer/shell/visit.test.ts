import { screen, waitFor } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import type { AskedPlace, DesktopRequest } from '../../../preload/contract/index.ts';
import { clusterBridge } from '../../fakes/bridge/cluster-bridge.ts';
import { nodeOf, nodesOf } from '../../fakes/bridge/cluster-data.ts';
import { openApp, type OpenApp } from '../support/open-app.ts';

afterEach(() => {
  window.location.hash = '';
});

/** The page at Endpoints, asked for a place from outside. */
async function asked(place: AskedPlace, from = 'endpoints', before?: (app: OpenApp) => void): Promise<OpenApp> {
  const bridge = clusterBridge();
  const app = openApp(from, bridge);
  await waitFor(() => expect(bridge.desktop).toBeDefined());
  await screen.findByRole('navigation', { name: 'Screens' });
  before?.(app);
  bridge.desktop?.batch([{ kind: 'visit', place } satisfies DesktopRequest]);
  return app;
}

const called = ({ bridge }: OpenApp): readonly string[] => bridge.calls.map(({ name }) => name);

describe('a place asked for from outside', () => {
  it('is gone to, in its context, and a notice says so', async () => {
    const { bridge, session } = await asked({ context: 'staging', screen: 'nodes' });

    await waitFor(() => expect(session.current.id).toBe('staging'));
    await waitFor(() => expect(session.screen.id).toBe('nodes'));
    expect(await screen.findByText('Opened from outside: staging.')).toBeTruthy();
    expect(bridge.streams.map(({ name }) => name)).not.toContain('run');
  });

  it.each(['worker-07', '10.5.0.17'])('shows the page of a node that is known, here %s', async (node) => {
    const { session } = await asked({ context: 'prod-fra', node });

    await waitFor(() => expect([session.screen.id, session.screen.part]).toEqual(['node', '10.5.0.17']));
  });

  it('shows the list where the node is not known, and asks nobody for its name', async () => {
    const { session } = await asked({ context: 'prod-fra', node: 'evil.example.org' });

    expect(await screen.findByText('prod-fra has no node “evil.example.org” that is known.')).toBeTruthy();
    expect(session.screen.id).toBe('nodes');
  });

  it.each<[AskedPlace, string]>([
    [{ context: 'nowhere' }, 'Asked for from outside: the context “nowhere”, which no open talosconfig has.'],
    [{ context: 'prod-fra', screen: 'node' }, 'Asked for from outside: a screen “node”, which Minos has not.'],
    [{ context: 'prod-fra', screen: 'no-such' }, 'Asked for from outside: a screen “no-such”, which Minos has not.'],
  ])('that is not there is said, and nothing moves: %j', async (place, sentence) => {
    const app = await asked(place);

    expect(await screen.findByText(sentence)).toBeTruthy();
    expect(app.session.screen.id).toBe('endpoints');
    expect(called(app)).not.toContain('contexts.select');
  });

  it('does not take away what is open', async () => {
    const app = await asked({ context: 'staging', screen: 'nodes' }, 'endpoints', ({ session }) => {
      session.view.isShortcutsOpen = true;
    });

    expect(await screen.findByText(/asked for another place\. Close what is open/)).toBeTruthy();
    expect(app.session.screen.id).toBe('endpoints');
    expect(called(app)).not.toContain('contexts.select');
  });

  it('does not take away what was opened while its nodes were waited for', async () => {
    const { bridge, session } = await asked({ context: 'staging', node: 'worker-07' }, 'endpoints', (app) => {
      app.bridge.publish('nodes.state', { context: 'staging' }, nodesOf({ status: 'loading', nodes: [] }));
    });
    expect(await screen.findByText('Opened from outside: staging.')).toBeTruthy();
    session.view.isShortcutsOpen = true;
    await screen.findByRole('dialog', { name: 'Keyboard shortcuts' });

    bridge.publish('nodes.state', { context: 'staging' }, nodesOf({ context: 'staging' }));

    expect(await screen.findByText(/asked for another place\. Close what is open/)).toBeTruthy();
    expect(session.screen.id).toBe('overview');
  });

  it('selects the nodes of the first start, as far as they are known', async () => {
    const { session } = await asked({ context: 'prod-fra', select: ['worker-07', 'gone-1'] });

    await waitFor(() => expect([...session.nodeSelection.keys]).toEqual(['10.5.0.17']));
    expect(await screen.findByText('prod-fra has no node gone-1 that is known; it is not selected.')).toBeTruthy();
  });

  it.each([
    ['shows no node by what two call themselves', { node: 'worker-07' }, 'nodes', []],
    ['selects none of them either', { select: ['worker-07', '10.5.0.9'] }, 'nodes', ['10.5.0.9']],
  ])('%s', async (_what, place, shown, selected) => {
    const nodes = ['10.5.0.7', '10.5.0.8'].map((target) => nodeOf(target, { hostname: 'worker-07' }));
    // One that calls itself what another one is.
    const strange = nodeOf('10.5.0.6', { hostname: '10.5.0.9' });
    const all = [strange, ...nodes, nodeOf('10.5.0.9', { hostname: 'worker-09' })];

    const { session } = await asked({ context: 'prod-fra', ...place }, 'endpoints', ({ bridge }) => {
      bridge.publish('nodes.state', { context: 'prod-fra' }, nodesOf({ nodes: all }));
    });

    expect(await screen.findByText(/has several nodes “worker-07”: none is meant/)).toBeTruthy();
    expect([session.screen.id, [...session.nodeSelection.keys]]).toEqual([shown, selected]);
  });

  it('with --endpoints is the context that is dialled over them, else it is said that none is', async () => {
    const first = await asked({ hasEndpoints: true }, 'endpoints', ({ session, bridge }) => {
      const { contexts, ...config } = session.topics.config.current!;
      const started = contexts.map((each) => (each.id === 'lab' ? { ...each, startEndpoints: ['10.9.0.1'] } : each));
      bridge.publish('config.state', {}, { ...config, contexts: started });
    });
    await waitFor(() => expect(first.bridge.calls).toContainEqual({ name: 'contexts.select', input: { name: 'lab' } }));

    const second = await asked({ context: 'prod-fra', hasEndpoints: true });
    expect(
      await screen.findByText(/^--endpoints has no effect: .* prod-fra is dialled as its file says\.$/),
    ).toBeTruthy();
    expect(called(second)).not.toContain('contexts.select');
  });

  it('that is written like a link and is none is said', async () => {
    const { bridge } = await asked({});
    bridge.desktop?.batch([{ kind: 'strange-link' }]);

    expect(await screen.findByText('A link to Minos could not be read. Nothing was done.')).toBeTruthy();
  });
});
