import type { ContextSummary } from '../../../preload/contract/index.ts';
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
