import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { createRawSnippet } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import EmptyState from '../../../renderer/components/EmptyState.svelte';
import FailureCard from '../../../renderer/components/FailureCard.svelte';
import NoticeList from '../../../renderer/components/NoticeList.svelte';
import Remote from '../../../renderer/components/Remote.svelte';
import { failureOf } from '../../fakes/bridge/fake-bridge.ts';
import { textSnippet } from '../support/snippet.ts';

const FAILURE = failureOf('file-invalid', 'The talosconfig is not valid YAML.', {
  hint: 'Replace the tab.',
  where: { file: '/home/ada/.talos/config', line: 12, column: 5 },
  details: 'Tabs are not allowed',
});

describe('a failure card', () => {
  it('says what, where and what to do, and folds the rest away', () => {
    render(FailureCard, { props: { failure: FAILURE } });

    expect(screen.getByRole('heading', { level: 2 }).textContent).toBe(FAILURE.message);
    expect(screen.getByText('Replace the tab.')).toBeTruthy();
    expect(screen.getByText('/home/ada/.talos/config')).toBeTruthy();
    expect(screen.getByText('line 12, column 5')).toBeTruthy();
    expect(screen.getByText('Tabs are not allowed').closest('details')!.open).toBe(false);
  });

  it('copies everything a report needs', async () => {
    const setData = vi.fn();
    document.execCommand = () =>
      document.dispatchEvent(Object.assign(new Event('copy'), { clipboardData: { setData } }));
    render(FailureCard, { props: { failure: FAILURE } });

    await userEvent.click(screen.getByText('Details'));
    await userEvent.click(screen.getByRole('button', { name: 'Copy all' }));

    const text = String(setData.mock.calls[0]![1]);
    for (const part of [FAILURE.message, 'line 12, column 5', 'Tabs are not allowed', 'file-invalid', FAILURE.traceId])
      expect(text).toContain(part);
  });

  it('is not red when the user cancelled', () => {
    const { container } = render(FailureCard, { props: { failure: failureOf('cancelled', 'Cancelled.') } });

    expect(container.querySelector('.card.cancelled svg.failed')).toBeNull();
    expect(container.querySelector('.card.cancelled svg.disabled')).not.toBeNull();
  });
});

describe('a remote value', () => {
  const children = createRawSnippet((value: () => unknown) => ({ render: () => `<p>value ${String(value())}</p>` }));
  const show = (props: Record<string, unknown>): void =>
    void render(Remote, { props: { children, ...props } } as never);

  it('is loading until something came', () => {
    show({ value: undefined });

    expect(screen.getByRole('status', { name: 'Loading' })).toBeTruthy();
  });

  it('is drawn when it is there, and its empty form when it is empty', () => {
    show({ value: 7 });
    show({ value: 0, isEmpty: (value: number) => value === 0, empty: textSnippet('nothing yet') });

    expect(screen.getByText('value 7')).toBeTruthy();
    expect(screen.getByText('nothing yet')).toBeTruthy();
    expect(screen.queryByText('value 0')).toBeNull();
  });

  it('is a failure that can be tried again when nothing ever came', async () => {
    const onretry = vi.fn();
    show({ value: undefined, failure: FAILURE, onretry });

    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));

    expect(onretry).toHaveBeenCalledOnce();
  });

  it('stays and says that it is old when a failure follows', () => {
    show({ value: 7, failure: FAILURE });
    show({ value: 8, isStale: true, staleText: 'As of 12 s ago, retrying.' });

    expect(screen.getAllByRole('status').map((status) => status.textContent)).toEqual([
      FAILURE.message,
      'As of, retrying.',
    ]);
    expect(screen.getByText('As of 12 s ago, retrying.')).toBeTruthy();
    expect(screen.getByText('value 7')).toBeTruthy();
  });
});

describe('small states', () => {
  it('an empty one is a sentence and one action', () => {
    render(EmptyState, { props: { text: 'No node matches the filter.', action: textSnippet('Clear') } });

    expect(screen.getByText('No node matches the filter.')).toBeTruthy();
    expect(screen.getByText('Clear')).toBeTruthy();
  });

  it('notices are announced and can be dismissed', async () => {
    const ondrop = vi.fn();
    render(NoticeList, { props: { notices: [{ id: 4, text: 'Copied.', tone: 'info' }], ondrop } });

    expect(screen.getByRole('status').textContent).toContain('Copied.');
    await userEvent.click(screen.getByRole('button', { name: 'Dismiss' }));

    expect(ondrop).toHaveBeenCalledWith(4);
  });
});
