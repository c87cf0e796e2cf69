import type { ContextSummary, DeedRecord, DeedsState } from '../../../preload/contract/index.ts';
import { Live } from '../live.ts';
import { sessionPart } from '../session-part.ts';

/** What was done to clusters, newest first: watched once, however many components of a window read it. */
export const deedJournal = sessionPart(
  ({ client }) => new Live<DeedsState>((listener) => client.watch('deeds.state', {}, listener)),
);

/**
 * Deeds on the cluster of a context, newest first, by its authorities: whatever its contexts are called by now. Where the journal did not
 * keep them, those that were done by any of the contexts that are known to lead to the same cluster.
 */
export function deedsOfCluster(
  deeds: readonly DeedRecord[],
  context: Pick<ContextSummary, 'id' | 'caFingerprints'>,
  contexts: readonly Pick<ContextSummary, 'id' | 'name' | 'file' | 'caFingerprints'>[],
): readonly DeedRecord[] {
  const same = contexts.filter(
    ({ id, caFingerprints }) =>
      id === context.id || caFingerprints.some((authority) => context.caFingerprints.includes(authority)),
  );
  return deeds.filter(({ cluster, context: name, file }) => {
    if (cluster === undefined || context.caFingerprints.length === 0)
      return same.some((each) => each.name === name && each.file === file);
    return cluster.split(' ').some((authority) => context.caFingerprints.includes(authority));
  });
}

/** A context that leads to the cluster of a deed: the one by which it was done, or another one; undefined where none is known. */
export function contextOfDeed<C extends Pick<ContextSummary, 'id' | 'name' | 'file' | 'caFingerprints' | 'isUsable'>>(
  { cluster, context: name, file }: Pick<DeedRecord, 'cluster' | 'context' | 'file'>,
  contexts: readonly C[],
): C | undefined {
  const isSame = (each: C): boolean => each.name === name && each.file === file;
  const authorities = cluster?.split(' ');
  const known = contexts.filter(
    (each) =>
      each.isUsable &&
      (authorities === undefined || each.caFingerprints.length === 0
        ? isSame(each)
        : each.caFingerprints.some((authority) => authorities.includes(authority))),
  );
  return known.find(isSame) ?? known[0];
}
