import { randomBytes } from 'node:crypto';
import { mkdir, rm, unlink } from 'node:fs/promises';
import { basename, isAbsolute, join } from 'node:path';
import type { Clock } from '../../lib/clock.ts';
import { Failed } from '../../lib/failed.ts';
import { isPartName, isProcessAlive, isTemporaryName } from '../beside-names.ts';
import { systemCode } from '../file-failure.ts';
import { removeOwnKubectlLock } from '../kubectl-lock.ts';
import { createOwnFile, kindOf, namesIn, readOwnFile } from './own-file.ts';

/** What must not outlive the process that makes it. */
export type UnfinishedFile =
  /** A temporary file (`temporaryPath`) in a folder that the user chose. */
  | { readonly kind: 'temporary'; readonly path: string }
  /** A file or folder that is downloaded (`partPath`), which may take hours. */
  | { readonly kind: 'part'; readonly path: string }
  /** kubectl's lock beside this kubeconfig. */
  | { readonly kind: 'kubectl-lock'; readonly path: string };

const NOTE = /^(\d+)-[0-9a-f]{12}\.json$/;
const MAX_NOTE_BYTES = 16 * 1024;
/** More are looked at at the next start. */
const MAX_NOTES = 1_000;
/** What is noted takes moments; after this long a living process with that number is another one. */
const ABANDONED_AFTER_MS = 10 * 60_000;
/** A download may go on for long. */
const PART_ABANDONED_AFTER_MS = 24 * 60 * 60_000;

/**
 * Notes in Minos's own folder of files that lie elsewhere while they are written, so that the next start finds what a
 * crash left: where the user exports to is known to nobody afterwards.
 */
export class Unfinished {
  readonly #folder: string;
  readonly #clock: Clock;
  readonly #mine = new Set<string>();

  constructor(folder: string, clock: Clock) {
    this.#folder = folder;
    this.#clock = clock;
  }

  /** Whether anything is being written now. */
  get isUnderWay(): boolean {
    return this.#mine.size > 0;
  }

  /** Runs a task while its file is noted. A note that cannot be written is no reason not to do it. */
  async during<T>(file: UnfinishedFile, task: () => Promise<T>): Promise<T> {
    const name = `${process.pid}-${randomBytes(6).toString('hex')}.json`;
    const path = join(this.#folder, name);
    this.#mine.add(name);
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 })
        .then(() => createOwnFile(path, JSON.stringify({ ...file, atMs: this.#clock.now() })))
        .catch(() => undefined);
      return await task();
    } finally {
      await unlink(path).catch(() => undefined);
      this.#mine.delete(name);
    }
  }

  /** Removes what processes that died left behind; resolves with what it removed. Call it at start. Throws Failed. */
  async tidy(): Promise<readonly string[]> {
    const removed: string[] = [];
    for (const name of (await namesIn(this.#folder)).filter((one) => NOTE.test(one)).slice(0, MAX_NOTES)) {
      if (this.#mine.has(name)) continue;
      const pid = Number(NOTE.exec(name)?.[1]);
      const at = join(this.#folder, name);
      try {
        const note = await readNote(at);
        const patienceMs = note?.kind === 'part' ? PART_ABANDONED_AFTER_MS : ABANDONED_AFTER_MS;
        const isFresh = note !== undefined && Math.abs(this.#clock.now() - note.atMs) < patienceMs;
        if (pid !== process.pid && isProcessAlive(pid) && isFresh) continue;
        if (note !== undefined && (await this.#remove(note, pid))) removed.push(note.path);
        await unlink(at);
      } catch (error) {
        // The next start tries again; the others are not held up.
        if (!(error instanceof Failed) && systemCode(error) === undefined) throw error;
      }
    }
    return removed;
  }

  /** Only what Minos itself names so: a note that was forged leads to no other file. */
  async #remove({ kind, path }: UnfinishedFile, pid: number): Promise<boolean> {
    if (kind === 'kubectl-lock') return removeOwnKubectlLock(path, this.#clock);
    if (kind === 'part') return removePart(path, pid);
    if (!isTemporaryName(basename(path), pid) || (await kindOf(path)) !== 'file') return false;
    await unlink(path);
    return true;
  }
}

async function removePart(path: string, pid: number): Promise<boolean> {
  const kind = isPartName(basename(path), pid) ? await kindOf(path) : undefined;
  if (kind !== 'file' && kind !== 'folder') return false;
  await rm(path, { recursive: true });
  return true;
}

/** Undefined for a note that is not what Minos writes. */
async function readNote(path: string): Promise<(UnfinishedFile & { readonly atMs: number }) | undefined> {
  if ((await kindOf(path)) !== 'file') return undefined;
  const text = (await readOwnFile(path, MAX_NOTE_BYTES)).toString('utf8');
  try {
    const value = JSON.parse(text) as Record<string, unknown> | null;
    const { kind, path: noted, atMs } = value ?? {};
    if (kind !== 'temporary' && kind !== 'part' && kind !== 'kubectl-lock') return undefined;
    if (typeof noted !== 'string' || !isAbsolute(noted) || typeof atMs !== 'number') return undefined;
    return { kind, path: noted, atMs };
  } catch {
    return undefined;
  }
}
