import { describe, expect, it } from 'vitest';
import { clusterSummary, versionCounts, type SummedNode } from '../../../../main/operations/health/overview.ts';
import type { AttentionItem } from '../../../../preload/contract/index.ts';

const node = (name: string, more: Partial<SummedNode> = {}): SummedNode => ({
  ...{ node: name, role: name.startsWith('cp') ? 'controlplane' : 'worker', state: 'well', source: 'watch' },
  ...{ seenAtMs: 1, isStale: false, unmetConditions: [], services: [], diagnostics: [], ...more },
});
const serving = (isReady: boolean, atMs: number): Partial<SummedNode> => ({ apiServer: { isReady, atMs } });
const item = (severity: AttentionItem['severity'], mutedUntilMs?: number): AttentionItem => ({
  ...{ id: severity, kind: 'service', severity, title: '', detail: '', sinceMs: 1, seenAtMs: 1 },
  ...(mutedUntilMs !== undefined && { mutedUntilMs }),
});

describe('a cluster in some figures', () => {
  it('counts nodes by state and role, versions, and what is not muted', () => {
    const nodes = [
      node('cp-1', { version: 'v1.13.9', kubeletVersion: 'v1.35.2' }),
      node('cp-2', { version: 'v1.13.9', state: 'unwell' }),
      node('w-1', { version: 'v1.13.8', state: 'not-reached' }),
      node('x', { role: 'unknown', state: 'unknown' }),
    ];
    const items = [item('critical'), item('critical', 9), item('warning'), item('notice'), item('notice')];
    expect(clusterSummary('prod', nodes, items, 5)).toMatchObject({
      ...{ context: 'prod', controlPlanes: 2, workers: 1, atMs: 5 },
      nodes: { well: 1, unwell: 1, unstable: 0, 'not-reached': 1, unknown: 1 },
      talosVersions: [
        { version: 'v1.13.9', count: 2 },
        { version: 'v1.13.8', count: 1 },
      ],
      kubernetesVersions: [{ version: 'v1.35.2', count: 1 }],
      attention: { critical: 1, warning: 1, notice: 2 },
    });
  });

  it('has the newer of two versions first where as many have each', () => {
    expect(versionCounts(['v1.13.8', undefined, 'v1.13.9']).map(({ version }) => version)).toEqual([
      'v1.13.9',
      'v1.13.8',
    ]);
  });

  it.each([
    ['nobody told', [node('cp-1')], 'unknown', undefined],
    ['all are ready', [node('cp-1', serving(true, 4)), node('cp-2', serving(true, 3))], 'ready', 3],
    ['one is not', [node('cp-1', serving(true, 4)), node('cp-2', serving(false, 3))], 'degraded', 3],
    ['one is not reached', [node('cp-1', serving(true, 4)), node('cp-2', { state: 'not-reached' })], 'degraded', 4],
    [
      'nothing is known of it any more',
      [node('cp-1', { ...serving(true, 4), state: 'unknown' })],
      'unknown',
      undefined,
    ],
    ['none is', [node('cp-1', serving(false, 4))], 'not-ready', 4],
  ] as const)('says of the Kubernetes API where %s', (_about, nodes, state, atMs) => {
    const { kubernetesApi } = clusterSummary('prod', nodes, [], 5);
    expect([kubernetesApi.state, kubernetesApi.atMs]).toEqual([state, atMs]);
  });
});
