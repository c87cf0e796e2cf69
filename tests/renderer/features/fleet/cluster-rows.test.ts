import { expect, it } from 'vitest';
import type { RunColumn } from '../../../../preload/contract/index.ts';
import { columnsOfAll, rowsOfClusters } from '../../../../renderer/features/runs/clusters/cluster-rows.ts';
import { AskedCluster } from '../../../../renderer/features/runs/clusters/question.svelte.ts';
import type { Run } from '../../../../renderer/state/run.svelte.ts';
import { contextOf, nodeOf } from '../../../fakes/bridge/cluster-data.ts';

const column = (id: string): RunColumn => ({ id, title: id.toUpperCase(), kind: 'text' });

/** Answered by one node, whose address other clusters have as well. */
function answered(name: string, columns: readonly RunColumn[], row: readonly string[]): AskedCluster {
  const cluster = new AskedCluster(contextOf(name));
  const run = { columns, nodes: [{ node: '10.9.0.2', state: 'done', rows: [row] }] } as Partial<Run> as Run;
  cluster.ask(run, [nodeOf('10.9.0.2', { hostname: `cp-of-${name}` })]);
  return cluster;
}

it('rows of nodes with the same address are told apart, and stand under their own columns where clusters have others', () => {
  const clusters = [
    answered('red', [column('tag'), column('arch')], ['v1.13.1', 'arm64']),
    answered('blue', [column('build'), column('tag')], ['b7', 'v1.13.2']),
    new AskedCluster(contextOf('waiting')),
  ];
  const columns = columnsOfAll(clusters, []);
  const rows = rowsOfClusters(clusters, columns, ({ context }) => context.name);

  expect(columns.map(({ id }) => id)).toEqual(['tag', 'arch', 'build']);
  expect(rows.map(({ clusterName, name, cells }) => [clusterName, name, cells])).toEqual([
    ['red', 'cp-of-red', ['v1.13.1', 'arm64', null]],
    ['blue', 'cp-of-blue', ['v1.13.2', null, 'b7']],
    ['waiting', '', []],
  ]);
  expect(new Set(rows.map(({ key }) => key)).size).toBe(3);
});
