import { fireEvent, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import CommandPalette from '../../../renderer/components/overlays/CommandPalette.svelte';
import Dialog from '../../../renderer/components/overlays/Dialog.svelte';
import type { MenuItem } from '../../../renderer/components/overlays/menu-item.ts';
import Menu from '../../../renderer/components/overlays/Menu.svelte';
import { findItems } from '../../../renderer/components/find/find-items.ts';
import type { PickItem } from '../../../renderer/components/overlays/pick.ts';
import Sheet from '../../../renderer/components/overlays/Sheet.svelte';
import { textSnippet } from '../support/snippet.ts';

describe('a dialog', () => {
  it('has a name, is modal and closes by its button and by Escape', async () => {
    const onclose = vi.fn();
    const showModal = vi.spyOn(HTMLDialogElement.prototype, 'showModal');
    render(Dialog, { props: { title: 'Keyboard shortcuts', isOpen: true, onclose, children: textSnippet('body') } });

    expect(screen.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeTruthy();
    expect(showModal).toHaveBeenCalledOnce();
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    await userEvent.keyboard('{Escape}');

    expect(onclose).toHaveBeenCalledTimes(2);
  });

  it('closed by its owner, and opened again before the browser tells of it, stays open', async () => {
    const late: (() => void)[] = [];
    // A task of its own, as in browsers.
    vi.spyOn(HTMLDialogElement.prototype, 'close').mockImplementation(function close(this: HTMLDialogElement) {
      this.open = false;
      late.push(() => this.dispatchEvent(new Event('close')));
    });
    const onclose = vi.fn();
    const props = { title: 'Undo this change?', isOpen: true, onclose, children: textSnippet('body') };
    const { rerender } = render(Dialog, { props });

    await rerender({ ...props, isOpen: false });
    await rerender(props);
    for (const tell of late) tell();

    expect(late).toHaveLength(1);
    expect(onclose).not.toHaveBeenCalled();
    vi.mocked(HTMLDialogElement.prototype.close).mockRestore();
  });

  it('is not in the page while closed', () => {
    render(Sheet, {
      props: { title: 'Import', isOpen: false, onclose: () => undefined, children: textSnippet('body') },
    });

    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

describe('a menu', () => {
  const items = (select: () => void): readonly MenuItem[] => [
    { id: 'a', label: 'Version', select },
    { id: 'b', label: 'Services', select },
    { id: 'c', label: 'Reset', disabledBecause: 'Needs the role os:admin.', select },
  ];

  it('opens on its first item, moves by arrows and letters, and chooses', async () => {
    const select = vi.fn();
    const user = userEvent.setup();
    render(Menu, { props: { label: 'Run', items: items(select), trigger: textSnippet('Run') } });

    await user.click(screen.getByRole('button', { name: 'Run', expanded: false }));
    expect(document.activeElement?.textContent).toContain('Version');
    await user.keyboard('{ArrowDown}');
    expect(document.activeElement?.textContent).toContain('Services');
    await user.keyboard('{ArrowDown}{ArrowDown}');
    expect(document.activeElement?.textContent).toContain('Version');
    await user.keyboard('s{Enter}');

    expect(select).toHaveBeenCalledOnce();
    expect(screen.queryByRole('menu')).toBeNull();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Run' }));
  });

  it('says why an item cannot be chosen and does not choose it', async () => {
    const select = vi.fn();
    render(Menu, { props: { label: 'Run', items: items(select), trigger: textSnippet('Run') } });

    await userEvent.click(screen.getByRole('button', { name: 'Run' }));
    const item = screen.getByRole('menuitem', { name: /Reset/ });
    await userEvent.click(item);

    expect(item.textContent).toContain('Needs the role os:admin.');
    expect(item.getAttribute('aria-disabled')).toBe('true');
    expect(select).not.toHaveBeenCalled();
  });
});

describe('the palette', () => {
  const pick = vi.fn();
  const ITEMS: readonly PickItem[] = [
    { id: '1', label: 'Nodes', detail: 'screen', pick },
    { id: '2', label: 'Run Version', detail: 'on 14 nodes', pick: () => void pick('version') },
    { id: '3', label: 'lab', group: 'Contexts', disabledBecause: 'cannot be used', pick },
  ];

  it('narrows while typing, moves by arrows and picks by Enter', async () => {
    const onclose = vi.fn();
    const user = userEvent.setup();
    render(CommandPalette, { props: { items: ITEMS, isOpen: true, onclose } });
    const field = screen.getByRole('combobox', { name: 'Search or run' });
    expect(document.activeElement).toBe(field);

    await user.keyboard('nodes');
    expect(screen.getAllByRole('option').map((option) => option.textContent.trim().split(' ')[0])).toEqual([
      'Nodes',
      'Run',
    ]);
    await user.keyboard('{ArrowDown}');
    expect(field.getAttribute('aria-activedescendant')).toBe(screen.getByRole('option', { selected: true }).id);
    await user.keyboard('{Enter}');

    expect(onclose).toHaveBeenCalledOnce();
    expect(pick.mock.calls).toEqual([['version']]);
  });

  it('says when nothing is found, and picks nothing that cannot be picked', async () => {
    pick.mockClear();
    const user = userEvent.setup();
    render(CommandPalette, { props: { items: ITEMS, isOpen: true, onclose: () => undefined } });

    await user.keyboard('lab{Enter}');
    expect(pick).not.toHaveBeenCalled();
    await user.keyboard('xyz');

    expect(screen.getByRole('status').textContent).toBe('Nothing here is called “labxyz”.');
  });

  it('picks what was moved to, also when the list changes under the key, and nothing when that is gone', async () => {
    const picked: string[] = [];
    const items = (...ids: readonly string[]): readonly PickItem[] =>
      ids.map((id) => ({ id, label: `Node ${id}`, pick: () => picked.push(id) }));
    const user = userEvent.setup();
    const { rerender } = render(CommandPalette, {
      props: { items: items('a', 'b'), isOpen: true, onclose: () => undefined },
    });

    await user.keyboard('{ArrowDown}');
    await rerender({ items: items('new', 'a', 'b') });
    await user.keyboard('{Enter}');
    expect(picked).toEqual(['b']);

    await rerender({ items: items('new', 'a') });
    expect(screen.queryByRole('option', { selected: true })).toBeNull();
    await user.keyboard('{Enter}');
    expect(picked).toEqual(['b']);
    await user.keyboard('{ArrowDown}{Enter}');
    expect(picked).toEqual(['b', 'new']);
  });

  it('picks once while Enter is held down', async () => {
    pick.mockClear();
    render(CommandPalette, { props: { items: ITEMS, isOpen: true, onclose: () => undefined } });
    const field = screen.getByRole('combobox', { name: 'Search or run' });

    await fireEvent.keyDown(field, { key: 'Enter', repeat: true });
    expect(pick).not.toHaveBeenCalled();
    await fireEvent.keyDown(field, { key: 'Enter' });
    expect(pick).toHaveBeenCalledOnce();
  });

  it('puts what starts with the text before what merely holds it', () => {
    expect(findItems(ITEMS, 'n').map(({ id }) => id)).toEqual(['1', '2', '3']);
    expect(findItems(ITEMS, 'contexts').map(({ id }) => id)).toEqual(['3']);
  });

  it('finds by further words before what merely holds the text in its title', () => {
    const items: readonly PickItem[] = [
      { id: 'held', label: 'Undrained', pick },
      { id: 'word', label: 'Reboot', words: 'restart drain', pick },
      { id: 'title', label: 'Drain', pick },
    ];
    expect(findItems(items, 'drain').map(({ id }) => id)).toEqual(['title', 'word', 'held']);
  });

  it('begins with what was picked of late, and prefers it among equals', () => {
    const items = ['a', 'b', 'c'].map((id): PickItem => ({ id, label: `Node ${id}`, group: 'Nodes', pick }));
    expect(findItems(items, '', { recent: ['c', 'gone'] }).map(({ id, group }) => `${id} ${group}`)).toEqual([
      'c Recent',
      'a Nodes',
      'b Nodes',
    ]);
    expect(findItems(items, 'node', { recent: ['b', 'c'] }).map(({ id }) => id)).toEqual(['b', 'c', 'a']);
  });
});
