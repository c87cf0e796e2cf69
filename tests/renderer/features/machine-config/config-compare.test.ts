import { fireEvent, screen, within } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import type { ConfigDrift, KeptBefore, Outcome } from '../../../../preload/contract/index.ts';
import { configComparisonOf } from '../../../../renderer/features/machine-config/compare/config-comparison.svelte.ts';
import { clusterBridge } from '../../../fakes/bridge/cluster-bridge.ts';
import { NOW_MS } from '../../../fakes/bridge/cluster-data.ts';
import { openApp } from '../../support/open-app.ts';

const DRIFT: ConfigDrift = {
  token: '0c8b1f52-93f1-4f38-a8de-2d6a7f1f0a11',
  readAtMs: NOW_MS,
  groups: [
    { nodes: ['10.5.0.11', '10.5.0.12'], isBase: false },
    { nodes: ['10.5.0.13'], isBase: false },
  ],
  columns: 2,
  rows: [
    {
      ...{ id: '0', document: 'v1alpha1', path: 'machine.sysctls.a' },
      cells: [{ is: 'value', text: '1', variant: 0 }, { is: 'absent' }],
    },
    {
      ...{ id: '1', document: 'v1alpha1', path: 'machine.ca.key' },
      cells: [
        { is: 'hidden', why: 'secret', variant: 0 },
        { is: 'hidden', why: 'secret', variant: 1 },
      ],
    },
    {
      ...{ id: '2', document: 'v1alpha1', path: 'machine.network.hostname', expected: 'host names' },
      cells: [
        { is: 'several', count: 2 },
        { is: 'value', text: 'w3', variant: 2 },
      ],
    },
  ],
  moreRows: 4,
  failed: [
    {
      node: '10.5.0.14',
      failure: { code: 'unreachable', message: 'It did not answer.', retry: 'safe', traceId: 'x' },
    },
    {
      node: '10.5.0.17',
      failure: { code: 'unreachable', message: 'worker-07 refused the connection.', retry: 'safe', traceId: 'y' },
    },
    {
      node: '10.5.0.12',
      failure: { code: 'unreachable', message: '10.5.0.12 refused the connection.', retry: 'safe', traceId: 'z' },
    },
  ],
};

const compared = async () => {
  const asked: unknown[] = [];
  const bridge = clusterBridge()
    .serve('configDrift', (stream) => {
      asked.push(stream.params);
      stream.batch([{ type: 'progress', done: 1, of: 14 }]);
      stream.batch([{ type: 'compared', drift: DRIFT }]);
      stream.end();
    })
    .answer('machineConfig.alike', (input) => {
      asked.push(input);
      return {
        ok: true,
        value: {
          patch: 'machine:\n  sysctls:\n    a: "1"\n',
          kind: 'merge',
          leftOut: [
            { path: 'v1alpha1: machine.ca.key', why: 'a secret is not copied' },
            // A name with a dot reads as a field within another.
            { path: 'v1alpha1: machine.ca.key', why: 'a secret is not copied' },
          ],
        },
      };
    });
  openApp('machine-config', bridge);
  await fireEvent.click(await screen.findByRole('button', { name: 'Compare nodes' }));
  await fireEvent.click(await screen.findByRole('button', { name: 'Compare' }));
  const table = await screen.findByRole('region', { name: 'Differences' });
  return { asked, table };
};

it('compares all nodes with each other, names those that failed, and folds what is expected to differ', async () => {
  const { asked, table } = await compared();
  expect(asked[0]).toMatchObject({ context: 'prod-fra', nodes: expect.arrayContaining(['10.5.0.11']) as unknown });
  expect(screen.getByText('3 configs in 2 groups: 2 · 1. 2 fields differ.', { exact: false })).toBeTruthy();
  const failed = within(screen.getByRole('list', { name: 'Not compared' })).getAllByRole('listitem');
  expect(failed.map(({ textContent }) => textContent)).toEqual([
    '✕ worker-04 It did not answer.',
    '✕ worker-07 refused the connection.',
    '✕ worker-02 10.5.0.12 refused the connection.',
  ]);
  expect(within(table).getAllByRole('row')).toHaveLength(3);
  expect(within(table).getByText('secret B')).toBeTruthy();
  expect(screen.getByText('4 more fields not shown.')).toBeTruthy();

  const chip = screen.getByRole('button', { name: 'host names 1' });
  await fireEvent.click(chip);
  expect(chip.getAttribute('aria-pressed')).toBe('true');
  expect(within(table).getByText('2 different')).toBeTruthy();
});

it('writes a patch for the fields that were chosen, and says what it leaves out', async () => {
  const { asked } = await compared();
  await fireEvent.click(screen.getByRole('checkbox', { name: 'machine.sysctls.a' }));
  await fireEvent.click(screen.getByRole('button', { name: 'Write the patch' }));
  const left = await screen.findByRole('list', { name: 'Left out' });
  expect(left.textContent).toContain('machine.ca.key left out: a secret is not copied.');
  expect(asked.at(-1)).toEqual({ token: DRIFT.token, node: '10.5.0.13', like: '10.5.0.11', fields: ['0'] });
  expect(screen.getByLabelText(/^The patch for /).textContent).toContain('a: "1"');

  // What is chosen anew is another patch.
  await fireEvent.click(screen.getByRole('checkbox', { name: 'machine.ca.key' }));
  expect(screen.queryByRole('list', { name: 'Left out' })).toBeNull();
});

it('asks for fields that were chosen also when they are folded again', async () => {
  const { asked } = await compared();
  const chip = screen.getByRole('button', { name: 'host names 1' });
  await fireEvent.click(chip);
  await fireEvent.click(screen.getByRole('checkbox', { name: 'machine.network.hostname' }));
  await fireEvent.click(chip);
  expect(screen.getByText('For the 1 field that is chosen.')).toBeTruthy();
  await fireEvent.click(screen.getByRole('button', { name: 'Write the patch' }));
  expect(asked.at(-1)).toMatchObject({ fields: ['2'] });
});

it('offers no earlier config of another cluster that was asked for before, though its node has the same address', async () => {
  const asked = Promise.withResolvers<Outcome<readonly KeptBefore[]>>();
  const { session } = openApp(
    'nodes',
    clusterBridge().answer('machineConfig.before', () => asked.promise),
  );
  const comparison = configComparisonOf(session);
  comparison.enter('prod-fra');
  const reading = comparison.readEarlier('prod-fra', '10.5.0.2');
  comparison.enter('staging');
  asked.resolve({ ok: true, value: [{ id: 'one', atMs: NOW_MS, what: 'Patched' }] });
  await reading;
  expect(comparison.earlier).toBeUndefined();

  await comparison.readEarlier('staging', '10.5.0.2');
  expect(comparison.earlier).toMatchObject({ node: '10.5.0.2', kept: [{ id: 'one' }] });
});

it('does not compare one node with itself', async () => {
  openApp('machine-config', clusterBridge());
  await fireEvent.click(await screen.findByRole('button', { name: 'Compare nodes' }));
  await fireEvent.click(await screen.findByRole('button', { name: 'None' }));
  expect(screen.getByText('Choose a node at least.')).toBeTruthy();
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Compare' }).disabled).toBe(true);
});
