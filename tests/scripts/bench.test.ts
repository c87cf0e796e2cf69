import { describe, expect, it } from 'vitest';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { changeOf, comparison, isSlower, type Compared } from '../../scripts/bench/compare.ts';
import type { Measure, Subject } from '../../scripts/bench/measure.ts';
import { costOf, familyOf } from '../../scripts/bench/process-cost.ts';
import { keepsGoal, table, withTable } from '../../scripts/bench/report.ts';
import { median, pairedRatio } from '../../scripts/bench/statistics.ts';
import { otherCheckout } from '../../scripts/bench/other-checkout.ts';
import { takeTurns } from '../../scripts/bench/take-turns.ts';
import { temporaryHome } from '../../scripts/temporary-home.ts';

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
  it('lets each of three be first, in the middle and last', async () => {
    const order: string[] = [];
    const sample = ({ root }: Subject): Promise<number[]> => Promise.resolve([order.push(root)]);

    await takeTurns({ figures: [{ name: 'x', unit: 'ms' }], sample }, ['a', 'b', 'c'].map(subject), 3);

    expect(order.join('')).toBe('abcbcacab');
  });

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
      { name: 'big', unit: 'MB', atMost: 8, samples: [9] },
    ] as const;

    expect(table(results).split('\n')).toEqual([
      '| Figure | Median  | Least | Most | Samples | Goal          |',
      '| ------ | ------- | ----- | ---- | ------- | ------------- |',
      '| fast   | 100 ms  | 90.0  | 300  | 3       | ≤ 150 ms      |',
      '| big    | 9.00 MB | 9.00  | 9.00 | 1       | ≤ 8 MB missed |',
    ]);
    expect(results.map(keepsGoal)).toEqual([true, false]);
  });

  it('replaces what stands between the marks of a document, and nothing else', () => {
    const document = 'a\n<!-- bench: begin -->\nold\n<!-- bench: end -->\nb\n';

    expect(withTable(document, 'new')).toBe('a\n<!-- bench: begin -->\n\nnew\n\n<!-- bench: end -->\nb\n');
    expect(() => withTable('a', 'new')).toThrow('no place');
  });
});

describe('comparing with another commit', () => {
  const slowMachine = [100, 200, 100, 400, 100];
  const by = (factor: number): number[] => slowMachine.map((value) => value * factor);
  const compared = (now: number, again: number, figure: Partial<Compared> = {}): Compared => ({
    name: 'x',
    unit: 'ms',
    samples: by(now),
    before: slowMachine,
    beforeAgain: by(again),
    ...figure,
  });

  it.each([
    ['5 % slower is no change', compared(1.049, 1), false],
    ['6 % slower is one', compared(1.06, 1.02), true],
    ['but not where the commit differs as much from itself', compared(1.06, 1.06), false],
    ['in either direction', compared(1.06, 0.94), false],
    ['16 % are too much there as well', compared(1.16, 1.5), true],
    ['faster is never slower', compared(0.5, 1), false],
    ['a rate that fell is slower', compared(0.9, 1, { unit: 'MiB/s' }), true],
    ['a rate that grew is not', compared(1.9, 1, { unit: 'MiB/s' }), false],
    ['a figure with a least value is one of those', compared(0.9, 1, { unit: '×', atLeast: 50 }), true],
    ['four rounds say nothing', compared(9, 1, { samples: by(9).slice(0, 4) }), false],
  ])('%s', (_what, figure, expected) => {
    expect(isSlower(figure)).toBe(expected);
  });

  it('takes ratios within rounds, and says what chance alone makes', () => {
    const change = changeOf(compared(1.2, 0.8));

    expect(change.ratio).toBeCloseTo(1.2);
    expect(change.itself).toBeCloseTo(1.25);
    expect(change.most).toBe(1.15);
  });

  it('prints a row per figure with its verdict', () => {
    expect(comparison([compared(1.2, 1)]).split('\n')).toEqual([
      '| Figure | Before | Now    | Ratio | Itself | Most | Rounds | Verdict |',
      '| ------ | ------ | ------ | ----- | ------ | ---- | ------ | ------- |',
      '| x      | 100 ms | 120 ms | 1.200 | 1.000  | 1.05 | 5      | worse   |',
    ]);
  });

  it('checks a commit out beside this checkout with its packages, and takes it away again', () => {
    const home = temporaryHome();
    try {
      const root = realpathSync(home.path);
      const git = (...args: string[]): string => execFileSync('git', args, { cwd: root, encoding: 'utf8' });
      const commit = (lock: string): void => {
        writeFileSync(join(root, 'package.json'), '{}');
        writeFileSync(join(root, 'package-lock.json'), lock);
        git('add', '.');
        git('-c', 'user.name=x', '-c', 'user.email=x@example.org', 'commit', '--quiet', '--message', lock);
      };
      git('init', '--quiet');
      mkdirSync(join(root, 'node_modules/some'), { recursive: true });
      writeFileSync(join(root, '.gitignore'), 'node_modules\n.cache\n');
      commit('one');
      commit('two');
      writeFileSync(join(root, 'more'), '');
      git('add', '.');

      const other = otherCheckout(root, 'HEAD');
      expect(existsSync(join(other.root, 'package.json'))).toBe(true);
      expect(existsSync(join(other.root, 'more'))).toBe(false);
      expect(existsSync(join(other.root, 'node_modules/some'))).toBe(true);
      other.remove();
      expect(existsSync(other.root)).toBe(false);
      expect(existsSync(join(root, 'node_modules/some'))).toBe(true);
      expect(git('worktree', 'list').trim().split('\n')).toHaveLength(1);

      expect(() => otherCheckout(root, 'HEAD~1')).toThrow('has other packages');
      expect(git('worktree', 'list').trim().split('\n')).toHaveLength(1);
      expect(() => otherCheckout(root, 'no-such-commit')).toThrow();
    } finally {
      home.remove();
    }
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
