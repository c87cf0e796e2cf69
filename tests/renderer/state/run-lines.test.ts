import { describe, expect, it } from 'vitest';
import { lineFinder } from '../../../renderer/features/runs/line-finder.ts';
import { MOST_LINES, RunLines } from '../../../renderer/state/run-lines.ts';

const texts = (lines: RunLines): readonly string[] => lines.all.map(({ text }) => text);

describe('lines of a run', () => {
  it('stand in the order they came, with marks where something is missing', () => {
    const lines = new RunLines();
    lines.take({ type: 'lines', node: 'a', lines: ['one', 'two'] });
    lines.take({ type: 'dropped', node: 'b', count: 1200 });
    lines.take({ type: 'gap', node: 'a', from: '10.5.0.2', to: '10.5.0.3', gapMs: 2940 });

    expect(texts(lines)).toEqual([
      'one',
      'two',
      '1,200 lines are missing here: they came faster than they could be shown, or are no longer kept.',
      'Continued through 10.5.0.3 instead of 10.5.0.2 after 2.94 s; lines in between may be missing.',
    ]);
    expect(lines.all.map(({ isMark }) => isMark)).toEqual([false, false, true, true]);
  });

  it('are bounded, and every line is shown or counted', () => {
    const lines = new RunLines();
    for (let index = 0; index < 70_000; index += 10) {
      lines.take({ type: 'lines', node: 'a', lines: Array.from({ length: 10 }, (_, one) => `${index + one}`) });
    }

    expect(lines.all.length).toBeLessThanOrEqual(MOST_LINES + 1000);
    expect(lines.all.length + lines.letGo).toBe(70_000);
    expect(lines.all.at(-1)).toMatchObject({ number: 69_999, text: '69999' });
    expect(lines.all[0]?.number).toBe(lines.letGo);
  });

  it('that are long are fewer', () => {
    const lines = new RunLines();
    for (let index = 0; index < 5000; index += 1) lines.take({ type: 'lines', node: 'a', lines: ['x'.repeat(16_000)] });

    expect(lines.all.length).toBeLessThan(1100);
    expect(lines.all.length + lines.letGo).toBe(5000);
  });
});

describe('finding lines', () => {
  it('goes on with what is new, forgets what is gone and keeps the marks', () => {
    const lines = new RunLines();
    const find = lineFinder();
    lines.take({ type: 'lines', node: 'a', lines: ['An ERROR', 'fine'] });
    expect(find(lines.all, ' error ').lines.map(({ text }) => text)).toEqual(['An ERROR']);

    lines.take({ type: 'dropped', node: 'a', count: 1 });
    lines.take({ type: 'lines', node: 'a', lines: ['another error', 'fine'] });
    expect(find(lines.all, 'error').lines.map(({ number }) => number)).toEqual([0, 2, 3]);

    lines.take({ type: 'lines', node: 'a', lines: Array.from({ length: MOST_LINES + 2000 }, () => 'fine') });
    expect(find(lines.all, 'error').lines).toEqual([]);
    expect(find(lines.all, '').lines).toBe(lines.all);
    expect(find(lines.all, 'fine').lines).toHaveLength(lines.all.length);
  });

  it('begins anew with the lines of another run', () => {
    const [first, second] = [new RunLines(), new RunLines()];
    const find = lineFinder();
    first.take({ type: 'lines', node: 'a', lines: ['x 1', 'x 2', 'x 3'] });
    second.take({ type: 'lines', node: 'a', lines: ['y', 'x 9'] });
    find(first.all, 'x');

    expect(find(second.all, 'x').lines.map(({ text }) => text)).toEqual(['x 9']);
    first.take({ type: 'lines', node: 'a', lines: ['y', 'x 5'] });
    expect(find(first.all, 'x').lines.map(({ text }) => text)).toEqual(['x 1', 'x 2', 'x 3', 'x 5']);
    second.take({ type: 'lines', node: 'a', lines: Array.from({ length: 5 }, () => 'x 10') });
    expect(find(second.all, 'x').lines).toHaveLength(6);
  });
});
