import { expect, test } from 'vitest';
import { DiffPages, PageBudget } from '../../../../main/operations/kubeconfig/diff-pages.ts';

const added = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ kind: 'added' as const, new: i + 1, text: `${i}` }));

test('says how many added lines are left, in bounded pages, and lets pass only when none is', () => {
  const pages = new DiffPages({ lines: [...added(2_500), { kind: 'removed', old: 1, text: 'x' }], isCut: false });
  expect([pages.page(0).lines.length, pages.addedLeft]).toEqual([1_000, 1_500]);
  expect(() => pages.mustBeShown('/f')).toThrow(/1500 lines .* \/f were not shown/);
  expect(() => pages.page(1_001)).toThrow(/not asked for/);
  expect(pages.page(0).addedLeft).toBe(1_500);
  pages.page(1_000);
  expect(pages.page(2_000)).toMatchObject({ addedLeft: 0, lines: { length: 501 } });
  expect(() => pages.mustBeShown('/f')).not.toThrow();
});

test('needs no look at lines that only go', () => {
  const lines = Array.from({ length: 3_000 }, (_, i) => ({ kind: 'removed' as const, old: i + 1, text: 'x' }));
  const pages = new DiffPages({ lines, isCut: false });
  pages.page(0);

  expect(() => pages.mustBeShown('/f')).not.toThrow();
});

test('never lets pass what is too much to show', () => {
  const pages = new DiffPages({ lines: added(2), isCut: true });
  pages.page(0);

  expect(() => pages.mustBeShown('/f')).toThrow(/cannot be shown/);
});

test('shares one budget of lines and characters among files, and lists what is telling of the rest', () => {
  const budget = new PageBudget();
  const long = added(300).map((line) => ({ ...line, text: 'x'.repeat(1_000), isTelling: line.new > 290 }));
  const [first, second] = [
    new DiffPages({ lines: long, isCut: false }),
    new DiffPages({ lines: added(2), isCut: false }),
  ];

  expect(first.page(0, budget).lines).toHaveLength(262);
  expect(second.page(0, budget).lines).toHaveLength(2);
  expect(first.telling.map((line) => line.new)).toEqual([291, 292, 293, 294, 295, 296, 297, 298, 299, 300]);
});
