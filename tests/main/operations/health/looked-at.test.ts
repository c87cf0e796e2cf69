import { expect, test } from 'vitest';
import { LookedAt } from '../../../../main/operations/health/looked-at.ts';

test('what windows have in view is that of all of them in turns, until they look elsewhere', () => {
  const looked = new LookedAt();
  expect(looked.look('a', 1, ['n1', 'n2', 'n3'])).toEqual(['n1', 'n2', 'n3']);
  expect(looked.look('a', 2, ['m1', 'n1'])).toEqual(['n1', 'm1', 'n2', 'n3']);
  expect(looked.look('b', 2, ['x'])).toEqual(['x']);
  expect([looked.contextsOf(1), looked.contextsOf(2)]).toEqual([['a'], ['a', 'b']]);

  expect(looked.look('a', 1, [])).toEqual(['m1', 'n1']);
  expect(looked.look('a', 2, [])).toEqual([]);
  expect([looked.contextsOf(1), looked.contextsOf(2)]).toEqual([[], ['b']]);
});
