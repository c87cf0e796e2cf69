import type { RunColumn } from '../../../../preload/contract/index.ts';
import type { TableColumn } from '../../../components/table/table-model.ts';
import type { NodeRun } from '../../../state/run.svelte.ts';
import { columnsOf, rowsOf, type RunRow } from '../run-rows.ts';
import type { AskedCluster } from './question.svelte.ts';

/** A line of the answers of several clusters: of one node of one cluster, or of a cluster that did not answer. */
export interface ClusterRow extends RunRow {
  readonly cluster: AskedCluster;
  /** What the cluster is called, as it is shown. */
  readonly clusterName: string;
}

/** Columns of all runs, each once: clusters with other versions of Talos may have more. */
export function columnsOfAll(clusters: readonly AskedCluster[], first: readonly RunColumn[]): readonly RunColumn[] {
  const columns = new Map<string, RunColumn>();
  for (const { run } of clusters) for (const column of run?.columns ?? first) columns.set(keyOf(column), column);
  return [...columns.values()];
}

/** Every line, cluster by cluster as they were chosen, the cells in the order of `columns`. */
export function rowsOfClusters(
  clusters: readonly AskedCluster[],
  columns: readonly RunColumn[],
  titleOf: (cluster: AskedCluster) => string,
): readonly ClusterRow[] {
  const keys = columns.map(keyOf);
  return clusters.flatMap((cluster): readonly ClusterRow[] => {
    const { run, nameOf, context } = cluster;
    const of = { cluster, clusterName: titleOf(cluster) };
    if (!run) return [{ ...of, ...withoutRun(cluster), key: context.id }];
    const own = run.columns.map(keyOf);
    const places = keys.map((key) => own.indexOf(key));
    const isSame = own.length === keys.length && places.every((place, at) => place === at);
    return rowsOf(run.nodes, nameOf).map((row) => ({
      ...of,
      ...row,
      // Two clusters may have a node of the same address.
      key: `${context.id}\n${row.key}`,
      cells: isSame || row.cells.length === 0 ? row.cells : places.map((place) => row.cells[place] ?? null),
    }));
  });
}

/** The cluster, then the columns of a run. */
export function clusterColumns(columns: readonly RunColumn[]): readonly TableColumn<ClusterRow>[] {
  const [node, ...others] = columnsOf(columns) as readonly TableColumn<ClusterRow>[];
  return [
    { id: 'cluster', title: 'CLUSTER', text: ({ clusterName }) => clusterName, isFixed: true, extraPx: 36 },
    ...(node ? [{ ...node, extraPx: 0 }] : []),
    ...others,
  ];
}

const keyOf = ({ id, title }: RunColumn): string => `${id}\n${title}`;

function withoutRun({ state, failure }: AskedCluster): Omit<RunRow, 'key'> {
  const shown = { waiting: 'waiting', finding: 'running', asked: 'running' } as const;
  const run: NodeRun = {
    ...{ node: '', rows: [] },
    state: state === 'failed' || state === 'cancelled' ? state : shown[state],
    ...(failure && { failure }),
  };
  return { index: 0, name: '', run, cells: [], nodes: [] };
}
