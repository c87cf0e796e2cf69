import { describe, expect, it } from 'vitest';
import { endpointCounts, endpointSign, endpointWords, problemLine, talosVersion } from '../../../renderer/lib/words.ts';
import { contextOf, CONTEXTS, endpointOf, ENDPOINTS, NOW_MS } from '../../fakes/bridge/cluster-data.ts';

describe('the words of an endpoint', () => {
  it('name the state, since when, and the next try', () => {
    expect(endpointWords(endpointOf('a', { phase: 'backing-off', sinceMs: NOW_MS, untilMs: NOW_MS + 8000 }))).toMatch(
      /^not reached since \d\d:\d\d:\d\d, next try \d\d:\d\d:\d\d$/,
    );
    expect(endpointWords(endpointOf('a', { phase: 'idle' }))).toBe('not needed yet');
  });

  it('do not change while it is tried again: it is not reached since the first failure', () => {
    const downSinceMs = NOW_MS - 60_000;
    const waiting = endpointOf('a', { phase: 'backing-off', sinceMs: NOW_MS, untilMs: NOW_MS + 8000, downSinceMs });
    const tried = endpointOf('a', { phase: 'connecting', sinceMs: NOW_MS, downSinceMs });
    const unproven = endpointOf('a', { phase: 'ready', sinceMs: NOW_MS, downSinceMs });
    const since = /^not reached since \d\d:01:11, (next try|trying now)/;

    for (const endpoint of [waiting, tried, unproven]) {
      expect(endpointSign(endpoint)).toBe('failed');
      expect(endpointWords(endpoint)).toMatch(since);
      expect(endpointCounts([endpoint])).toBe('1 not reached');
    }
  });

  it('count every endpoint once', () => {
    expect(endpointCounts(ENDPOINTS)).toBe('2 ready, 1 not reached');
  });
});

describe('a Talos version', () => {
  it.each([
    ['Talos (v1.13.9)', '1.13.9'],
    ['v1.13.9', '1.13.9'],
    ['Talos (v1.14.0-alpha.1-dirty)', '1.14.0-alpha.1-dirty'],
    ['something else', 'something else'],
    [undefined, ''],
  ])('is read from %s', (os, version) => {
    expect(talosVersion(os)).toBe(version);
  });
});

describe('the problem of a context', () => {
  it('is its first problem and how many more there are', () => {
    const problem = { severity: 'error', message: 'The key does not match.' } as const;

    expect(problemLine(contextOf('a', { problems: [problem, problem] }))).toBe(
      'The key does not match. And 1 more problem.',
    );
    expect(problemLine(contextOf('a'))).toBeUndefined();
  });

  it('is the missing sign-in where one is needed', () => {
    expect(CONTEXTS.filter(({ auth }) => auth === 'siderov1').map(problemLine)).toEqual(['sign-in not supported yet']);
  });
});
