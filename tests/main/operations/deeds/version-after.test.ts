import { expect, it } from 'vitest';
import { judgeVersion } from '../../../../main/operations/deeds/power/version-after.ts';

it.each<[string, string, Partial<Parameters<typeof judgeVersion>[0]>, object]>([
  ['v1', 'v1', {}, {}],
  ['v1', 'v2', {}, { wrong: expect.stringContaining('ran v1 before') as string }],
  ['v1', 'v2', { wanted: 'v2' }, { told: ' with Talos v2 (before: v1)' }],
  ['v1', 'v1', { wanted: 'v1' }, {}],
  ['v1', 'v1', { wanted: 'v2' }, { wrong: expect.stringContaining('instead of v2') as string }],
  [
    'v1',
    'v1',
    { wanted: 'v2', rule: 'late' },
    { early: expect.stringContaining('upgrades before it goes on') as string },
  ],
  ['v1', 'v3', { wanted: 'v2', rule: 'late' }, { wrong: expect.stringContaining('instead of v2') as string }],
  ['v1', 'v0', { rule: 'another' }, { told: ' with Talos v0 (before: v1)' }],
  ['v1', 'v1', { rule: 'another' }, { wrong: expect.stringContaining('did not start') as string }],
])('a machine that ran %s and comes back with %s, wanted %j', (before, now, wanted, verdict) => {
  expect(judgeVersion({ before, now, ...wanted })).toEqual(verdict);
});
