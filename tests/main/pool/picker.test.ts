import { expect, test } from 'vitest';
import { EXPLORE_EVERY, pick, type Candidate, type Snapshot } from '../../../main/pool/picker.ts';
import { seeded } from '../../../scripts/seeded-random.ts';

const ready = (roundTripMs?: number, activeCalls = 0): Candidate => ({
  readiness: 'use',
  activeCalls,
  isDoubted: false,
  ...(roundTripMs !== undefined && { roundTripMs }),
});
const not = (readiness: Candidate['readiness']): Candidate => ({ readiness, activeCalls: 0, isDoubted: false });
const snapshot = (candidates: readonly Candidate[], turn = 0): Snapshot => ({ candidates, turn });
const none: ReadonlySet<number> = new Set();

/** How often each endpoint is picked in `count` picks. */
function shares(candidates: readonly Candidate[], count = 10_000): number[] {
  const random = seeded(7);
  const picked = candidates.map(() => 0);
  for (let turn = 0; turn < count; turn += 1) {
    const result = pick(snapshot(candidates, turn), none, random);
    if (result.kind === 'use') picked[result.index]! += 1;
  }
  return picked.map((times) => times / count);
}

test.each([
  ['nothing listed', [], 'refuse'],
  ['all down', [not('down'), not('down')], 'refuse'],
  ['all off', [not('off')], 'refuse'],
  ['one still connecting', [not('down'), not('wait')], 'wait'],
])('%s: %s', (_name, candidates, kind) => {
  expect(pick(snapshot(candidates), none, Math.random)).toEqual({ kind });
});

test('goes round in order while nothing is measured', () => {
  const candidates = [ready(), not('wait'), ready(), ready()];
  const order = [0, 1, 2, 3, 4].map((turn) => pick(snapshot(candidates, turn), none, Math.random));

  expect(order.map((result) => result.kind === 'use' && result.index)).toEqual([0, 2, 3, 0, 2]);
});

test('equal endpoints get equal shares', () => {
  for (const share of shares([ready(20), ready(20), ready(20)])) expect(share).toBeCloseTo(1 / 3, 1);
});

test('noise below five milliseconds does not count', () => {
  for (const share of shares([ready(0.3), ready(4), ready(1)])) expect(share).toBeCloseTo(1 / 3, 1);
});

test('a slow endpoint gets little, but not nothing', () => {
  const [quick, slow] = shares([ready(10), ready(400)]);

  expect(quick).toBeGreaterThan(0.95);
  expect(slow).toBeGreaterThan(0.5 / EXPLORE_EVERY / 2);
});

test('calls in flight weigh as much as round trips', () => {
  const [busy, free] = shares([ready(20, 9), ready(20, 0)]);

  expect(free).toBeGreaterThan(0.95);
  expect(busy).toBeLessThan(0.05);
});

test('an endpoint without a measurement counts as quick as the quickest', () => {
  const [measured, fresh] = shares([ready(20), ready()]);

  expect(measured).toBeCloseTo(0.5, 1);
  expect(fresh).toBeCloseTo(0.5, 1);
});

test('avoids where the call already failed, unless nothing else is ready', () => {
  const candidates = [ready(10), ready(10), not('down')];

  for (let n = 0; n < 50; n += 1) {
    expect(pick(snapshot(candidates, n), new Set([0]), Math.random)).toEqual({ kind: 'use', index: 1 });
  }
  expect(pick(snapshot(candidates), new Set([0, 1]), () => 0).kind).toBe('use');
});

test('waits for another endpoint that connects instead of repeating where the call failed, if it may wait', () => {
  const candidates = [ready(10), not('wait')];

  expect(pick(snapshot(candidates), new Set([0]), () => 0, true)).toEqual({ kind: 'wait' });
  expect(pick(snapshot(candidates), new Set([0]), () => 0, false)).toEqual({ kind: 'use', index: 0 });
  expect(pick(snapshot(candidates), new Set([0, 1]), () => 0, true)).toEqual({ kind: 'use', index: 0 });
});

test('one that is doubted is used only if nothing else is ready', () => {
  const doubted = { ...ready(1), isDoubted: true };

  expect(shares([doubted, ready(50), ready(50)])[0]).toBe(0);
  expect(shares([doubted, not('wait')])[0]).toBe(1);
});
