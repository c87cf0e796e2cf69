import { describe, expect, it } from 'vitest';
import type { Measure, Subject } from '../../scripts/bench/measure.ts';
import { costOf, familyOf } from '../../scripts/bench/process-cost.ts';
import { keepsGoal, table, withTable } from '../../scripts/bench/report.ts';
import { median, pairedRatio } from '../../scripts/bench/statistics.ts';
import { takeTurns } from '../../scripts/bench/take-turns.ts';

const subject = (root: string): Subject => ({ root, runtime: { kind: 'stand-in', executablePath: '', distPath: '' } });

describe('statistics', () => {
  it.each([
    [[3], 3],
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[10, 9, 100], 10],
  ])('the median of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  it('compares within rounds, so that a slow machine in some of them does not matter', () => {
    const base = [100, 200, 100, 400, 100];

    expect(
      pairedRatio(
        base,
        base.map((value) => value * 1.1),
      ),
    ).toBeCloseTo(1.1);
  });
});

describe('taking turns', () => {
  it('takes one sample of each checkout per round and changes who is first', async () => {
    const order: string[] = [];
    const measure: Pick<Measure, 'figures' | 'sample'> = {
      figures: [{ name: 'x', unit: 'ms' }],
      sample: ({ root }) => {
        order.push(root);
        return Promise.resolve([order.length]);
      },
    };

    const taken = await takeTurns(measure, [subject('a'), subject('b')], 3);

    expect(order).toEqual(['a', 'b', 'b', 'a', 'a', 'b']);
    expect(taken).toEqual([[[1, 4, 5]], [[2, 3, 6]]]);
  });

  it('refuses a sample that lacks a figure', async () => {
    const measure: Pick<Measure, 'figures' | 'sample'> = {
      figures: [{ name: 'x', unit: 'ms' }],
      sample: () => Promise.resolve([]),
    };

    await expect(takeTurns(measure, [subject('a')], 1)).rejects.toThrow('another number of figures');
  });
});

describe('the report', () => {
  it('shows medians, what they vary by, and goals that are missed', () => {
    const results = [
      { name: 'fast', unit: 'ms', atMost: 150, samples: [90, 100, 300] },
      { name: 'big', unit: 'MB', atMost: 8, samples: [9], against: [10] },
    ] as const;

    expect(table(results).split('\n')).toEqual([
      '| Figure | Median  | Least | Most | Samples | Goal          | Other   | Change  |',
      '| ------ | ------- | ----- | ---- | ------- | ------------- | ------- | ------- |',
      '| fast   | 100 ms  | 90.0  | 300  | 3       | ≤ 150 ms      |         |         |',
      '| big    | 9.00 MB | 9.00  | 9.00 | 1       | ≤ 8 MB missed | 10.0 MB | −10.0 % |',
    ]);
    expect(results.map(keepsGoal)).toEqual([true, false]);
  });

  it('replaces what stands between the marks of a document, and nothing else', () => {
    const document = 'a\n<!-- bench: begin -->\nold\n<!-- bench: end -->\nb\n';

    expect(withTable(document, 'new')).toBe('a\n<!-- bench: begin -->\n\nnew\n\n<!-- bench: end -->\nb\n');
    expect(() => withTable('a', 'new')).toThrow('no place');
  });
});

describe.skipIf(process.platform !== 'linux')('the cost of a process', () => {
  it('knows memory and processor time of itself, and nothing of one that is gone', () => {
    const before = costOf(process.pid);
    for (let i = 0, end = performance.now() + 60; performance.now() < end; i += 1);
    const after = costOf(process.pid);

    expect(after?.pssMb).toBeGreaterThan(10);
    expect(after?.rssMb).toBeGreaterThanOrEqual(after?.pssMb ?? Infinity);
    expect((after?.cpuMs ?? 0) - (before?.cpuMs ?? 0)).toBeGreaterThanOrEqual(30);
    expect(costOf(2 ** 30)).toBeUndefined();
    expect(familyOf(process.ppid).map(({ pid }) => pid)).toContain(process.pid);
  });
});
