import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import Button from '../../../renderer/components/Button.svelte';
import CheckBox from '../../../renderer/components/fields/CheckBox.svelte';
import FilterChips from '../../../renderer/components/fields/FilterChips.svelte';
import IconButton from '../../../renderer/components/IconButton.svelte';
import KeyHint from '../../../renderer/components/KeyHint.svelte';
import StatusDot from '../../../renderer/components/StatusDot.svelte';
import { textSnippet } from '../support/snippet.ts';

describe('a button', () => {
  it('is a button that submits nothing and does what it says', async () => {
    const onclick = vi.fn();
    render(Button, { props: { children: textSnippet('Test now'), onclick } });
    const button = screen.getByRole<HTMLButtonElement>('button', { name: 'Test now' });

    await userEvent.click(button);

    expect(onclick).toHaveBeenCalledOnce();
    expect(button.type).toBe('button');
  });

  it('with only an icon still has a name', () => {
    render(IconButton, { props: { icon: 'close', label: 'Close the inspector' } });

    expect(screen.getByRole('button', { name: 'Close the inspector' }).title).toBe('Close the inspector');
  });
});

describe('a status dot', () => {
  it('draws a shape of its own for every state', () => {
    const shapes = (['ready', 'busy', 'unknown', 'failed', 'disabled'] as const).map((state) => {
      const { container, unmount } = render(StatusDot, { props: { state, label: '' } });
      const shape = container.querySelector('svg')!.innerHTML.replace(/<!--.*?-->/g, '');
      unmount();
      return shape;
    });

    expect(new Set(shapes).size).toBe(5);
  });

  it('is said in words, unless words stand beside it', () => {
    render(StatusDot, { props: { state: 'failed' } });
    expect(screen.getByRole('img', { name: 'failed' })).toBeTruthy();

    render(StatusDot, { props: { state: 'ready', label: '' } });
    expect(screen.queryByRole('img', { name: 'ready' })).toBeNull();
  });
});

describe('a check box', () => {
  const production = () => screen.getByRole<HTMLInputElement>('checkbox', { name: 'Production' });

  it('is what was chosen', async () => {
    render(CheckBox, { props: { checked: false, children: textSnippet('Production') } });

    await userEvent.click(production());

    expect(production().checked).toBe(true);
  });

  it('shows what holds where somebody else decides, also when it was refused', async () => {
    const props = { checked: false, children: textSnippet('Production') };
    const asked = vi.fn(() => Promise.resolve());
    const { rerender } = render(CheckBox, { props: { ...props, onchoose: asked } });

    await userEvent.click(production());
    expect(asked).toHaveBeenCalledExactlyOnceWith(true);
    await vi.waitFor(() => expect(production().checked).toBe(false));

    await rerender({ ...props, checked: true });
    expect(production().checked).toBe(true);
  });
});

describe('filter chips', () => {
  it('say how many are left a moment after the last key, and nothing when the data change', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const props = { label: 'nodes', text: '', found: 14 };
    const { rerender, container } = render(FilterChips, { props });
    const said = (): string | undefined => container.querySelector('[aria-live]')?.textContent;
    await userEvent.type(screen.getByRole('textbox'), 'cp', { delay: null });
    await rerender({ ...props, text: 'cp', found: 3 });
    expect(said()).toBe('');

    vi.advanceTimersByTime(1000);
    await vi.waitFor(() => expect(said()).toBe('3 of the nodes shown.'));
    await rerender({ ...props, text: 'cp', found: 5 });
    vi.advanceTimersByTime(10_000);
    expect(said()).toBe('3 of the nodes shown.');
    vi.useRealTimers();
  });

  it('are switched on and off and cleared by Escape', async () => {
    const ontoggle = vi.fn();
    const user = userEvent.setup();
    render(FilterChips, {
      props: { label: 'nodes', chips: [{ id: 'cp', label: 'control plane', isOn: true }], ontoggle, text: 'wor' },
    });

    await user.click(screen.getByRole('button', { name: 'control plane', pressed: true }));
    const field = screen.getByRole<HTMLInputElement>('textbox', { name: /Filter nodes/ });
    await user.type(field, '{Escape}');

    expect(ontoggle).toHaveBeenCalledWith('cp');
    expect(field.value).toBe('');
  });
});

describe('a key hint', () => {
  it('names each key', () => {
    const { container } = render(KeyHint, { props: { chord: 'mod+k' } });

    expect([...container.querySelectorAll('kbd')].map((key) => key.textContent)).toEqual(['Ctrl', 'K']);
  });
});
