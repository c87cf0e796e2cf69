import { setImmediate } from 'node:timers/promises';
import { stat } from 'node:fs/promises';
import type { Clock } from '../lib/clock.ts';
import { readFileBytes, type FileBytes } from './read-file.ts';

/** Nobody is writing a file that looks whole and has stayed the same for so long, ms. */
const QUIET_MS = 100;
/** One that looks cut off, such as an empty one, is waited for so long, ms; then it is what it says. */
const PATIENCE_MS = 1_000;
/** A file that never rests is waited for so long in all, ms. */
const MOST_MS = 5_000;
/** A time so far ahead says that the file's clock is another one, ms. */
const OTHER_CLOCK_MS = 10_000;
/** How often a file that is waited for is looked at, ms. */
const LOOK_EVERY_MS = 20;

/** How a file of another program is waited for. */
export interface SettleOptions {
  readonly clock: Clock;
  /** Can these bytes be all that a program writes? Asked only of a file that changed just now. Default {@link looksWhole}. */
  readonly isWhole?: (bytes: Buffer) => boolean | Promise<boolean>;
  /** True for versions that are known to be whole, such as our own. */
  readonly isKnown?: (sha256: string) => boolean;
  /** Another way to read; default {@link readFileBytes}. */
  readonly read?: (path: string) => Promise<FileBytes>;
  readonly quietMs?: number;
  readonly patienceMs?: number;
}

/**
 * Reads a file that another program may be writing. talosctl and kubectl truncate a file and then write it: what is there
 * in between is no version of it. A file that was at rest before is read once and at once. One that changed just now is
 * read again until it looks whole and has stayed the same for a moment; one that stays empty or cut off is believed after
 * a second. Throws like {@link readFileBytes}.
 */
export async function readSettled(path: string, options: SettleOptions): Promise<FileBytes> {
  const { clock, isWhole = looksWhole, quietMs = QUIET_MS, patienceMs = PATIENCE_MS } = options;
  const read = options.read ?? readFileBytes;
  const until = clock.monotonic() + MOST_MS;
  let stamp: string | undefined;
  let sinceMs = 0;
  let found: FileBytes | undefined;
  let whole: FileBytes | undefined;
  let looksFinished = false;
  for (;;) {
    const before = await stampOf(path);
    if (found === undefined || before.stamp === '' || before.stamp !== stamp) {
      const bytes = await read(path);
      const after = await stampOf(path);
      // Written while it was read: neither the old version nor the new one.
      const isTorn = before.stamp !== after.stamp;
      if (!isTorn && options.isKnown?.(bytes.fingerprint.sha256) === true) return bytes;
      const ageMs = clock.now() - before.changedAtMs;
      if (!isTorn && (ageMs >= patienceMs || ageMs <= -OTHER_CLOCK_MS)) return bytes;
      looksFinished = !isTorn && (await isWhole(bytes.bytes));
      if (looksFinished && ageMs >= quietMs) return bytes;
      if (looksFinished) whole = bytes;
      found = bytes;
      stamp = isTorn ? undefined : before.stamp;
      sinceMs = clock.monotonic();
    } else if (clock.monotonic() - sinceMs >= (looksFinished ? quietMs : patienceMs)) return found;
    // Never at rest: a version that looked whole is one that was there.
    if (clock.monotonic() >= until) return whole ?? found;
    await pause(clock, Math.min(LOOK_EVERY_MS, quietMs));
  }
}

/** True for bytes that hold something and end with a line end, as all that talosctl and kubectl write. */
export const looksWhole = (bytes: Uint8Array): boolean => bytes.at(-1) === 0x0a && bytes.some((byte) => byte > 0x20);

/** Resolves after so long; on a clock that never moves, never. */
function pause(clock: Clock, ms: number): Promise<void> {
  if (ms <= 0) return setImmediate();
  return new Promise((resolve) => clock.after(ms, resolve));
}

/** What tells one version from the next without reading it, and when it became that. */
async function stampOf(path: string): Promise<{ readonly stamp: string; readonly changedAtMs: number }> {
  try {
    const s = await stat(path, { bigint: true });
    const stamp = `${s.dev}:${s.ino}:${s.size}:${s.mtimeNs}:${s.ctimeNs}`;
    return { stamp, changedAtMs: Number(s.ctimeMs) };
  } catch {
    // Reading it says why.
    return { stamp: '', changedAtMs: 0 };
  }
}
