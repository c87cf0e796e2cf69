import { watch as watchFs, type FSWatcher } from 'node:fs';
import { lstat, readlink, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import type { Clock } from '../lib/clock.ts';
import { Failed } from '../lib/failed.ts';
import { readSettled, type SettleOptions } from './settled-file.ts';

/** What is at the watched path: a version of the file, nothing, or something that cannot be read. */
export type SeenFile =
  | { readonly kind: 'present'; readonly sha256: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable' };

/** Which file is watched, and who is told. */
export interface WatchOptions {
  readonly path: string;
  readonly clock: Clock;
  /** What the caller has read already; a first difference to it is reported. Default: what is there now, unreported. */
  readonly known?: SeenFile;
  /** Called after the file became another version, appeared, disappeared or became unreadable. Not for {@link FileWatch.expect}ed versions. */
  readonly onChange: (seen: SeenFile) => void;
  /** How long events are gathered before looking, ms. Default 50. */
  readonly settleMs?: number;
  /** How often to look without events, ms: file systems without events, folders that do not exist yet. Default 700. */
  readonly pollMs?: number;
  /** Replaceable for tests: throws where the system cannot watch. */
  readonly watchFolder?: (folder: string, onEvent: (name: string | null) => void) => () => void;
}

/** A running watch; whoever started it closes it. */
export interface FileWatch {
  /** The next time the file has exactly these bytes is our own write: not reported. Call it before renaming. */
  expect(sha256: string): void;
  /** The caller could not read it, for want of descriptors say: the next look that can is reported. */
  couldNotRead(): void;
  /** Looks now; resolves after a change was reported. */
  check(): Promise<void>;
  close(): void;
}

/**
 * Watches one file through its folders (a file that is replaced by rename loses its own watch), through symbolic links,
 * and also by looking every `pollMs` at its size and times. A change is a change of content: the fingerprints differ.
 */
export function watchFile(options: WatchOptions): FileWatch {
  const { clock, path } = options;
  const watchFolder = options.watchFolder ?? watchFolderBySystem;
  const folders = new Map<string, () => void>();
  const expected = new Set<string>();
  let last = options.known;
  let lastStamp = '';
  let names: ReadonlySet<string> = new Set();
  let closed = false;
  let cancelTimer: (() => void) | undefined;
  let checking: Promise<void> | undefined;
  let again = false;

  const schedule = (delayMs: number): void => {
    cancelTimer?.();
    if (!closed) cancelTimer = clock.after(delayMs, () => void check());
  };
  const onEvent = (name: string | null): void => {
    if (name !== null && !names.has(name)) return;
    lastStamp = '';
    schedule(options.settleMs ?? 50);
  };

  const look = async (): Promise<void> => {
    const links = await linksTo(path);
    names = new Set(links.map((link) => basename(link)));
    followLinks(new Set(links.map((link) => dirname(link))));
    const stamp = await stampOf(path, clock.now());
    if (stamp !== '' && stamp === lastStamp && last) return;
    const seen = await seeSettled();
    // What cannot be read now may be readable the next time although nothing about the file changes.
    lastStamp = seen.kind === 'unreadable' ? '' : stamp;
    const before = last;
    last = seen;
    if (closed || !before || isSame(before, seen)) return;
    if (seen.kind === 'present' && expected.delete(seen.sha256)) return;
    options.onChange(seen);
  };

  /** What no writer is in the middle of: an empty or missing file may be one that is being written. */
  const seeSettled = async (): Promise<SeenFile> => {
    const isKnown = (sha256: string): boolean =>
      expected.has(sha256) || (last?.kind === 'present' && last.sha256 === sha256);
    const seen = await see(path, { clock, isKnown });
    if (seen.kind !== 'missing' || last?.kind !== 'present' || closed) return seen;
    await new Promise<void>((resolve) => clock.after(REPLACED_MS, resolve));
    return see(path, { clock, isKnown });
  };

  const followLinks = (wanted: ReadonlySet<string>): void => {
    if (closed) return;
    for (const [folder, stop] of folders) {
      if (wanted.has(folder)) continue;
      stop();
      folders.delete(folder);
    }
    for (const folder of wanted) {
      if (folders.has(folder)) continue;
      try {
        folders.set(folder, watchFolder(folder, onEvent));
      } catch {
        // No such folder yet, or the system cannot watch it: polling covers it.
      }
    }
  };

  function check(): Promise<void> {
    if (checking) {
      again = true;
      return checking;
    }
    checking = (async () => {
      do {
        again = false;
        await look();
      } while (again && !closed);
    })().finally(() => {
      checking = undefined;
      if (!closed) schedule(options.pollMs ?? 700);
    });
    return checking;
  }

  void check();
  return {
    expect: (sha256) => {
      expected.add(sha256);
    },
    couldNotRead: () => {
      last = { kind: 'unreadable' };
      lastStamp = '';
    },
    check,
    close: () => {
      closed = true;
      cancelTimer?.();
      for (const stop of folders.values()) stop();
      folders.clear();
    },
  };
}

const isSame = (a: SeenFile, b: SeenFile): boolean =>
  a.kind === b.kind && (a.kind !== 'present' || b.kind !== 'present' || a.sha256 === b.sha256);

async function see(path: string, options: SettleOptions): Promise<SeenFile> {
  try {
    return { kind: 'present', sha256: (await readSettled(path, options)).fingerprint.sha256 };
  } catch (error) {
    return error instanceof Failed && error.failure.code === 'file-missing'
      ? { kind: 'missing' }
      : { kind: 'unreadable' };
  }
}

/** A program that removes a file and makes it anew does so within this long, ms. */
const REPLACED_MS = 100;

/** Times of files are coarser than writes: within this long after a change, the times prove nothing. */
const RACY_MS = 2_000;

/** Cheap stand-in for the content: changes whenever the file is rewritten or replaced. '' when it proves nothing yet. */
async function stampOf(path: string, nowMs: number): Promise<string> {
  try {
    const s = await stat(path, { bigint: true });
    if (Math.abs(nowMs - Number(s.ctimeMs)) < RACY_MS) return '';
    return `${s.dev}:${s.ino}:${s.size}:${s.mtimeNs}:${s.ctimeNs}`;
  } catch {
    // Missing or not reachable; `see` says which.
    return '';
  }
}

/** The path and every symbolic link on the way to the file. */
async function linksTo(path: string): Promise<readonly string[]> {
  const links: string[] = [];
  let at = resolve(path);
  for (let i = 0; i < 20; i++) {
    links.push(at);
    const isLink = await lstat(at).then(
      (s) => s.isSymbolicLink(),
      () => false,
    );
    if (!isLink) break;
    at = resolve(dirname(at), await readlink(at).catch(() => '.'));
  }
  return links;
}

function watchFolderBySystem(folder: string, onEvent: (name: string | null) => void): () => void {
  const watcher: FSWatcher = watchFs(folder, { persistent: false }, (_type, name) => {
    onEvent(name);
  });
  // The folder went away or the system lost track; the next look starts over by polling.
  watcher.on('error', () => {
    onEvent(null);
  });
  return () => {
    watcher.close();
  };
}
