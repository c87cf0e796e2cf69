import { render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import Status from '../../../renderer/components/Status.svelte';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const said = (): string | null => screen.getByRole('status').textContent;

it('what changes a thousand times is read aloud at once, every few seconds, and at its end', async () => {
  const heard = new Set<string | null>();
  const { rerender, container } = render(Status, { props: { text: '0 of 1,000 nodes' } });
  for (let done = 1; done <= 1000; done += 1) {
    await rerender({ text: `${done} of 1,000 nodes` });
    vi.advanceTimersByTime(10);
    await vi.advanceTimersByTimeAsync(0);
    heard.add(said());
  }

  expect(container.textContent).toContain('1000 of 1,000 nodes');
  expect(heard.size).toBeLessThanOrEqual(5);
  expect(heard.has('0 of 1,000 nodes')).toBe(true);
  await vi.advanceTimersByTimeAsync(3000);
  expect(said()).toBe('1000 of 1,000 nodes');
});

it('an age is shown and not read aloud', async () => {
  const { rerender } = render(Status, { props: { text: 'As of 14:02:11, 12 s ago.' } });
  await vi.advanceTimersByTimeAsync(0);
  expect(said()).toBe('As of 14:02:11.');

  await rerender({ text: 'As of 14:02:11, 24 s ago.' });
  await vi.advanceTimersByTimeAsync(10_000);
  expect([said(), screen.getByText('As of 14:02:11, 24 s ago.').getAttribute('aria-hidden')]).toEqual([
    'As of 14:02:11.',
    'true',
  ]);
});
