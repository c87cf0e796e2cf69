import { describe, expect, it } from 'vitest';
import { ProbePlan } from '../../../../main/operations/health/probe-plan.ts';
import { watchedNodes, type Choosable } from '../../../../main/operations/health/watched-choice.ts';

const names = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `n${index}`);

/** Runs the plan in steps of 250 ms; how many were asked in each second. */
function run(plan: ProbePlan, seconds: number, isWell: (node: string) => boolean, from = 0): number[] {
  const perSecond: number[] = [];
  for (let atMs = from; atMs < from + seconds * 1000; atMs += 250) {
    const due = plan.due(atMs);
    for (const node of due) plan.ended(node, isWell(node), atMs + 10);
    const second = Math.floor((atMs - from) / 1000);
    perSecond[second] = (perSecond[second] ?? 0) + due.length;
  }
  return perSecond;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe('the turns in which nodes are asked', () => {
  it('begin with all of a small cluster at once', () => {
    const plan = new ProbePlan(() => 0.5);
    plan.setNodes(names(60), 0);
    expect(plan.due(0)).toHaveLength(60);
    expect(plan.due(250)).toEqual([]);
  });

  it.each([
    [700, 30],
    [1_000, 40],
    [3_000, 45],
  ])('ask each of %i nodes once in %i s, evenly, and as many a second as one thread has time for', (count, seconds) => {
    let seed = 1;
    const plan = new ProbePlan(() => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647);
    plan.setNodes(names(count), 0);
    run(plan, 4 * seconds, () => true);
    const rest = run(plan, 2 * seconds, () => true, 4_000 * seconds);
    // No more than 45 a second are asked, however many there are.
    const asked = Math.min(2 * count, 2 * seconds * 45);
    expect(sum(rest)).toBeGreaterThan(asked * 0.9);
    expect(sum(rest)).toBeLessThanOrEqual(asked * 1.03);
    expect(Math.max(...rest)).toBeLessThanOrEqual(60);
  });

  it.each([1_000, 1_500])('leave none of %i nodes alone for so long that it would be taken for silent', (count) => {
    let seed = 1;
    const plan = new ProbePlan(() => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647);
    plan.setNodes(names(count), 0);
    const askedAtMs = new Map<string, number>();
    let longestMs = 0;
    for (let atMs = 0; atMs < 240_000; atMs += 250) {
      for (const node of plan.due(atMs)) {
        longestMs = Math.max(longestMs, atMs - (askedAtMs.get(node) ?? atMs));
        askedAtMs.set(node, atMs);
        plan.ended(node, true, atMs + 10);
      }
    }
    expect(askedAtMs.size).toBe(count);
    // After 75 s it would be; an answer may take 5 s of that.
    expect(longestMs).toBeLessThan(70_000);
  });

  it('come sooner for what is not well, and stay bounded when nothing is', () => {
    const plan = new ProbePlan(() => 0.5);
    plan.setNodes(names(1_000), 0);
    run(plan, 60, () => false);
    expect(Math.max(...run(plan, 60, () => false, 60_000))).toBeLessThanOrEqual(60);

    const few = new ProbePlan(() => 0);
    few.setNodes(names(2), 0);
    expect(sum(run(few, 60, (node) => node === 'n0'))).toBe(2 + 6);
  });

  it('forget what is not there any more', () => {
    const plan = new ProbePlan(() => 0);
    plan.setNodes(names(3), 0);
    plan.due(0);
    plan.setNodes(['n9'], 0);
    plan.ended('n0', true, 0);
    expect(plan.due(100_000)).toEqual(['n9']);
  });
});

describe('the nodes that are watched', () => {
  const cluster = (count: number): Choosable[] =>
    names(count).map((node, index) => ({ node, role: index < 3 ? 'controlplane' : 'worker' }));

  it('are all of a cluster of up to 100', () => {
    expect(watchedNodes(cluster(100), []).size).toBe(100);
  });

  it('are those in view and the control planes of a larger one', () => {
    expect([...watchedNodes(cluster(101), ['n50', 'gone'])]).toEqual(['n50', 'n0', 'n1', 'n2']);
  });

  it('are never more than 100', () => {
    expect(watchedNodes(cluster(1_000), names(1_000).slice(10, 150)).size).toBe(100);
  });
});
