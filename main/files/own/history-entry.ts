import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Failed } from '../../lib/failed.ts';
import { isProcessAlive } from '../beside-names.ts';
import { systemCode } from '../file-failure.ts';
import { sha256Hex } from '../fingerprint.ts';
import type { DiffLine } from '../../yaml/redacted-diff.ts';
import { namesIn, readOwnFile } from './own-file.ts';

/**
 * Files of one version: `ID.json` says what was changed, `ID.bytes` holds what was there before, `ID.half` is an entry
 * that is being written, `ID.new` what is being written into a file in place. An id becomes a part of a path only here, after its form was checked.
 */

/** One change that Minos made to a file. Holds no key material. */
export interface HistoryEntry {
  readonly id: string;
  /** The real path of the file. */
  readonly path: string;
  readonly atMs: number;
  /** One sentence: what was changed. */
  readonly what: string;
  /** SHA-256 before, `missing` when the change made the file. */
  readonly before: string;
  /** SHA-256 after; `missing` when the change removed the file. */
  readonly after: string;
  readonly diff: readonly DiffLine[];
  /** True when the old bytes are encrypted. */
  readonly isSealed: boolean;
  /** What may be secret in the old bytes and is not in the new ones (lost-secrets.ts); missing: not known. */
  readonly lost?: readonly string[];
}

const ID = /^\d{15}-[0-9a-f]{8}$/;
const NAME = /^(\d{15}-[0-9a-f]{8})\.(json|bytes|half|new)$/;
const HASH = /^([0-9a-f]{64}|missing)$/;

/** Most lines of a difference that are kept; more is read by nobody. */
const MAX_DIFF_LINES = 1_000;
/** Longest line of a difference, characters. */
const MAX_LINE = 2_000;
/** Most characters of all lines together, with what each line takes besides. */
const MAX_DIFF_CHARACTERS = 64_000;
const PER_LINE = 50;
const MAX_WHAT = 2_000;
/** A recording takes moments; what is left of an older one belongs to nobody. */
const ABANDONED_AFTER_MS = 60_000;
/** Those of lost-secrets.ts are fewer. */
const MAX_LOST = 1_000;
/** No entry that Minos writes is larger. */
const MAX_ENTRY_BYTES = 1024 * 1024;

/** What an entry calls a version. */
export const hashOf = (bytes: Uint8Array | undefined): string => (bytes ? sha256Hex(bytes) : 'missing');

/** Sorts by time, and says which process made it: one that is half recorded belongs to a living one, or to nobody. */
export const newEntryId = (atMs: number): string =>
  `${String(atMs).padStart(15, '0')}-${pidInHex(process.pid)}${randomBytes(1).toString('hex')}`;

const pidInHex = (pid: number): string => (pid % 0x1000000).toString(16).padStart(6, '0');

/** A moment, and when this process started: read together, since the time between two readings would move the start. */
export interface Moment {
  readonly nowMs: number;
  readonly startedAtMs: number;
}

/** True for the id of a version that a living process may be recording this moment. */
export function isBeingMade(id: string, { nowMs, startedAtMs }: Moment): boolean {
  const atMs = idTimeMs(id);
  const made = id.slice(-8, -2);
  if (atMs < nowMs - ABANDONED_AFTER_MS) return false;
  // Our own number from before we started is that of a process that died.
  if (made === pidInHex(process.pid)) return atMs >= startedAtMs;
  const pid = Number.parseInt(made, 16);
  return pid > 0 && isProcessAlive(pid);
}

/** True for what {@link newEntryId} makes. */
export const isEntryId = (id: string): boolean => ID.test(id);

/** The id in a file's name; undefined for a file that is none of ours. */
export const idOfName = (name: string): string | undefined => NAME.exec(name)?.[1];

/** When the version of this id was kept, epoch milliseconds. */
export const idTimeMs = (id: string): number => Number(id.split('-')[0]);

/** Where what is known of a version lies. Throws Failed `not-found` for what is no id. */
export const entryPath = (folder: string, id: string): string => join(folder, `${checked(id)}.json`);

/** Where the bytes of a version lie. Throws Failed `not-found` for what is no id. */
export const bytesPath = (folder: string, id: string): string => join(folder, `${checked(id)}.bytes`);

/** Where a version lies until it is whole. Throws Failed `not-found` for what is no id. */
export const halfPath = (folder: string, id: string): string => join(folder, `${checked(id)}.half`);

/** Where the bytes lie that are being written in place. Throws Failed `not-found` for what is no id. */
export const newBytesPath = (folder: string, id: string): string => join(folder, `${checked(id)}.new`);

function checked(id: string): string {
  if (ID.test(id)) return id;
  throw new Failed({ code: 'not-found', message: 'There is no such version.' });
}

/** What a difference weighs in an answer, about, in characters. */
export const diffWeight = (lines: readonly DiffLine[]): number =>
  lines.reduce((sum, { text }) => sum + text.length + PER_LINE, 0);

/** A sentence cut to what is kept of it: names in it may be long. */
export const boundedWhat = (what: string): string =>
  what.length > MAX_WHAT ? `${what.slice(0, MAX_WHAT - 1)}…` : what;

/** A difference cut to what is kept of it. */
export function boundedDiff(lines: readonly DiffLine[]): readonly DiffLine[] {
  const kept: DiffLine[] = [];
  let characters = 0;
  for (const line of lines.slice(0, MAX_DIFF_LINES)) {
    const text = line.text.length > MAX_LINE ? `${line.text.slice(0, MAX_LINE)}…` : line.text;
    characters += text.length + PER_LINE;
    if (characters > MAX_DIFF_CHARACTERS) break;
    kept.push(text === line.text ? line : { ...line, text });
  }
  return kept;
}

/**
 * Reads an entry. Undefined for one that is damaged, too large, no regular file, or says it is another one: it cannot be
 * undone, and must not hide the others.
 */
export async function readEntry(folder: string, name: string): Promise<HistoryEntry | undefined> {
  try {
    const text = (await readOwnFile(join(folder, name), MAX_ENTRY_BYTES)).toString('utf8');
    const value = JSON.parse(text) as Partial<HistoryEntry> | null;
    const { id, path, atMs, what, before, after, diff, isSealed, lost } = value ?? {};
    if (typeof id !== 'string' || id !== idOfName(name) || typeof path !== 'string') return undefined;
    if (typeof atMs !== 'number' || !Number.isSafeInteger(atMs)) return undefined;
    if (typeof what !== 'string' || what.length > MAX_WHAT || typeof isSealed !== 'boolean') return undefined;
    if (!isHash(before) || !isHash(after) || !Array.isArray(diff) || !diff.every(isDiffLine)) return undefined;
    const knowsLost = Array.isArray(lost) && lost.length <= MAX_LOST && lost.every((word) => typeof word === 'string');
    return { id, path, atMs, what, before, after, diff: boundedDiff(diff), isSealed, ...(knowsLost && { lost }) };
  } catch (error) {
    // For want of descriptors nothing is damaged.
    if (error instanceof Failed && ['EMFILE', 'ENFILE'].includes(systemCode(error.cause) ?? '')) throw error;
    return undefined;
  }
}

/** Entries that are read at once: descriptors are few. */
const AT_ONCE = 8;
/** Most entries of one file that are read; Minos keeps fewer. */
export const MOST_LOOKED_AT = 200;

/** The newest entries of a file that are not too old, oldest first. Damaged ones are left out. */
export async function readEntries(
  folder: string,
  { path, oldestMs, most }: { readonly path: string; readonly oldestMs: number; readonly most: number },
): Promise<readonly HistoryEntry[]> {
  const entries: HistoryEntry[] = [];
  const names = (await namesIn(folder)).filter((name) => name.endsWith('.json') && idOfName(name) !== undefined);
  // The newest first: damaged ones may lie between them, but not without end.
  const newest = names.sort().reverse().slice(0, MOST_LOOKED_AT);
  for (let at = 0; at < newest.length && entries.length < most; at += AT_ONCE) {
    const read = await Promise.all(newest.slice(at, at + AT_ONCE).map((name) => readEntry(folder, name)));
    entries.push(...read.flatMap((entry) => (entry && entry.path === path && entry.atMs >= oldestMs ? [entry] : [])));
  }
  return entries.slice(0, most).reverse();
}

const isHash = (value: unknown): value is string => typeof value === 'string' && HASH.test(value);

function isDiffLine(value: unknown): value is DiffLine {
  if (value === null || typeof value !== 'object') return false;
  const { kind, old, new: next, text } = value as Record<string, unknown>;
  const isNumber = (one: unknown): boolean => one === undefined || Number.isSafeInteger(one);
  return (
    (kind === 'same' || kind === 'added' || kind === 'removed') &&
    isNumber(old) &&
    isNumber(next) &&
    typeof text === 'string'
  );
}
