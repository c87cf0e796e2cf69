import type { TalosconfigState } from '../../../preload/contract/index.ts';
import { MAX_TOLD, type SettingsFile } from '../../files/settings.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { Observable } from '../../lib/observable.ts';
import { dueNotices, noticeTexts, type DueNotice, type NoticeText } from './expiry-notices.ts';

/** Often enough that the last day is told of on time; a look costs nothing. */
const LOOK_EVERY_MS = 3_600_000;

/** What {@link watchExpiry} needs. */
export interface ExpiryWatchOptions {
  readonly state: Observable<TalosconfigState>;
  /** Remembers what was told, also for the next start. */
  readonly settings: SettingsFile;
  readonly clock: Clock;
  readonly log: Log;
  readonly show: (notice: NoticeText) => void;
  /** Does the user want to be told? What was not told of is told as soon as they do. */
  readonly chosen: Observable<{ readonly isTellingExpiry: boolean }>;
}

/**
 * Tells the user that certificates end: when the talosconfigs or the user's wish change, and every hour. Each threshold is told at most once
 * per certificate. The returned function ends it.
 */
export function watchExpiry({ state, settings, clock, log, show, chosen }: ExpiryWatchOptions): () => void {
  /** Also what could not be written down. */
  const told = new Map<string, number>();
  let isRead = false;
  let looking = Promise.resolve();
  let cancelTimer: (() => void) | undefined;
  let isEnded = false;

  const look = (): void => {
    looking = looking.then(tellWhatIsDue).catch((error: unknown) => {
      log.write('warn', 'could not tell of certificates that end', { error });
    });
  };

  async function tellWhatIsDue(): Promise<void> {
    if (isEnded || !chosen.current.isTellingExpiry || due().length === 0) return;
    if (!isRead) await readTold();
    const now = due();
    if (isEnded || now.length === 0) return;
    for (const { fingerprint, days } of now) told.set(fingerprint, days);
    // First written down, then shown: rather one that is missed than one that comes at every start.
    await writeTold(now);
    for (const notice of noticeTexts(now, clock.now())) show(notice);
  }

  const due = (): readonly DueNotice[] => dueNotices(realContexts(state.current), told, clock.now());

  async function readTold(): Promise<void> {
    // Writing will say why it cannot be read; the next look tries again.
    const read = await settings.read().catch(() => undefined);
    isRead = read !== undefined;
    for (const { fingerprint, days } of read?.expiryTold ?? []) {
      told.set(fingerprint, Math.min(days, told.get(fingerprint) ?? days));
    }
  }

  async function writeTold(now: readonly DueNotice[]): Promise<void> {
    const fresh = now.map(({ fingerprint, days }) => ({ fingerprint, days }));
    const known = new Set(fresh.map(({ fingerprint }) => fingerprint));
    await settings
      .update((old) => ({
        ...old,
        expiryTold: [...old.expiryTold.filter((one) => !known.has(one.fingerprint)), ...fresh].slice(-MAX_TOLD),
      }))
      .catch((error: unknown) => {
        log.write('warn', 'could not remember which certificates were told of', { error });
      });
  }

  function lookEveryHour(): void {
    look();
    cancelTimer = clock.after(LOOK_EVERY_MS, lookEveryHour);
  }

  const stops = [state.subscribe(look), chosen.subscribe(look)];
  lookEveryHour();
  return () => {
    isEnded = true;
    for (const stop of stops) stop();
    cancelTimer?.();
  };
}

/** The demo's certificates are nobody's worry. */
function realContexts({ choice, contexts }: TalosconfigState): TalosconfigState['contexts'] {
  return choice.reason === 'demo' ? contexts.filter(({ file }) => file !== choice.path) : contexts;
}
