import type { FileItem, FolderItem, StreamParams } from '../../../preload/contract/index.ts';
import type { Clock } from '../../lib/clock.ts';
import { leased, type Lease } from '../clusters/lease.ts';
import { readFolder } from './read-folder.ts';
import { showFile } from './show-file.ts';

/** What {@link Files} work with. */
export interface FilesOptions {
  /** A hold on the cluster of a context. Throws Failed when there is none. */
  readonly lease: (context: string) => Lease;
  readonly clock: Clock;
  /** Does anybody see the page? */
  readonly isSeen: () => boolean;
}

/** Folders and files of nodes, to be looked at. Nothing of them is kept. */
export class Files {
  readonly #options: FilesOptions;

  constructor(options: FilesOptions) {
    this.#options = options;
  }

  /** See {@link readFolder}. Throws Failed, also why the cluster was closed. */
  folder({ context, ...wish }: StreamParams<'folder'>, signal: AbortSignal): AsyncIterable<FolderItem> {
    const { lease: take, clock } = this.#options;
    const lease = take(context);
    return leased(lease, signal, (until) => readFolder(lease.caller, clock, wish, until));
  }

  /** See {@link showFile}. Throws Failed, also why the cluster was closed. */
  file({ context, ...wish }: StreamParams<'file'>, signal: AbortSignal): AsyncIterable<FileItem> {
    const { lease: take, clock, isSeen } = this.#options;
    const lease = take(context);
    return leased(lease, signal, (until) => showFile({ caller: () => lease.caller, clock, isSeen }, wish, until));
  }
}
