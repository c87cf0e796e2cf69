import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { ChangeSummary } from '../../../../preload/contract/index.ts';
import { NOW_MS, PATH } from '../../../fakes/bridge/cluster-data.ts';
import { writtenChange } from '../../../fakes/bridge/serve-plans.ts';
import { bringsOldCertificate, takenBack } from '../../../../renderer/features/changes/change-words.ts';
import { inputsOf } from '../../support/inputs-of.ts';
import { openApp, type OpenApp } from '../../support/open-app.ts';

async function written(what: string, diff: ChangeSummary['diff'] = []): Promise<OpenApp> {
  const app = openApp('contexts');
  await screen.findByRole('rowheader', { name: /staging/ });
  const change = { id: 'n1', file: PATH, atMs: NOW_MS, what, diff, isSealed: true, canUndo: true };
  app.bridge.answer('history.list', () => ({ ok: true, value: [change] }));
  app.bridge.answer('plans.undo', ({ change }) => ({
    ok: true,
    value: writtenChange('', `undo of ${change}`),
  }));
  app.session.changes.wrote(writtenChange(what, 'n1'));
  return app;
}

describe('Ctrl Z', () => {
  it('shows what would be undone, in which file and of when, and writes nothing without an answer', async () => {
    const app = await written('Renamed the context lab to den', [
      { kind: 'removed', old: 3, text: '  lab:' },
      { kind: 'added', new: 3, text: '  den:' },
    ]);

    await app.user.keyboard('{Control>}zz{/Control}');
    const question = await screen.findByRole('dialog', { name: 'Undo this change?' });
    expect(question.textContent).toMatch(new RegExp(`Renamed the context lab to den.*${PATH}.*now`, 's'));
    expect(await within(question).findByText('What would change: 1 added, 1 removed lines')).toBeTruthy();
    expect(question.textContent).not.toContain('older certificate');
    expect(document.activeElement).toBe(within(question).getByRole('button', { name: 'Leave the file' }));
    await app.user.keyboard('{Enter}');

    expect(screen.queryByRole('dialog')).toBeNull();
    expect(inputsOf(app, 'plans.undo')).toEqual([]);
    await app.user.keyboard('{Control>}z{/Control}');
    await app.user.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(inputsOf(app, 'plans.undo')).toEqual([{ change: 'n1' }]);
  });

  it('with Shift does it again, after a question of its own', async () => {
    const app = await written('Renamed the context lab to den');
    await app.user.keyboard('{Control>}z{/Control}');
    await app.user.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());

    await app.user.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
    const question = await screen.findByRole('dialog', { name: 'Do this change again?' });
    expect(question.textContent).toContain('Renamed the context lab to den');
    expect(inputsOf(app, 'plans.undo')).toHaveLength(1);
    await app.user.click(within(question).getByRole('button', { name: 'Redo' }));

    await screen.findByText('Did again: Renamed the context lab to den');
    expect(inputsOf(app, 'plans.undo')[1]).toEqual({ change: 'undo of n1' });
  });

  it('says of a renewal that an older certificate comes back', async () => {
    const app = await written('Renewed the certificate of lab');

    await app.user.keyboard('{Control>}z{/Control}');

    const question = await screen.findByRole('dialog', { name: 'Undo this change?' });
    expect(question.textContent).toContain('puts an older certificate and key back');
    expect(inputsOf(app, 'plans.undo')).toEqual([]);
  });
});

describe('a change', () => {
  it.each([
    ['Renewed the certificate of lab', [], true],
    ['Renamed lab', [{ kind: 'added', text: '    crt: [secret 1]' }], false],
    [
      'Imported lab (1 replaced)',
      [
        { kind: 'removed', text: '    crt: [secret 1]' },
        { kind: 'added', text: '    crt: [secret 2]' },
      ],
      true,
    ],
  ] as const)('%s brings an old certificate back when undone: %#', (what, diff, does) => {
    expect(bringsOldCertificate(what, diff)).toBe(does);
  });

  it('is shown the other way round, what goes before what comes', () => {
    expect(
      takenBack([
        { kind: 'same', old: 1, new: 1, text: 'a' },
        { kind: 'removed', old: 2, text: 'old' },
        { kind: 'added', new: 2, text: 'new' },
      ]),
    ).toEqual([
      { kind: 'same', old: 1, new: 1, text: 'a' },
      { kind: 'removed', old: 2, text: 'new' },
      { kind: 'added', new: 2, text: 'old' },
    ]);
  });
});
