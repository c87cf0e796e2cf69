import { describe, expect, it } from 'vitest';
import { goDurationMs } from '../../../../main/operations/checks/go-duration.ts';
import { readProgress } from '../../../../main/operations/checks/progress-line.ts';

describe('a line of a health check', () => {
  it.each([
    ['discovered nodes: ["10.5.0.2" "fd00::2"]', { kind: 'nodes', nodes: ['10.5.0.2', 'fd00::2'] }],
    ['waiting for etcd to be healthy: ...', { kind: 'step', name: 'etcd to be healthy', state: 'running', text: '' }],
    ['waiting for apid to be ready: OK', { kind: 'step', name: 'apid to be ready', state: 'ok', text: '' }],
    ['waiting for kube-proxy to report ready: SKIP', { kind: 'step', state: 'skipped' }],
    [
      'waiting for no diagnostics: active diagnostics: 10.5.0.2: a: b',
      { kind: 'step', name: 'no diagnostics', state: 'running', text: 'active diagnostics: 10.5.0.2: a: b' },
    ],
    [
      'waiting for etcd to be healthy: 1 error occurred:\n\t* 10.5.0.2: service is not healthy: etcd\n\n',
      { kind: 'step', text: '1 error occurred:\n    * 10.5.0.2: service is not healthy: etcd' },
    ],
    // What a later Talos may check.
    ['waiting for all moons to rise: two of three', { kind: 'step', name: 'all moons to rise', text: 'two of three' }],
    ['hello', { kind: 'other', text: 'hello' }],
    ['waiting for nothing', { kind: 'other' }],
  ])('%j is understood', (line, expected) => {
    expect(readProgress(line)).toMatchObject(expected);
  });

  it('is cut where a node says more than any Talos does', () => {
    const line = readProgress(`waiting for ${'x'.repeat(5_000)}: ${'y'.repeat(50_000)}`);

    expect(line).toMatchObject({ kind: 'step', name: `${'x'.repeat(200)}…` });
    expect(line.kind === 'step' && line.text.length).toBeLessThan(4_100);
  });
});

describe('a duration of Go', () => {
  it.each([
    ['20m', 1_200_000],
    ['1h30m', 5_400_000],
    ['1.5s', 1_500],
    ['300ms', 300],
    ['0', 0],
    ['', Number.NaN],
    ['5', Number.NaN],
    ['5 m', Number.NaN],
    ['soon', Number.NaN],
  ])('%j is %d ms', (text, ms) => {
    expect(goDurationMs(text)).toBe(ms);
  });
});
