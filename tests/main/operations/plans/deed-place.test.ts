import { expect, it } from 'vitest';
import { deedPlace, wasDoneTo } from '../../../../main/operations/plans/deed-place.ts';

const place = (name: string, ...caFingerprints: readonly string[]) => deedPlace({ name, file: '/c', caFingerprints });

it('a deed was done to a cluster, whatever its context was called then and is called now', () => {
  const then = { context: 'prod', file: '/old', cluster: 'ca-1 ca-2' };
  expect(wasDoneTo(then, place('renamed', 'ca-1', 'ca-2'))).toBe(true);
  expect(wasDoneTo({ ...then, file: '/c' }, place('prod', 'ca-3'))).toBe(false);
  // A context without authority is known by its place alone.
  expect(wasDoneTo({ ...then, cluster: '/c#prod' }, place('prod'))).toBe(true);
  const older = { context: 'prod', file: '/c' };
  expect([wasDoneTo(older, place('prod', 'ca-1')), wasDoneTo(older, place('other', 'ca-1'))]).toEqual([true, false]);
});
