import type { ContextSummary, DeedRecord } from '../../../preload/contract/index.ts';
import { Failed } from '../../lib/failed.ts';
import type { DeedHead } from './journal.ts';

/** Where a deed is done: as what it is written down, and which cluster that is. */
export interface DeedPlace extends Omit<DeedHead, 'deed' | 'talosctl' | 'trace'> {
  /** The same for every context of a cluster: its CAs; the place of a context that has none. */
  readonly cluster: string;
}

/** The place of a context. */
export function deedPlace({
  name,
  file,
  certificate,
  caFingerprints,
}: Pick<ContextSummary, 'name' | 'file' | 'certificate' | 'caFingerprints'>): DeedPlace {
  return {
    ...{ context: name, file, certificate: certificate?.fingerprint },
    cluster: caFingerprints.length > 0 ? caFingerprints.join(' ') : `${file}#${name}`,
  };
}

/** One of some contexts, by its id. Throws Failed `not-found`. */
export function contextOf(contexts: readonly ContextSummary[], id: string): ContextSummary {
  const summary = contexts.find((one) => one.id === id);
  if (summary === undefined) throw new Failed({ code: 'not-found', message: 'There is no such context.' });
  return summary;
}

/** Whether a deed was done to the cluster of a place, whatever its context was called; by name and file where the journal did not keep the cluster. */
export function wasDoneTo(
  deed: Pick<DeedRecord, 'cluster' | 'context' | 'file'>,
  { cluster, context, file }: Pick<DeedPlace, 'cluster' | 'context' | 'file'>,
): boolean {
  return deed.cluster === undefined ? deed.context === context && deed.file === file : deed.cluster === cluster;
}
