import { expect, test } from 'vitest';
import { LensEngine } from '../../../renderer/lens/worker/lens-engine.ts';
import type { LensFromWorker } from '../../../renderer/lens/protocol.ts';
import { at, clockedEngine, T0 } from './engine-harness.ts';

const ROWS = 100;

test('rows do not wait for the turn that is planned for the minimap', () => {
  const { engine, planned, count, pass, come } = clockedEngine();
  engine.take({ type: 'view', view: { at: 'end', count: ROWS } });
  engine.take({ type: 'minimap', buckets: 10 });
  come();
  pass(250);
  const [minimapsBefore, rowsBefore] = [count('minimap'), count('rows')];
  come();
  pass(250);
  come();
  pass(40);
  expect(count('rows')).toBe(rowsBefore + 2);
  expect(count('minimap')).toBe(minimapsBefore);
  pass(1000);
  expect(count('minimap')).toBe(minimapsBefore + 1);
  expect(planned).toHaveLength(0);
});

test('rows that are all others each time are sent ten times a second, so that drawing them leaves time for taking lines', () => {
  const { engine, count, pass, come } = clockedEngine();
  engine.take({ type: 'view', view: { at: 'end', count: ROWS } });
  const inASecond = (lines: number): number => {
    const before = count('rows');
    for (let turn = 0; turn < 100; turn += 1) {
      come(lines);
      pass(10);
    }
    return count('rows') - before;
  };
  expect(inASecond(1)).toBeGreaterThan(25);
  const racing = inASecond(ROWS);
  expect(racing).toBeGreaterThanOrEqual(9);
  expect(racing).toBeLessThanOrEqual(11);
});

test('what a search found is told when it is over, however short ago something else was', () => {
  const { engine, pass, come, state } = clockedEngine();
  engine.take({ type: 'view', view: { at: 'end', count: ROWS } });
  come(10);
  pass(300);
  come();
  pass(5);
  const pattern = { text: 'line', isRegex: false, isCaseSensitive: false };
  engine.take({ type: 'search', search: { pattern, show: 'all' } });
  pass(2);
  expect(state()).toMatchObject({ counts: { hits: 11 }, progress: { state: 'done' } });
});

test('a search that takes for ever is stopped, which is said, and lines go on coming and are shown', () => {
  let nowMs = 0;
  let planned: (() => void)[] = [];
  const told: LensFromWorker[] = [];
  // Each look at the clock finds it 50 ms later: whatever is done takes long.
  const engine = new LensEngine({
    post: (message) => told.push(message),
    now: () => (nowMs += 50),
    after: (_ms, run) => planned.push(run),
  });
  const lines = (count: number): void => {
    const text = Array.from({ length: count }, (_each, index) => `${at(index)} aaaa`).join('\n');
    engine.take({ type: 'pieces', stream: 0, pieces: [{ type: 'lines', source: 0, text, count, atMs: T0 }] });
  };
  engine.take({ type: 'view', view: { at: 'end', count: ROWS } });
  lines(1000);
  engine.take({
    type: 'search',
    search: { pattern: { text: '(a+)+$', isRegex: true, isCaseSensitive: true }, show: 'all' },
  });
  for (let turn = 0; planned.length > 0; turn += 1) {
    const due = planned;
    planned = [];
    for (const run of due) run();
    expect(turn).toBeLessThan(1000);
  }
  const state = told.findLast((one) => one.type === 'state')?.state;
  expect(state?.progress).toMatchObject({
    state: 'stopped',
    message: expect.stringMatching(
      /^The search was stopped after 15 s: \d+ of 1,000 lines were looked at\.$/,
    ) as unknown,
  });
  expect(state?.counts.hits).toBe(state?.progress.done);
  engine.take({ type: 'drawn' });
  lines(10);
  for (const run of planned.splice(0)) run();
  expect(told.findLast((one) => one.type === 'rows')?.rows.total).toBe(1010);
});
