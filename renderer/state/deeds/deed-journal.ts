import type { ContextSummary, DeedRecord, DeedsState } from '../../../preload/contract/index.ts';
import { Live } from '../live.ts';
import { sessionPart } from '../session-part.ts';

/** What was done to clusters, newest first: watched once, however many components of a window read it. */
export const deedJournal = sessionPart(
  ({ client }) => new Live<DeedsState>((listener) => client.watch('deeds.state', {}, listener)),
);

/**
 * Deeds on the cluster of a context, newest first: those that were done by any of the contexts that are known to lead to the same
 * cluster, by its authority.
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
  return deeds.filter((deed) => same.some(({ name, file }) => name === deed.context && file === deed.file));
}
