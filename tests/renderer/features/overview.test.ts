import { screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { clusterBridge } from '../../fakes/bridge/cluster-bridge.ts';
import { certificateOf, configOf, contextOf, nodeOf, nodesOf, NOW_MS } from '../../fakes/bridge/cluster-data.ts';
import { failureOf } from '../../fakes/bridge/fake-bridge.ts';
import { kubeState } from '../../fakes/bridge/fake-kubeconfig.ts';
import { openApp } from '../support/open-app.ts';

const CONTEXT = { context: 'prod-fra' };

const panel = async (title: string) => {
  const heading = await screen.findByRole('heading', { level: 2, name: title });
  return within(heading.closest('section') ?? document.body);
};

describe('the overview', () => {
  it('names the nodes that are offline and opens one', async () => {
    const seen = { state: 'offline', atMs: NOW_MS, message: 'worker-07 refused the connection.' } as const;
    const nodes = nodesOf({
      nodes: [nodeOf('10.5.0.2', { hostname: 'cp-1' }), nodeOf('10.5.0.17', { hostname: 'worker-07', seen })],
    });
    const { user } = openApp('overview', clusterBridge().publish('nodes.state', CONTEXT, nodes));

    const offline = await (await panel('Nodes')).findByRole('list', { name: 'Nodes that do not answer' });
    expect(within(offline).getAllByRole('listitem')).toHaveLength(1);
    await user.click(within(offline).getByRole('button', { name: 'worker-07' }));

    expect(await screen.findByRole('complementary', { name: 'Node worker-07' })).toBeTruthy();
  });

  it('does not call a node offline that answers and is not trusted', async () => {
    const seen = { state: 'untrusted', atMs: NOW_MS, message: 'The TLS handshake failed.' } as const;
    const nodes = nodesOf({ nodes: [nodeOf('10.5.0.17', { hostname: 'worker-07', seen })] });
    openApp('overview', clusterBridge().publish('nodes.state', CONTEXT, nodes));

    const line = await (await panel('Nodes')).findByText(/not trusted since/);
    expect(line.closest('li')?.textContent).not.toContain('offline');
  });

  it('says nothing of offline nodes while none is known to be', async () => {
    openApp('overview');
    await (await panel('Nodes')).findByText(/control plane/);

    expect(screen.queryByRole('list', { name: 'Nodes that do not answer' })).toBeNull();
  });

  it('does not count versions that are not known as other ones', async () => {
    const nodes = nodesOf({
      nodes: [
        nodeOf('10.5.0.2', { hostname: 'cp-1', os: 'Talos (v1.13.9)' }),
        { target: '10.5.0.3', hostname: 'cp-2', addresses: [], role: 'controlplane', sources: ['context'] },
        nodeOf('10.5.0.4', { hostname: 'cp-3', os: 'Talos (unknown)' }),
        nodeOf('10.5.0.5', { hostname: 'cp-4', os: 'Talos' }),
      ],
    });
    openApp('overview', clusterBridge().publish('nodes.state', CONTEXT, nodes));

    const versions = await panel('Talos versions');
    const lines = (await versions.findAllByRole('listitem')).map((line) =>
      line.textContent.replace(/\s+/g, ' ').trim(),
    );
    expect(lines.sort()).toEqual(['1.13.9 1 node', 'not known 3 nodes']);
    expect(versions.queryByText(/different versions/)).toBeNull();
  });

  it('draws nodes that could not be read as no number', async () => {
    const failure = failureOf('unreachable', 'No endpoint answers, so the members are not known.');
    const nodes = nodesOf({ status: 'failed', nodes: [], failure });
    openApp('overview', clusterBridge().publish('nodes.state', CONTEXT, nodes));

    const known = await panel('Nodes');
    expect(await known.findByText(failure.message)).toBeTruthy();
    expect(known.queryByText('0')).toBeNull();
  });

  it('says to a read-only role why there is no kubeconfig, before anything is opened', async () => {
    const config = configOf({ contexts: [contextOf('prod-fra', { certificate: certificateOf(90, ['os:reader']) })] });
    openApp('overview', clusterBridge().publish('config.state', {}, config));

    const kubeconfig = await panel('Kubeconfig');
    const why = 'Fetching a kubeconfig needs the role os:admin; this certificate has os:reader.';
    expect(await kubeconfig.findByText(why)).toBeTruthy();
    expect(kubeconfig.getByRole<HTMLButtonElement>('button', { name: /kubeconfig…/ }).disabled).toBe(true);
  });

  it('shows what kubectl has of this cluster, and nothing of others', async () => {
    const { user } = openApp('overview');
    const kubeconfig = await panel('Kubeconfig');

    const lines = (await kubeconfig.findAllByRole('listitem')).map((line) => line.textContent.replace(/\s+/g, ' '));
    expect(lines).toEqual([expect.stringMatching(/^ ?admin@prod-fra current 5 d ?$/)]);
    await user.click(kubeconfig.getByRole('button', { name: 'Renew kubeconfig…' }));

    expect(await screen.findByRole('dialog', { name: 'Kubeconfig of prod-fra' })).toBeTruthy();
  });

  it('offers the kubeconfig of a cluster that kubectl does not know', async () => {
    openApp('overview', clusterBridge().publish('kubeconfig.state', {}, kubeState({ contexts: [] })));
    const kubeconfig = await panel('Kubeconfig');

    expect(await kubeconfig.findByText('kubectl has no context of this cluster.')).toBeTruthy();
    expect(kubeconfig.getByRole('button', { name: 'Get kubeconfig…' })).toBeTruthy();
  });

  it('leads from the certificate to where it is renewed', async () => {
    const { user } = openApp('overview');

    await user.click((await panel('Certificate')).getByRole('button', { name: 'Renew or share…' }));

    const context = await screen.findByRole('complementary', { name: 'Context prod-fra' });
    expect(within(context).getByRole('button', { name: /^Renew/ })).toBeTruthy();
  });
});
