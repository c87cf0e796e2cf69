import { describe, expect, it } from 'vitest';
import { topologyOf, topologyStep } from '../../../../renderer/features/overview/topology.ts';
import { etcdLine } from '../../../../renderer/features/overview/cluster-words.ts';
import { versionWords } from '../../../../renderer/lib/words.ts';
import { nodeRows } from '../../../../renderer/state/health/node-row.ts';
import { endpointOf, ENDPOINTS, nodeOf, NODES, NOW_MS } from '../../../fakes/bridge/cluster-data.ts';
import { downOf, etcdMemberOf, etcdView, healthOf, healthState } from '../../../fakes/bridge/health-data.ts';

const many = (count: number) => Array.from({ length: count }, (_, place) => nodeOf(`n${place}`));

describe('the picture of a cluster', () => {
  it('names few nodes and shows the shape of many', () => {
    const few = topologyOf(ENDPOINTS, nodeRows(NODES, healthState()), NOW_MS);
    const lots = topologyOf(ENDPOINTS, nodeRows(many(300), undefined), NOW_MS);

    expect(few.isNamed).toBe(true);
    expect(few.groups.map(({ role, nodes }) => [role, nodes.length])).toEqual([
      ['controlplane', 3],
      ['worker', 11],
    ]);
    expect(lots.isNamed).toBe(false);
    expect(lots.groups[0]!.nodes.every(({ state }) => state === 'unknown')).toBe(true);
  });

  it('draws a node that is not reached among very many', () => {
    const nodes = many(1000);
    const health = healthState([...nodes.slice(0, 999).map(({ target }) => healthOf(target)), downOf('n999')]);

    const picture = topologyOf(ENDPOINTS, nodeRows(nodes, health), NOW_MS);

    expect(picture.moreNodes).toBe('400 more nodes (well)');
    expect(picture.groups.flatMap((group) => group.nodes).some(({ id }) => id === 'n999')).toBe(true);
    expect(picture.sentence).toBe('2 of 3 endpoints ready; of 1,000 nodes: 1 not reached (n999), 999 well.');
  });

  it('never says of nodes that it does not draw that they are well when nobody asked them', () => {
    const health = healthState([healthOf('n0')]);

    expect(topologyOf([], nodeRows(many(700), undefined), NOW_MS).moreNodes).toBe('100 more nodes (not known)');
    expect(topologyOf([], nodeRows(many(700), health), NOW_MS).moreNodes).toBe('100 more nodes');
  });

  it('estimates the way behind an endpoint from how long the node takes to answer, and says nothing it cannot know', () => {
    const answer = { endpoint: '10.5.0.2', durationMs: 14, atMs: NOW_MS };
    const nodes = ['far', 'quick', '10.5.0.2', 'old', 'elsewhere', 'silent'].map((target) => nodeOf(target));
    const health = healthState([
      healthOf('far', { answer }),
      healthOf('quick', { answer: { ...answer, durationMs: 9 } }),
      healthOf('10.5.0.2', { answer }),
      healthOf('old', { answer, isStale: true }),
      healthOf('elsewhere', { answer: { ...answer, endpoint: '10.5.0.99' } }),
      healthOf('silent'),
    ]);
    const picture = topologyOf([endpointOf('10.5.0.2')], nodeRows(nodes, health), NOW_MS);
    const told = picture.groups.flatMap((group) => group.nodes);

    expect(told.map(({ id, time }) => [id, time])).toEqual([
      ['far', '≈ 3 ms'],
      ['quick', '≈ 0 ms'],
      ...['10.5.0.2', 'old', 'elsewhere', 'silent'].map((id) => [id, '—']),
    ]);
    expect(told[0]?.words).toMatch(/, ≈ 3 ms behind 10\.5\.0\.2$/);
    expect(told[2]?.words).not.toContain('behind');
  });

  it('shows the round trip of an endpoint that is ready, and a word of one that is not', () => {
    const stale = endpointOf('10.5.0.9', { phase: 'ejected', roundTripMs: 3 });

    expect(topologyOf([endpointOf('10.5.0.2'), stale], [], NOW_MS).endpoints.map(({ text }) => text)).toEqual([
      '11 ms',
      'not reached',
    ]);
  });

  it.each([
    ['ArrowRight', 0, 1],
    ['ArrowLeft', 0, 0],
    ['End', 0, 4],
    ['ArrowDown', 4, 4],
    ['x', 2, undefined],
  ])('%s at %i leads to %s', (key, at, to) => {
    expect(topologyStep(key, at, 5)).toBe(to);
  });
});

describe('the line about etcd', () => {
  it.each([
    ['nobody asked yet', undefined, { text: 'not known', tone: 'unknown' }],
    ['all well', etcdView(), { text: '3 of 3 answer · leader cp-1 · 84 MiB · may lose 1', tone: 'ok' }],
    [
      'no leader',
      (({ leader: _, ...rest }) => rest)(etcdView()),
      { text: '3 of 3 answer · no leader known · 84 MiB · may lose 1', tone: 'warn' },
    ],
    [
      'one away',
      etcdView({ quorum: { voters: 3, needed: 2, alive: 2, mayLose: 0 } }),
      { text: '2 of 3 answer · leader cp-1 · 84 MiB · may lose none', tone: 'warn' },
    ],
    [
      'no quorum, an alarm and a control plane that is no member',
      etcdView({
        quorum: { voters: 3, needed: 2, alive: 1, mayLose: -1 },
        missing: ['10.5.0.4'],
        members: [etcdMemberOf(1, { alarms: ['NOSPACE'] }), etcdMemberOf(2)],
      }),
      {
        text: '1 of 3 answer · leader cp-1 · 84 MiB · no quorum · alarm NOSPACE · 1 control plane not a member',
        tone: 'bad',
      },
    ],
  ] as const)('%s', (_name, view, line) => {
    expect(etcdLine(view)).toEqual(line);
  });
});

it('writes one version alone, and several with how many have them', () => {
  expect(versionWords([{ version: 'v1.35.2', count: 3 }])).toBe('1.35.2');
  expect(
    versionWords([
      { version: 'v1.35.2', count: 3 },
      { version: 'v1.34.1', count: 1 },
    ]),
  ).toBe('1.35.2 ×3, 1.34.1 ×1');
  expect(versionWords([])).toBe('');
});
