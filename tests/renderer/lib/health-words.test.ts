import { describe, expect, it } from 'vitest';
import {
  kubernetesWords,
  mayGoDownWords,
  sinceWords,
  statusWords,
  uptimeWords,
} from '../../../renderer/lib/health-words.ts';
import { muteChoices } from '../../../renderer/lib/mute-until.ts';
import { formatSpan, formatTime } from '../../../renderer/lib/format.ts';
import { NOW_MS } from '../../fakes/bridge/cluster-data.ts';
import { failureOf } from '../../fakes/bridge/fake-bridge.ts';
import { downOf, healthOf } from '../../fakes/bridge/health-data.ts';

const NODE = '10.5.0.17';
const SINCE = formatTime(NOW_MS - 240_000);

describe('the words for how a node is', () => {
  it.each([
    ['nothing known', undefined, 'not asked yet'],
    ['well', healthOf(NODE), 'running'],
    ['not ready, without a word why', healthOf(NODE, { isReady: false, state: 'unwell' }), 'running, not ready'],
    [
      'conditions that are not met',
      healthOf(NODE, {
        state: 'unwell',
        stage: 'booting',
        isReady: false,
        unmetConditions: [
          { name: 'services', reason: 'etcd not healthy' },
          { name: 'nodeReady', reason: '' },
        ],
      }),
      'booting, not ready: services, nodeReady',
    ],
    [
      'an ill service and a warning',
      healthOf(NODE, {
        state: 'unwell',
        services: [{ id: 'kubelet', state: 'not-running', message: '', sinceMs: NOW_MS }],
        diagnostics: [{ id: 'address-overlap', message: 'overlap', details: [], sinceMs: NOW_MS }],
      }),
      'running, kubelet not running, 1 warning',
    ],
    ['not reached', downOf(NODE), `not reached since ${SINCE}`],
    ['one whose state flips', downOf(NODE, { state: 'unstable' }), `unstable: not reached since ${SINCE}`],
    ['without a stage', (({ stage: _, ...rest }) => rest)(healthOf(NODE)), 'stage not known'],
    [
      'one that answers and tells nothing',
      (({ seenAtMs: _, ...rest }) => rest)(healthOf(NODE, { failure: failureOf('refused', 'No.') })),
      'cannot be read',
    ],
  ])('%s', (_name, health, words) => {
    expect(statusWords(health, NOW_MS)).toBe(words);
  });

  it('neutralises what a node says', () => {
    expect(statusWords(healthOf(NODE, { stage: 'run\u202ening' }), NOW_MS)).not.toContain('\u202e');
  });

  it('dates a since that is of another day', () => {
    expect(sinceWords(NOW_MS - 240_000, NOW_MS)).toBe(`since ${SINCE} (4 min)`);
    expect(sinceWords(NOW_MS - 3 * 86_400_000, NOW_MS)).toMatch(/^since 28 Feb 2026, .* \(3 d\)$/);
  });

  it.each([
    [4999, '4 s'],
    [-5, '0 s'],
    [3_599_999, '59 min'],
    [86_399_999, '23 h'],
    [9 * 86_400_000, '9 d'],
  ])('writes a span of %i ms as %s', (durationMs, words) => {
    expect(formatSpan(durationMs)).toBe(words);
  });

  it('says no uptime of a node that is not reached: it may have been taken down', () => {
    expect(uptimeWords(healthOf(NODE, { bootedAtMs: NOW_MS - 7_200_000 }), NOW_MS)).toBe('2 h');
    expect(uptimeWords(downOf(NODE), NOW_MS)).toBe('');
  });

  it('says of Kubernetes what is known and nothing else', () => {
    const kubernetes = { name: 'worker-07', isReady: false, isSchedulable: false, atMs: NOW_MS };
    expect(kubernetesWords(healthOf(NODE, { kubernetes }))).toBe('not ready, cordoned');
    expect(kubernetesWords(undefined)).toBe('');
  });

  it('gives the reason with the answer whether a node may go down', () => {
    const mayGoDown = {
      answer: 'no',
      reasons: ['etcd would lose its quorum.', 'You are connected through it.'],
    } as const;
    expect(mayGoDownWords(healthOf(NODE, { mayGoDown }))).toBe('no: etcd would lose its quorum.');
    expect(mayGoDownWords(undefined)).toBe('not known');
  });
});

describe('moments until which something is kept quiet', () => {
  it('lie in the future and in their order', () => {
    const moments = muteChoices(NOW_MS).map(({ untilMs }) => untilMs);

    expect(moments.every((untilMs) => untilMs > NOW_MS)).toBe(true);
    expect(moments.toSorted((a, b) => a - b)).toEqual(moments);
    expect(new Date(muteChoices(NOW_MS)[2]!.untilMs).getHours()).toBe(8);
  });
});
