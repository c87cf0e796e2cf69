import { screen, within } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import type { CommandSummary } from '../../../preload/contract/index.ts';
import { clusterBridge } from '../../fakes/bridge/cluster-bridge.ts';
import { NOW_MS, VERSION_COMMAND } from '../../fakes/bridge/cluster-data.ts';
import { failureOf, type FakeBridge } from '../../fakes/bridge/fake-bridge.ts';
import { openApp } from '../support/open-app.ts';

const GET: CommandSummary = {
  id: 'get',
  title: 'Get',
  about: 'Resources of one type.',
  columns: [],
  params: [
    { id: 'type', title: 'Type', kind: 'text', required: true, suggest: 'resource-types' },
    { id: 'all', title: 'All namespaces', kind: 'flag', required: false, initial: false },
    { id: 'sort', title: 'Sort by', kind: 'choice', choices: ['rss', 'cpu'], required: false, initial: 'rss' },
  ],
};
const MEMORY: CommandSummary = {
  id: 'memory',
  title: 'Memory',
  columns: [
    { id: 'used', title: 'USED', kind: 'number', unit: 'MiB' },
    { id: 'shared', title: 'SHARED', kind: 'number', unit: 'MiB', isExtra: true },
  ],
  params: [],
  hasDetail: true,
};

function bridgeWith(...commands: readonly CommandSummary[]): FakeBridge {
  return clusterBridge({ failing: {} })
    .answer('commands.list', () => ({ ok: true, value: [VERSION_COMMAND, ...commands] }))
    .answer('resources.types', () => ({
      ok: true,
      value: [{ type: 'Members.cluster.talos.dev', namespace: 'cluster', aliases: ['members'], isSensitive: false }],
    }));
}

async function openMenu(bridge: FakeBridge): Promise<ReturnType<typeof openApp>> {
  const app = openApp('nodes', bridge);
  await app.user.click(await screen.findByRole('button', { name: 'Run on 14 nodes' }));
  return app;
}

describe('a command that needs a value', () => {
  it('asks for it first and sends what was entered', async () => {
    const { user, bridge } = await openMenu(bridgeWith(GET));
    await user.click(screen.getByRole('menuitem', { name: 'Get' }));
    const form = screen.getByRole('dialog', { name: 'Run Get' });
    const run = within(form).getByRole<HTMLButtonElement>('button', { name: 'Run' });
    expect(run.disabled).toBe(true);
    expect(bridge.streams).toHaveLength(0);

    await user.type(within(form).getByLabelText('Type'), 'members');
    await user.click(within(form).getByRole('checkbox', { name: 'All namespaces' }));
    await user.selectOptions(within(form).getByRole('combobox', { name: 'Sort by' }), 'cpu');
    await user.click(run);

    expect(bridge.streams[0]!.params).toMatchObject({
      command: 'get',
      params: { type: 'members', all: true, sort: 'cpu' },
    });
    expect(screen.queryByRole('dialog', { name: 'Run Get' })).toBeNull();
  });
});

describe('the answers', () => {
  async function openMemory(): Promise<ReturnType<typeof openApp>> {
    const bridge = bridgeWith(MEMORY).serve('run', (stream) => {
      const { nodes } = stream.params;
      stream.batch([
        {
          type: 'started',
          runId: 'm1',
          number: 1,
          nodes,
          columns: MEMORY.columns,
          talosctl: 'talosctl memory',
          startedAtMs: NOW_MS,
        },
        ...nodes.map((node) => ({
          type: 'answered' as const,
          node,
          endpoint: '10.5.0.2',
          durationMs: 3,
          rows: [[512, 7]],
          notes: ['Figures are old.'],
        })),
        {
          type: 'finished',
          ok: 14,
          failed: 0,
          cancelled: 0,
          durationMs: 9,
          notes: [{ severity: 'warning', message: 'Two nodes swap.' }],
        },
      ]);
      stream.end();
    });
    const app = await openMenu(bridge);
    await app.user.click(screen.getByRole('menuitem', { name: 'Memory' }));
    await screen.findByText(/14 ok/);
    return app;
  }

  const grid = (): HTMLElement => screen.getByRole('grid', { name: /^Answers/ });

  it('name the unit, hide what talosctl does not print, and say what is worth saying', async () => {
    const { user } = await openMemory();

    expect(within(grid()).getByRole('columnheader', { name: 'USED (MiB)' })).toBeTruthy();
    expect(within(grid()).queryByRole('columnheader', { name: /SHARED/ })).toBeNull();
    expect(screen.getByText('Two nodes swap.')).toBeTruthy();
    await user.click(screen.getAllByRole('button', { name: 'Columns' }).at(-1)!);
    await user.click(screen.getByRole('menuitemcheckbox', { name: 'SHARED (MiB)' }));

    expect(within(grid()).getByRole('columnheader', { name: 'SHARED (MiB)' })).toBeTruthy();
  });

  it('open with details, notes and the raw message', async () => {
    const { user, bridge } = await openMemory();
    bridge
      .answer('runs.detail', () => ({
        ok: true,
        value: {
          title: 'Memory',
          parts: [{ kind: 'fields', fields: [{ name: 'memtotal', kind: 'number', value: 2048, unit: 'kB' }] }],
        },
      }))
      .answer('runs.raw', () => ({ ok: true, value: { json: '{"x":1}', isCut: false } }));

    await user.click(within(grid()).getByText('cp-2'));
    const inspector = screen.getByRole('complementary', { name: 'Answer cp-2, Memory' });
    expect(await within(inspector).findByText('2,048 kB')).toBeTruthy();
    expect(within(inspector).getByText('Figures are old.')).toBeTruthy();
    await user.click(within(inspector).getByRole('button', { name: 'Raw message' }));

    expect(await within(inspector).findByText('{"x":1}')).toBeTruthy();
    expect(bridge.calls.find(({ name }) => name === 'runs.detail')?.input).toEqual({
      runId: 'm1',
      node: '10.5.0.3',
      row: 0,
    });
  });

  it('draw values that are secret only when asked to', async () => {
    const { user, bridge } = await openMemory();
    bridge.answer('runs.detail', () => ({
      ok: true,
      value: {
        title: 'v1alpha1',
        isSensitive: true,
        parts: [{ kind: 'text', language: 'yaml', text: 'token: abcdef', isCut: false }],
      },
    }));

    await user.click(within(grid()).getByText('cp-2'));
    const inspector = screen.getByRole('complementary', { name: 'Answer cp-2, Memory' });
    const show = await within(inspector).findByRole('button', { name: 'Show the values' });
    expect(inspector.textContent).not.toContain('abcdef');
    await user.click(show);

    expect(inspector.textContent).toContain('abcdef');
  });

  it('say why details cannot be had', async () => {
    const { user, bridge } = await openMemory();
    bridge.answer('runs.detail', () => ({
      ok: false,
      failure: failureOf('not-found', 'This answer is no longer kept.'),
    }));

    await user.click(within(grid()).getByText('cp-2'));

    expect(await screen.findByRole('heading', { name: 'This answer is no longer kept.' })).toBeTruthy();
  });

  it('are copied as text and saved where the user says', async () => {
    const { user, bridge } = await openMemory();
    const setData = vi.fn();
    document.execCommand = () =>
      document.dispatchEvent(Object.assign(new Event('copy'), { clipboardData: { setData } }));
    bridge
      .answer('runs.text', ({ format }) => ({ ok: true, value: `as ${format}` }))
      .answer('runs.save', () => ({ ok: true, value: { isSaved: true, name: 'memory.json' } }));

    await user.click(screen.getByRole('button', { name: 'Copy or save' }));
    await user.click(screen.getByRole('menuitem', { name: 'Copy as CSV' }));
    expect(await screen.findByText('Copied all answers.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Copy or save' }));
    await user.click(screen.getByRole('menuitem', { name: 'Save as JSON…' }));

    expect(await screen.findByText('Saved memory.json.')).toBeTruthy();
    expect(setData.mock.calls).toEqual([['text/plain', 'as csv']]);
  });
});

describe('a pasted talosctl line', () => {
  async function openPaste(bridge: FakeBridge): Promise<ReturnType<typeof openApp>> {
    const app = openApp('nodes', bridge);
    await screen.findByText('worker-07');
    await app.user.keyboard('{Control>}k{/Control}');
    await app.user.keyboard('paste{Enter}');
    return app;
  }

  it('fills the form with the command and its nodes, and runs only after that', async () => {
    const bridge = bridgeWith(GET).answer('runs.parseTalosctl', () => ({
      ok: true,
      value: {
        command: 'get',
        params: { type: 'members' },
        nodes: ['10.5.0.11', 'web-1'],
        notes: ['-o yaml changes nothing here.'],
      },
    }));
    const { user } = await openPaste(bridge);

    await user.type(screen.getByLabelText('Command line'), 'talosctl -n 10.5.0.11,web-1 get members -o yaml');
    expect(await screen.findByText('-o yaml changes nothing here.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Continue' }));
    expect(bridge.streams).toHaveLength(0);
    const form = screen.getByRole('dialog', { name: 'Run Get' });
    expect(form.textContent).toContain('On 2 nodes: worker-01 and web-1.');
    await user.click(within(form).getByRole('button', { name: 'Run' }));

    expect(bridge.streams[0]!.params).toMatchObject({ nodes: ['10.5.0.11', 'web-1'], params: { type: 'members' } });
  });

  it('says which word is not understood, and does not touch another context', async () => {
    const bridge = bridgeWith(GET).answer('runs.parseTalosctl', ({ line }) =>
      line.includes('frobnicate')
        ? { ok: false, failure: failureOf('invalid', 'Minos does not know the word frobnicate.') }
        : { ok: true, value: { command: 'version', params: {}, nodes: [], context: 'lab', notes: [] } },
    );
    const { user } = await openPaste(bridge);
    const field = screen.getByLabelText('Command line');

    await user.type(field, 'frobnicate');
    expect(await screen.findByText('Minos does not know the word frobnicate.')).toBeTruthy();
    await user.clear(field);
    await user.type(field, 'talosctl --context lab version');

    expect(await screen.findByText('▲ The line is for lab; the bar shows another context.')).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Continue' }).disabled).toBe(true);
  });
});
