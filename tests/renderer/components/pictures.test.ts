import { render, screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import CertificateClock from '../../../renderer/components/CertificateClock.svelte';
import PathView from '../../../renderer/components/PathView.svelte';
import SegmentedBar from '../../../renderer/components/SegmentedBar.svelte';
import Sparkline from '../../../renderer/components/Sparkline.svelte';

const DAY_MS = 86_400_000;

describe('the run bar', () => {
  const segments = (count: number): { id: string; label: string; state: 'done' | 'failed' | 'waiting' }[] =>
    Array.from({ length: count }, (_, n) => ({
      id: String(n),
      label: `n${n}`,
      state: n === 0 ? 'failed' : n === 1 ? 'waiting' : 'done',
    }));

  it('says how many are settled', () => {
    render(SegmentedBar, { props: { label: 'Progress', segments: segments(14) } });
    const bar = screen.getByRole('progressbar', { name: 'Progress' });

    expect([bar.getAttribute('aria-valuenow'), bar.getAttribute('aria-valuetext')]).toEqual(['13', '13 of 14']);
    expect(bar.children).toHaveLength(14);
  });

  it('draws shares instead of a thousand hairs', () => {
    render(SegmentedBar, { props: { label: 'Progress', segments: segments(1000) } });

    expect([...screen.getByRole('progressbar').children].map((part) => (part as HTMLElement).title)).toEqual([
      '1 failed',
      '998 done',
      '1 waiting',
    ]);
  });
});

describe('the certificate clock', () => {
  const clock = (days: number): string => {
    const { container, unmount } = render(CertificateClock, {
      props: { notBeforeMs: -100 * DAY_MS, notAfterMs: days * DAY_MS, nowMs: 0 },
    });
    const text = `${container.textContent.trim()} ${container.querySelector('.clock')!.className.split(' ')[1]}`;
    unmount();
    return text;
  };

  it('turns amber at 30 days and red at 7', () => {
    expect([40, 30, 29, 7, 6].map(clock)).toEqual([
      '40 d left ok',
      '30 d left ok',
      '29 d left warn',
      '7 d left warn',
      '6 d left bad',
    ]);
    expect(clock(-2)).toBe('expired 2 d ago bad');
  });
});

describe('the path', () => {
  it('names every stop and draws the broken leg broken', () => {
    render(PathView, {
      props: {
        legs: [
          { to: 'cp-2', state: 'ok', text: '11 ms' },
          { to: 'worker-7', state: 'broken' },
        ],
      },
    });

    expect(screen.getAllByRole('listitem').map((item) => item.textContent.replace(/\s+/g, ' ').trim())).toEqual([
      'you',
      'reaches 11 ms cp-2',
      'does not reach worker-7',
    ]);
  });
});

describe('a sparkline', () => {
  it('says what it shows and stays inside its box, whatever the values', () => {
    const { container } = render(Sparkline, {
      props: { values: [0, -3, 1e9, 5], label: 'Round trip: 5 ms', widthPx: 50, heightPx: 20 },
    });
    const path = container.querySelector('.line')!.getAttribute('d')!;
    const numbers = path.match(/-?[\d.]+/g)!.map(Number);

    expect(screen.getByRole('img', { name: 'Round trip: 5 ms' })).toBeTruthy();
    expect(numbers.every((value, index) => value >= 0 && value <= (index % 2 === 0 ? 50 : 20))).toBe(true);
  });

  it('draws nothing for no values', () => {
    const { container } = render(Sparkline, { props: { values: [], label: 'none' } });

    expect(container.querySelector('.line, circle')).toBeNull();
  });
});
