import type { EtcdView } from '../../preload/contract/index.ts';
import { DAY_MS, formatAgo } from './format.ts';

const OLD_MS = 7 * DAY_MS;

/** When Minos took the last snapshot of etcd, and whether that is long ago; undefined while it is not known. Of those that others took it says nothing. */
export function snapshotWords(
  view: EtcdView | undefined,
  nowMs: number,
): { readonly text: string; readonly isOld: boolean } | undefined {
  if (view?.snapshot === undefined || view.status === 'none') return undefined;
  const { atMs } = view.snapshot;
  if (atMs === undefined) return { text: 'Minos has taken none of this cluster', isOld: false };
  return { text: `Minos took the last one ${formatAgo(atMs, nowMs)}`, isOld: nowMs - atMs >= OLD_MS };
}
