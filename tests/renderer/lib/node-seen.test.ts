import { expect, it } from 'vitest';
import type { NodeSeen } from '../../../preload/contract/index.ts';
import { isMissing, seenWords } from '../../../renderer/lib/node-seen.ts';
import { nodeOf, NOW_MS } from '../../fakes/bridge/cluster-data.ts';

const of = (seen?: NodeSeen) => nodeOf('10.5.0.2', seen && { seen });

it('every list says in the same words whether a node answered, since the first time it did not', () => {
  const since = { atMs: NOW_MS, sinceMs: NOW_MS - 60_000 };

  expect(seenWords(of())).toBe('not asked yet');
  expect(seenWords(of({ state: 'online', atMs: NOW_MS }))).toMatch(/^answered at \d\d:02:11$/);
  expect(seenWords(of({ state: 'offline', ...since }))).toMatch(/^offline since \d\d:01:11$/);
  expect(seenWords(of({ state: 'silent', ...since }))).toMatch(/^no answer since \d\d:01:11$/);
  expect([of(), of({ state: 'silent', atMs: 1 }), of({ state: 'online', atMs: 1 })].map(isMissing)).toEqual([
    ...[false, true, false],
  ]);
});
