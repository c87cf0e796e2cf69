import type { Failure } from '../failure.ts';

/** What an entry of a folder is. */
export type FileKind = 'folder' | 'file' | 'link' | 'device' | 'pipe' | 'socket' | 'other';

/** One entry of a folder of a node. Whatever the node cannot tell of it is missing, and `error` says why. */
export interface FileEntry {
  /** Its last name, as the node has it: unseen signs are not written out yet. Never a path. */
  readonly name: string;
  readonly kind: FileKind;
  /** Type and permissions as Go prints them: `drwxr-xr-x`. */
  readonly mode?: string;
  readonly uid?: number;
  readonly gid?: number;
  /** Bytes. Files of the kernel (`/proc`) say 0 and have a content all the same. */
  readonly size?: number;
  /** Epoch milliseconds. */
  readonly modifiedMs?: number;
  /** Where a link points to, as it is written there. */
  readonly link?: string;
  /** Why it could not be looked at, in the node's words. */
  readonly error?: string;
}

/** Most entries of a folder that are told; the rest is counted as cut off. */
export const MOST_FOLDER_ENTRIES = 50_000;

/** Items of stream `folder`: first `started`, last `end`. */
export type FolderItem =
  | {
      readonly type: 'started';
      /** Without `.`, `..` and slashes too many. */
      readonly path: string;
      /** The same as a talosctl command line. */
      readonly talosctl: string;
    }
  /** Where it leads is no folder but this, which stands in the folder above. Nothing but `end` follows. */
  | { readonly type: 'noFolder'; readonly entry: FileEntry }
  | { readonly type: 'entries'; readonly entries: readonly FileEntry[] }
  | {
      readonly type: 'end';
      /** Epoch milliseconds. */
      readonly atMs: number;
      /** There were more than are told. */
      readonly isCut: boolean;
      /** Entries with names that no file can have (a slash, `..`): left out. */
      readonly refused: number;
    };

/** Most of a file that is shown at a time; a larger one is shown in part. */
export const MOST_SHOWN_BYTES = 4 * 1024 * 1024;

/** Largest file that is followed: all of it is read again whenever it has grown, since Talos reads from the beginning only. */
export const MOST_FOLLOWED_BYTES = 64 * 1024 * 1024;

/**
 * Items of stream `file`: first `started`, then `bytes` with `read` behind them. Without following, the stream ends then, or after
 * `hidden`.
 */
export type FileItem =
  | { readonly type: 'started'; readonly talosctl: string }
  /** What the file is, at every look that found something new; `everyMs` until the next look while it is followed. */
  | { readonly type: 'entry'; readonly entry: FileEntry; readonly atMs: number; readonly everyMs?: number }
  /** What is shown so far is void: the file was replaced or cut, or is read as a whole each time. `skipped` bytes before what comes now. */
  | { readonly type: 'again'; readonly why: 'first' | 'replaced' | 'shorter' | 'anew'; readonly skipped: number }
  /** A piece of what is shown, after what came before. */
  | { readonly type: 'bytes'; readonly base64: string }
  /** All that is to be shown now has come. */
  | {
      readonly type: 'read';
      /** There is more behind it, which is not shown. */
      readonly isCut: boolean;
      readonly atMs: number;
    }
  /** While it is followed: it was looked at and is as it was. */
  | { readonly type: 'same'; readonly atMs: number }
  /** While it is followed: it could not be looked at, since then. What is shown is as of before; it is tried again. */
  | { readonly type: 'trouble'; readonly failure: Failure; readonly sinceMs: number }
  /** It is too large to be followed; what came is shown. */
  | { readonly type: 'tooLarge'; readonly atMs: number };
