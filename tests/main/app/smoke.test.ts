import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { quitWhenShown } from '../../../main/app/smoke.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function start() {
  const seen: string[] = [];
  const state = { isVisible: false, hasAsked: false, isDestroyed: false };
  quitWhenShown({
    app: {
      getVersion: () => '1.2.3',
      quit: () => seen.push('quit'),
      exit: (code) => seen.push(`exit ${String(code)}`),
    },
    window: { isVisible: () => state.isVisible, isDestroyed: () => state.isDestroyed },
    hasAsked: () => state.hasAsked,
    print: (line) => seen.push(line),
    limitMs: 1000,
  });
  return { seen, state };
}

it('prints one line and quits once the window is shown and its page has asked', () => {
  const { seen, state } = start();

  state.isVisible = true;
  vi.advanceTimersByTime(100);
  const early = [...seen];
  state.hasAsked = true;
  vi.advanceTimersByTime(5000);

  expect(early).toEqual([]);
  expect(seen).toEqual(['Minos 1.2.3 shows its window.\n', 'quit']);
  expect(vi.getTimerCount()).toBe(0);
});

it.each([
  ['no window', { isVisible: false, hasAsked: true, isDestroyed: false }],
  ['an empty window', { isVisible: true, hasAsked: false, isDestroyed: false }],
  ['no window', { isVisible: true, hasAsked: true, isDestroyed: true }],
])('exits with 1 and says that it shows %s', (what, facts) => {
  const { seen, state } = start();

  Object.assign(state, facts);
  vi.advanceTimersByTime(5000);

  expect(seen).toEqual([`Minos 1.2.3 shows ${what}.\n`, 'exit 1']);
});
