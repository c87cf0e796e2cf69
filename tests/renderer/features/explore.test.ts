import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { ResourceTypeSummary, WatchItem } from '../../../preload/contract/index.ts';
import { clusterBridge } from '../../fakes/bridge/cluster-bridge.ts';
import { nodeOf, nodesOf, NOW_MS } from '../../fakes/bridge/cluster-data.ts';
import { failureOf, type FakeBridge, type FakeStream } from '../../fakes/bridge/fake-bridge.ts';
import { openApp, type OpenApp } from '../support/open-app.ts';

const MEMBERS: ResourceTypeSummary = {
  ...{ type: 'Members.cluster.talos.dev', namespace: 'cluster', aliases: ['members', 'member'], isSensitive: false },
};
const SECRETS: ResourceTypeSummary = {
  ...{ type: 'OSRootSecrets.secrets.talos.dev', namespace: 'secrets', aliases: ['osrootsecret'], isSensitive: true },
};
const YAML = 'node: 10.5.0.2\nspec:\n    hostname: cp-1\n';

const titles = ['NAMESPACE', 'TYPE', 'ID', 'VERSION', 'HOSTNAME'];
const COLUMNS: WatchItem = {
  type: 'columns',
  columns: titles.map((title) => ({ id: title.toLowerCase(), title, kind: title === 'VERSION' ? 'number' : 'text' })),
  resourceType: MEMBERS.type,
  namespace: 'cluster',
  talosctl: 'talosctl --context prod-fra -n 10.5.0.2 get Members.cluster.talos.dev --watch',
};
const set = (id: string, hostname: string, isInitial = false): WatchItem => ({
  ...{ type: 'set', node: '10.5.0.2', key: `cluster/${id}`, isInitial },
  cells: ['cluster', 'Member', id, 1, hostname],
});

function bridgeWith(types: readonly ResourceTypeSummary[] = [MEMBERS, SECRETS]): FakeBridge {
  return clusterBridge()
    .answer('resources.types', () => ({ ok: true, value: types }))
    .answer('resources.yaml', ({ id }) => ({
      ok: true,
      value: { title: id, parts: [{ kind: 'text', language: 'yaml', text: YAML, isCut: false }] },
    }));
}

const watches = (bridge: FakeBridge): readonly FakeStream<'watch'>[] =>
  bridge.streams.filter((stream): stream is FakeStream<'watch'> => stream.name === 'watch');

async function openType(name: RegExp, bridge = bridgeWith()): Promise<OpenApp & { stream: () => FakeStream<'watch'> }> {
  const app = openApp('explore', bridge);
  const list = await screen.findByRole('list', { name: 'Resource types' });
  await app.user.click(within(list).getByRole('button', { name }));
  return { ...app, stream: () => watches(app.bridge).at(-1)! };
}

async function openMembers(): Promise<OpenApp & { stream: () => FakeStream<'watch'> }> {
  const app = await openType(/^Members/);
  await waitFor(() => expect(app.stream()).toBeDefined());
  app.stream().batch([COLUMNS, { type: 'reset', node: '10.5.0.2' }, set('cp-1', 'cp-1', true), set('w', 'w', true)]);
  app.stream().batch([{ type: 'complete', node: '10.5.0.2' }]);
  await screen.findByText('Live');
  return app;
}

const table = (): HTMLElement => screen.getByRole('grid', { name: 'Resources of Members.cluster.talos.dev' });
const row = (name: RegExp): string => within(table()).getByRole('row', { name }).textContent;

describe('exploring', () => {
  it('finds types by name, alias and namespace', async () => {
    const { user } = openApp('explore', bridgeWith());
    const list = await screen.findByRole('list', { name: 'Resource types' });
    expect(within(list).getAllByRole('button')).toHaveLength(2);

    await user.type(screen.getByRole('textbox', { name: /^Filter resource types/ }), 'osroot');

    expect(within(list).getAllByRole('button')).toHaveLength(1);
    expect(list.textContent).toContain('secret');
  });

  it('marks the inspected row by its node, not by one whose address begins alike', async () => {
    const nodes = ['10.5.0.2', '10.5.0.20'].map((target) => nodeOf(target, { role: 'controlplane' }));
    const bridge = bridgeWith().publish('nodes.state', { context: 'prod-fra' }, nodesOf({ nodes }));
    const app = await openType(/^Members/, bridge);
    await waitFor(() => expect(app.stream()).toBeDefined());
    const of = (node: string): WatchItem => ({ ...set('cp-1', `host of ${node}`, true), node }) as WatchItem;
    app.stream().batch([COLUMNS, of('10.5.0.2'), of('10.5.0.20')]);
    const cell = await within(await screen.findByRole('grid')).findByText('host of 10.5.0.20');

    await app.user.click(cell);

    expect(await screen.findByRole('complementary')).toBeTruthy();
    const open = [...table().querySelectorAll('tr.open')].map((each) => each.textContent);
    expect(open).toHaveLength(1);
    expect(open[0]).toContain('host of 10.5.0.20');
  });

  it('puts what is called so first and takes it by Enter', async () => {
    const etcd = { ...MEMBERS, type: 'EtcdMembers.etcd.talos.dev', namespace: 'etcd', aliases: ['etcdmember', 'em'] };
    const { user, bridge } = openApp('explore', bridgeWith([etcd, MEMBERS, SECRETS]));
    await screen.findByRole('list', { name: 'Resource types' });
    const names = (): readonly (string | undefined)[] =>
      within(screen.getByRole('list', { name: 'Resource types' }))
        .getAllByRole('button')
        .map((button) => button.textContent.trim().split(' ')[0]);

    await user.type(screen.getByRole('textbox', { name: /^Filter resource types/ }), 'members');
    expect(names()).toEqual(['Members', 'EtcdMembers']);
    await user.keyboard('{Enter}');

    await waitFor(() => expect(watches(bridge).at(-1)?.params).toMatchObject({ type: MEMBERS.type }));
  });

  it('watches the first control plane, and shows what comes with the columns of the type', async () => {
    const { stream } = await openMembers();

    expect(stream().params).toEqual({
      context: 'prod-fra',
      nodes: ['10.5.0.2'],
      type: MEMBERS.type,
      namespace: 'cluster',
    });
    expect(
      within(table())
        .getAllByRole('rowheader')
        .map((cell) => cell.textContent.trim()),
    ).toEqual(['cp-1', 'w']);
    stream().batch([set('w', 'worker-01'), set('new', 'x')]);

    await waitFor(() => expect(row(/^w /)).toMatch(/changed \d\d:\d\d:\d\d.*worker-01/));
    expect(row(/new/)).toContain('added');
    expect(screen.getByText(/--watch$/)).toBeTruthy();
  });

  it('keeps what was removed in sight until it is cleared away', async () => {
    const { stream, user } = await openMembers();
    stream().batch([
      { type: 'gone', node: '10.5.0.2', key: 'cluster/w', cells: ['cluster', 'Member', 'w', null], isInitial: false },
    ]);

    await waitFor(() => expect(row(/w/)).toContain('removed'));
    await user.click(screen.getByRole('button', { name: 'Clear 1 removed' }));

    expect(within(table()).getAllByRole('rowheader')).toHaveLength(1);
  });

  it('opens the YAML of a resource and reads it again when it changes', async () => {
    const { stream, user, bridge } = await openMembers();
    const reads = (): number => bridge.calls.filter(({ name }) => name === 'resources.yaml').length;

    await user.click(within(table()).getByRole('row', { name: /cp-1/ }));
    const inspector = await screen.findByRole('complementary', { name: 'Resource cp-1' });
    await waitFor(() => expect(inspector.textContent).toContain('hostname: cp-1'));
    expect(reads()).toBe(1);
    stream().batch([set('cp-1', 'cp-one')]);

    await waitFor(() => expect(reads()).toBe(2));
  });

  it('pauses, stops and begins again', async () => {
    const { stream, user, bridge } = await openMembers();
    await user.click(screen.getByRole('button', { name: 'Pause' }));
    stream().batch([set('w', 'y')]);
    await screen.findByText('Paused, 1 change waiting');
    expect(row(/w/)).not.toContain('changed');
    await user.click(screen.getByRole('button', { name: 'Go on' }));
    expect(row(/w/)).toContain('changed');

    await user.click(screen.getByRole('button', { name: 'Stop' }));
    expect(stream().isClosed).toBe(true);
    await screen.findByText(/^Stopped, as of/);
    expect(within(table()).getAllByRole('rowheader')).toHaveLength(2);
    await user.click(screen.getByRole('button', { name: 'Watch again' }));

    await waitFor(() => expect(watches(bridge)).toHaveLength(2));
  });

  it('says that it went on elsewhere, and that what it shows is old when it broke', async () => {
    const { stream } = await openMembers();
    stream().batch([{ type: 'gap', node: '10.5.0.2', from: '10.5.0.2', to: '10.5.0.3', gapMs: 1200 }]);
    await screen.findByRole('region', { name: 'cp-1 goes on through 10.5.0.3' });

    stream().batch([{ type: 'failed', node: '10.5.0.2', failure: failureOf('unreachable', 'cp-1 is gone.') }]);

    await screen.findByRole('group', { name: 'cp-1 is gone.' });
    await screen.findByText(/^Broken off, as of/);
  });

  it('dims what a silent node told, with its age, and not what the others tell', async () => {
    const { user, stream } = await openMembers();
    await user.click(screen.getByRole('button', { name: 'Nodes: cp-1' }));
    await user.click(screen.getByRole('option', { name: /^All 14 nodes/ }));
    const nodes = stream().params.nodes;
    const other = { ...set('other', 'other', true), node: '10.5.0.3' } as WatchItem;
    stream().batch([COLUMNS, ...nodes.map((node): WatchItem => ({ type: 'reset', node }))]);
    stream().batch([set('cp-1', 'cp-1', true), other]);
    stream().batch(nodes.map((node): WatchItem => ({ type: 'complete', node })));
    await screen.findByText('Live');
    const isDim = (name: RegExp): boolean => within(table()).getByRole('row', { name }).classList.contains('row-stale');

    const failure = failureOf('unreachable', 'cp-1 does not answer through 10.5.0.2.');
    stream().batch([{ type: 'silent', node: '10.5.0.2', sinceMs: NOW_MS - 12_000, failure }]);

    await screen.findByText('Live from 13 of 14 nodes');
    expect([isDim(/^cp-1/), isDim(/^other/)]).toEqual([true, false]);
    expect(row(/^cp-1/)).toMatch(/cp-1, 1\d s ago/);
    screen.getByText((_, element) =>
      /^cp-1: no answer since \d\d:\d\d:\d\d, 1\d s ago\. cp-1 does not answer through 10\.5\.0\.2\.$/.test(
        element?.tagName === 'P' ? element.textContent.trim() : '',
      ),
    );

    stream().batch([{ type: 'alive', node: '10.5.0.2' }]);
    await screen.findByText('Live');
    expect(isDim(/^cp-1/)).toBe(false);
  });

  it('is not live when every node it follows is silent, also while it is paused', async () => {
    const { user, stream } = await openMembers();
    await user.click(screen.getByRole('button', { name: 'Pause' }));

    stream().batch([{ type: 'silent', node: '10.5.0.2', sinceMs: NOW_MS - 66_000 }]);

    await screen.findByText(/^No answer since \d\d:\d\d:\d\d, 1 min ago$/);
    expect(within(table()).getByRole('row', { name: /^cp-1/ }).closest('.stale')).not.toBeNull();
  });

  it('watches other nodes when they are chosen', async () => {
    const { user, bridge } = await openMembers();

    await user.click(screen.getByRole('button', { name: 'Nodes: cp-1' }));
    await user.click(screen.getByRole('option', { name: /^All 14 nodes/ }));

    await waitFor(() => expect(watches(bridge).at(-1)?.params.nodes).toHaveLength(14));
    expect(watches(bridge)[0]?.isClosed).toBe(true);
  });

  it('follows the first hundred of more nodes and says how many it leaves out', async () => {
    const nodes = Array.from({ length: 130 }, (_, index) => nodeOf(`10.9.0.${index}`, { hostname: `node-${index}` }));
    const bridge = bridgeWith().publish('nodes.state', { context: 'prod-fra' }, nodesOf({ nodes }));
    const app = openApp('explore', bridge);
    const list = await screen.findByRole('list', { name: 'Resource types' });
    // Selections are of the context in use.
    app.session.nodeSelection.set(nodes.map(({ target }) => target));
    await app.user.click(within(list).getByRole('button', { name: /^Members/ }));

    await waitFor(() => expect(watches(bridge).at(-1)?.params.nodes).toHaveLength(100));
    expect(screen.getByText(/30 nodes more\s+are left out/)).toBeTruthy();
    const stream = watches(bridge).at(-1)!;
    const failure = failureOf('denied', 'Not allowed.');
    stream.batch([
      COLUMNS,
      ...nodes.slice(0, 5).map(({ target: node }) => ({ type: 'failed', node, failure }) as const),
    ]);

    // One reason is one card, however many nodes have it.
    expect(await screen.findAllByRole('group', { name: 'Not allowed.' })).toHaveLength(1);
    expect(screen.getByText(/5 nodes: node-0, node-1/)).toBeTruthy();
    stream.batch(
      nodes.slice(5, 10).map(({ target: node }, index) => ({
        type: 'failed' as const,
        node,
        failure: failureOf('invalid', `Reason ${index}.`),
      })),
    );
    await screen.findByText(/4 more nodes cannot be followed: node-6, node-7, node-8 and node-9/);
  });

  it('names the node whose dependencies are drawn, also when several are selected', async () => {
    const { user, session } = openApp('explore', bridgeWith());
    await screen.findByRole('list', { name: 'Resource types' });
    session.nodeSelection.set(['10.5.0.17', '10.5.0.2']);
    await user.click(screen.getByRole('button', { name: 'Dependencies' }));

    expect(await screen.findByRole('heading', { name: /^Dependencies of (cp-1|worker-07)$/ })).toBeTruthy();
  });

  it('ends the watch when the screen is left', async () => {
    const { stream } = await openMembers();

    window.location.hash = '#/nodes';

    await waitFor(() => expect(stream().isClosed).toBe(true));
  });

  it('reads the values of a secret only when asked to', async () => {
    const { user, bridge, stream } = await openType(/^OSRootSecrets/);
    await waitFor(() => expect(stream()).toBeDefined());
    stream().batch([COLUMNS, { type: 'reset', node: '10.5.0.2' }, set('os', 'x', true)]);
    await user.click(await screen.findByRole('row', { name: /^os/ }));
    await screen.findByRole('complementary', { name: 'Resource os' });
    expect(bridge.calls.map(({ name }) => name)).not.toContain('resources.yaml');

    await user.click(screen.getByRole('button', { name: 'Show the values' }));

    await waitFor(() => expect(bridge.calls.map(({ name }) => name)).toContain('resources.yaml'));
  });

  it('does not ask for what the certificate may not read, and says which role may', async () => {
    const refused = 'Needs the role os:admin; this certificate has os:reader.';
    const { bridge } = await openType(/^OSRootSecrets/, bridgeWith([{ ...SECRETS, refused }]));

    expect(await screen.findByText(new RegExp(refused))).toBeTruthy();
    expect(watches(bridge)).toHaveLength(0);
  });
});
