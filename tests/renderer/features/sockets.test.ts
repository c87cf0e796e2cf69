import { describe, expect, it } from 'vitest';
import { peersOf, socketPlaces, stateCounts, statesText } from '../../../renderer/features/runs/sockets.ts';
import type { CellValue, RunColumn } from '../../../preload/contract/index.ts';
import type { NodeRun } from '../../../renderer/state/run.svelte.ts';

const PICTURE = { kind: 'sockets', local: 'local', foreign: 'foreign', state: 'state' } as const;
const columnsOf = (...ids: readonly string[]): readonly RunColumn[] =>
  ids.map((id) => ({ id, title: id, kind: 'text' }));
const PLACES = socketPlaces(columnsOf('local', 'foreign', 'state', 'program', 'pod'), PICTURE)!;

const node = (name: string, ...rows: readonly (readonly CellValue[])[]): NodeRun => ({
  ...{ node: name, state: 'done' },
  rows,
});

describe('who talks to whom', () => {
  it('counts connections by peer, what talks and the service, most first', () => {
    const peers = peersOf(
      [
        node(
          'cp-1',
          ['10.5.0.2:6443', '10.5.0.9:40001', 'ESTABLISHED', '9/kube-apiserver', ''],
          ['10.5.0.2:6443', '10.5.0.9:40002', 'ESTABLISHED', '9/kube-apiserver', ''],
          ['10.5.0.2:6443', '10.5.0.9:40003', 'TIME_WAIT', '-', ''],
          ['10.5.0.2:41000', '10.5.0.3:2380', 'ESTABLISHED', '7/etcd', ''],
          ['0.0.0.0:50000', '0.0.0.0:*', 'LISTEN', '3/apid', ''],
        ),
      ],
      PLACES,
      (address) => ({ '10.5.0.3': 'cp-2' })[address],
    );

    expect(peers.map(({ who, direction, peer, port, count }) => [who, direction, peer, port, count])).toEqual([
      ['kube-apiserver', 'in', '10.5.0.9', '6443', 2],
      ['10.5.0.2', 'in', '10.5.0.9', '6443', 1],
      ['etcd', 'out', 'cp-2', '2380', 1],
    ]);
    expect(statesText(peers[0]!.states)).toBe('2 ESTABLISHED');
  });

  it('names pods by their addresses, also where they are the peer, and IPv6 too', () => {
    const peers = peersOf(
      [
        node(
          'w',
          ['fd00::5:8080', 'fd00::6:50001', 'ESTABLISHED', '-', 'shop/catalog'],
          ['fd00::6:50001', 'fd00::5:8080', 'ESTABLISHED', '-', 'shop/checkout'],
        ),
      ],
      PLACES,
      () => undefined,
    );

    expect(peers.map(({ who, direction, peer }) => [who, direction, peer])).toEqual([
      ['shop/catalog', 'in', 'shop/checkout'],
      ['shop/checkout', 'out', 'shop/catalog'],
    ]);
  });

  it('takes the port somebody listens on for the service, whichever is lower', () => {
    const [peer] = peersOf(
      [
        node(
          'w',
          ['10.0.0.1:60000', '10.0.0.2:1024', 'ESTABLISHED', '-', ''],
          ['0.0.0.0:60000', '0.0.0.0:*', 'LISTEN', '-', ''],
        ),
      ],
      PLACES,
      () => undefined,
    );

    expect(peer).toMatchObject({ direction: 'in', port: '60000' });
  });

  it('counts states, and has no picture without its columns', () => {
    const rows = node('w', ['a:1', 'b:2', 'LISTEN'], ['a:1', 'b:2', ''], ['a:1', 'b:2', 'LISTEN']);

    expect(stateCounts([rows], PLACES)).toEqual([
      { state: 'LISTEN', count: 2 },
      { state: '', count: 1 },
    ]);
    expect(socketPlaces(columnsOf('local', 'state'), PICTURE)).toBeUndefined();
    expect(socketPlaces(columnsOf('local', 'foreign', 'state'), undefined)).toBeUndefined();
  });

  it('keeps 20,000 connections of as many peers apart', () => {
    const many = Array.from({ length: 20_000 }, (_, index) => [
      '10.5.0.2:443',
      `10.64.${(index >> 8) & 255}.${index & 255}:${1_024 + index}`,
      'ESTABLISHED',
      '9/envoy',
      '',
    ]);
    expect(peersOf([node('w', ...many)], PLACES, () => undefined)).toHaveLength(20_000);
  });
});
