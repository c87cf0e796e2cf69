import type { ContextSummary } from '../../../preload/contract/index.ts';
import type { ReadSettings, Settings, SettingsFile } from '../../files/settings.ts';
import { markedPlace } from '../../files/own/settings-schema.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';

/** What says which cluster a context is of, and where the context stands. */
export type MarkedContext = Pick<ContextSummary, 'file' | 'name' | 'caFingerprints'>;

/** A mark as it is kept. */
export type Mark = Settings['production'][number];

/** What marks are read from. */
export interface MarksSource {
  readonly settings: Pick<SettingsFile, 'readAll' | 'update'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** How long after a failure the settings are read again. */
const RETRY_MS = 5_000;

/** What becomes of the settings once they were read. */
interface MarksTaker {
  /** What the log calls that they cannot be read. */
  readonly failed: string;
  readonly take: (read: ReadSettings) => void;
  /** Called each time they could not be read. */
  readonly fail?: () => void;
}

/** Reads the settings, once; after a failure, which is logged, again in a while. Never rejects. */
export function marksReader(
  { settings, clock, log }: MarksSource,
  { failed, take, fail = () => undefined }: MarksTaker,
): () => Promise<void> {
  let loading: Promise<void> | undefined;
  const load = (): Promise<void> =>
    (loading ??= settings.readAll().then(take, (error: unknown) => {
      log.write('warn', failed, { error });
      fail();
      clock.after(RETRY_MS, () => {
        loading = undefined;
        void load();
      });
    }));
  return load;
}

/** Whether a mark holds for a context: for its place, or for a cluster with one of its CAs. */
export const marksContext = (mark: Mark, context: MarkedContext): boolean =>
  markedPlace(mark) === markedPlace(context) || mark.authorities.some((one) => context.caFingerprints.includes(one));

/**
 * The marks after the cluster of a context was marked, or the mark was taken from it: then from every context with the same CA. A context
 * that is marked again stays marked for the CA it had before, too.
 */
export function marksWith(marks: readonly Mark[], context: MarkedContext, isMarked: boolean): Mark[] {
  if (!isMarked) return marks.filter((mark) => !marksContext(mark, context));
  const { file, name, caFingerprints } = context;
  const isHere = (mark: Mark): boolean => markedPlace(mark) === markedPlace(context);
  const known = marks.filter(isHere).flatMap(({ authorities }) => authorities);
  const mark = { authorities: [...new Set([...known, ...caFingerprints])], file, name };
  return [...marks.filter((each) => !isHere(each)), mark];
}
