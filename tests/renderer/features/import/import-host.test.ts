import { createEvent, fireEvent, screen, waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { configOf } from '../../../fakes/bridge/cluster-data.ts';
import { clusterBridge } from '../../../fakes/bridge/cluster-bridge.ts';
import { failureOf } from '../../../fakes/bridge/fake-bridge.ts';
import { IMPORT } from '../../../fakes/bridge/import-data.ts';
import { openApp, type OpenApp } from '../../support/open-app.ts';

const file = (name: string): File => new File(['secret'], name);

/** jsdom knows no DataTransfer; these are the fields the page reads. */
const holding = (files: readonly File[], types = ['Files']) => ({
  dataTransfer: { types, files, items: files, dropEffect: 'none' },
});

async function open(): Promise<OpenApp> {
  const app = openApp('contexts');
  await screen.findByRole('rowheader', { name: /staging/ });
  return app;
}

describe('dropping files', () => {
  it('outlines the whole window and says what will happen', async () => {
    await open();

    await fireEvent.dragEnter(document.body, holding([file('a'), file('b')]));

    const outline = await screen.findByRole('status', { name: 'Drop files' });
    expect(outline.textContent).toContain('Drop 2 files');
    expect(outline.textContent).toContain('/home/ada/.talos/config');
    expect(outline.textContent).toContain('Nothing is written before you say so.');
  });

  it('takes the outline away when they leave the window', async () => {
    await open();
    await fireEvent.dragEnter(document.body, holding([file('a')]));

    const within = createEvent.dragLeave(document.body);
    Object.defineProperty(within, 'relatedTarget', { value: document.body });
    await fireEvent(document.body, within);
    expect(screen.queryByRole('status', { name: 'Drop files' })).not.toBeNull();
    await fireEvent.dragLeave(document.body);

    await waitFor(() => expect(screen.queryByRole('status', { name: 'Drop files' })).toBeNull());
  });

  it('hands them to main and shows what is in them', async () => {
    const { bridge } = await open();

    await fireEvent.drop(document.body, holding([file('talosconfig')]));

    await screen.findByRole('dialog', { name: 'Import contexts' });
    expect(bridge.calls.find(({ name }) => name === 'import.fromDrop')?.input).toEqual({ token: IMPORT.token });
  });

  it('lets a drag of text be', async () => {
    await open();

    await fireEvent.dragEnter(document.body, holding([], ['text/plain']));

    expect(screen.queryByRole('status', { name: 'Drop files' })).toBeNull();
  });

  it('works where there is no talosconfig yet', async () => {
    const bridge = clusterBridge().publish('config.state', {}, configOf({ status: 'missing', contexts: [] }));
    openApp('contexts', bridge);
    await screen.findByRole('heading', { name: 'There is no talosconfig yet' });

    await fireEvent.drop(document.body, holding([file('talosconfig')]));

    await screen.findByRole('dialog', { name: 'Import contexts' });
  });

  it('says why a drop cannot be read', async () => {
    const { bridge } = await open();
    bridge.onDrop(() => ({ ok: false, failure: failureOf('invalid', 'What was dropped is not a file.') }));

    await fireEvent.drop(document.body, holding([file('x')]));

    await screen.findByRole('group', { name: 'What was dropped is not a file.' });
  });
});

describe('pasting', () => {
  it('lets main read the clipboard outside of text fields', async () => {
    const { user, bridge } = await open();

    await user.keyboard('{Control>}v{/Control}');

    await screen.findByRole('dialog', { name: 'Import contexts' });
    expect(bridge.calls.find(({ name }) => name === 'import.fromClipboard')?.input).toEqual({});
  });

  it('leaves keys in text fields to them', async () => {
    const { user, bridge } = await open();
    await user.click(screen.getByRole('textbox', { name: /Filter contexts/ }));

    await user.keyboard('{Control>}v{/Control}{Control>}z{/Control}');

    expect(bridge.calls.map(({ name }) => name)).not.toContain('import.fromClipboard');
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('only says so when the clipboard holds no talosconfig', async () => {
    const { user, bridge } = await open();
    const failures = [failureOf('file-invalid', 'The clipboard is not a talosconfig.')];
    bridge.answer('import.fromClipboard', () => ({ ok: true, value: { ...IMPORT, rows: [], failures } }));

    await user.keyboard('{Control>}v{/Control}');

    await screen.findByText('The clipboard is not a talosconfig.');
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

describe('choosing files', () => {
  it('does nothing when the dialog was cancelled', async () => {
    const { user, bridge } = await open();
    bridge.answer('import.choose', () => ({ ok: false, failure: failureOf('cancelled', 'Nothing was chosen.') }));

    await user.click(screen.getByRole('button', { name: 'Import or add' }));
    await user.click(screen.getByRole('menuitem', { name: /Import from files/ }));

    await waitFor(() => expect(bridge.calls.map(({ name }) => name)).toContain('import.choose'));
    expect(screen.queryByRole('dialog', { name: 'Import contexts' })).toBeNull();
  });
});
