import { describe, expect, it } from 'vitest';
import type { PreparedCommand } from '../../../../../main/operations/commands/kit/definition.ts';
import {
  RunResults,
  type KeptLimits,
  type RunResult,
} from '../../../../../main/operations/work/history/run-results.ts';

const LIMITS: KeptLimits = {
  allBytes: 10_000,
  rowsBytes: 8000,
  linesBytes: 5000,
  answersBytes: 6000,
  answerBytes: 4000,
};
const prepared: PreparedCommand = { columns: [], ask: () => Promise.resolve(null), rows: () => [] };
const text = (sizeBytes: number): string => 'x'.repeat(sizeBytes);

function answered(result: RunResult, node: string, sizeBytes: number): void {
  result.take({ type: 'answered', node, endpoint: 'cp-1', durationMs: 1, rows: [[text(sizeBytes)]] });
}

describe('kept results', () => {
  it('hold the rows of a node together, however many events they came in', () => {
    const result = new RunResults(LIMITS).open('a');
    result.take({ type: 'rows', node: 'n', rows: [[1], [2]] });
    result.take({ type: 'answered', node: 'n', endpoint: 'e', durationMs: 1, rows: [[3]] });

    expect(result.nodes.get('n')).toMatchObject({ state: 'answered', rows: [[1], [2], [3]] });
  });

  it('let the oldest runs go when all together are too large, never the newest', () => {
    const results = new RunResults(LIMITS);
    for (const runId of ['a', 'b', 'c']) answered(results.open(runId), 'n', 4000);

    results.trim();
    expect(['a', 'b', 'c'].map((runId) => results.find(runId) !== undefined)).toEqual([false, true, true]);

    answered(results.open('d'), 'n', 7000);
    results.trim();
    expect(['b', 'c', 'd'].map((runId) => results.find(runId) !== undefined)).toEqual([false, false, true]);
  });

  it('keep no message that is too large, and no more than fit into one run', () => {
    const result = new RunResults(LIMITS).open('a');
    for (const [node, sizeBytes] of [
      ['large', 5000],
      ['first', 3000],
      ['second', 3500],
      ['third', 1000],
    ] as const) {
      result.keepAnswer(node, { answer: text(sizeBytes), prepared });
    }

    expect(['large', 'first', 'second', 'third'].filter((node) => result.answerOf(node))).toEqual(['first', 'third']);
  });

  it('of many runs at once have a bound together, however many run', () => {
    const results = new RunResults(LIMITS);
    const runs = Array.from({ length: 10 }, (_each, index) => results.open(`run-${index}`));

    for (const run of runs) answered(run, 'n', 4000);

    const total = runs.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    expect(total).toBeLessThanOrEqual(LIMITS.allBytes * 2);
    expect(runs.map(({ isTooLarge }) => isTooLarge)).toEqual(runs.map((_run, index) => index > 3));
  });

  it('of runs that have ended make room for those that run', () => {
    const results = new RunResults(LIMITS);
    for (const runId of ['a', 'b', 'c', 'd']) answered(results.open(runId), 'n', 4000);
    results.over('a');

    const next = results.open('e');
    answered(next, 'n', 4000);

    expect(next.isTooLarge).toBe(false);
    expect(results.find('a')).toBeUndefined();
  });

  it('keep no rows at all of a run that has too many, rather than some', () => {
    const result = new RunResults(LIMITS).open('a');
    answered(result, 'n', 5000);
    expect(result.isTooLarge).toBe(false);

    answered(result, 'm', 5000);

    expect(result.isTooLarge).toBe(true);
    expect(result.nodes.size).toBe(0);
  });
});
