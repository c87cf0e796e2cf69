import { expect, test } from 'vitest';
import { changedLines, type Hunk } from '../../../main/kubeconfig/changed-lines.ts';

const SEED = Math.floor(Math.random() * 1_000_000);

function randomOf(seed: number): (below: number) => number {
  let state = seed + 1;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

/** What the hunks make of `before`; throws where an equal line is not equal. */
function applied(before: readonly string[], after: readonly string[], hunks: readonly Hunk[]): readonly string[] {
  const result: string[] = [];
  let old = 1;
  for (const hunk of hunks) {
    while (old < hunk.oldStart) result.push(before[old++ - 1] ?? '');
    expect(result.length + 1).toBe(hunk.newStart);
    let next = hunk.newStart;
    for (const sign of hunk.lines.map((line) => line.charAt(0))) {
      if (sign === '\\') continue;
      if (sign === ' ') expect(before[old - 1]).toBe(after[next - 1]);
      if (sign !== '-') result.push(after[next++ - 1] ?? '');
      if (sign !== '+') old++;
    }
    expect([old - hunk.oldStart, next - hunk.newStart]).toEqual([hunk.oldLines, hunk.newLines]);
  }
  while (old <= before.length) result.push(before[old++ - 1] ?? '');
  return result;
}

test.each([
  ['few edits', 3_000],
  ['more edits than are counted', 0],
])(`finds every line that differs, with its number, also of %s (seed ${SEED})`, (_what, mostEdits) => {
  const random = randomOf(SEED);
  for (let round = 0; round < 200; round++) {
    const before = Array.from({ length: random(40) + 1 }, () => `line ${random(30)}`);
    const after = before.flatMap((line) => {
      const chance = random(8);
      return chance === 0 ? [] : chance === 1 ? [`new ${random(5)}`, line] : [line];
    });
    if (after.length === 0) continue;
    const text = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

    expect(applied(before, after, changedLines(text(before), text(after), mostEdits))).toEqual(after);
  }
});

test('leaves out what is equal between lines that occur once', () => {
  const before = Array.from({ length: 100 }, (_, i) => [`- name: c${i}`, '  cluster:', '    server: x']).flat();
  const after = before.filter((_line, at) => at < 30 || at >= 60).concat('- name: new', '  cluster:', '    server: x');
  const hunks = changedLines(before.join('\n'), after.join('\n'), 0);
  const signs = hunks.flatMap(({ lines }) => lines);

  expect([signs.filter((sign) => sign === '-').length, signs.filter((sign) => sign === '+').length]).toEqual([30, 3]);
});
