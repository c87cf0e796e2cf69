import { expect, it } from 'vitest';
import type { NodeSeen } from '../../../preload/contract/index.ts';
import { isMissing, seenDot } from '../../../renderer/lib/node-seen.ts';
import { nodeOf, NOW_MS } from '../../fakes/bridge/cluster-data.ts';

const of = (seen?: NodeSeen) => nodeOf('10.5.0.2', seen && { seen });

it('every screen has the same dot and words for whether a node answers, since the first time it did not', () => {
  const since = { atMs: NOW_MS, sinceMs: NOW_MS - 60_000 };

  expect(seenDot(of())).toEqual({ state: 'unknown', label: 'not asked yet' });
  expect(seenDot(of({ state: 'online', atMs: NOW_MS }))).toMatchObject({
    state: 'ready',
    label: expect.stringMatching(/^answered at \d\d:02:11$/) as string,
  });
  expect(seenDot(of({ state: 'offline', ...since, message: 'no route.' }))).toMatchObject({
    state: 'failed',
    label: expect.stringMatching(/^offline since \d\d:01:11: no route\.$/) as string,
  });
  expect(seenDot(of({ state: 'silent', ...since }))).toMatchObject({
    state: 'unknown',
    label: expect.stringMatching(/^no answer since \d\d:01:11$/) as string,
  });
  expect([of(), of({ state: 'silent', atMs: 1 }), of({ state: 'online', atMs: 1 })].map(isMissing)).toEqual([
    ...[false, true, false],
  ]);
});
