import type { Failure, FileEntry } from '../../../preload/contract/index.ts';
import type { Client } from '../../lib/bridge.ts';
import { toFailure } from '../../lib/operation-failed.ts';
import { above, type FilePlace } from './paths.ts';

/** Entries are shown so many at first, then more at a time the more there are: a folder is sorted anew each time. */
const FIRST_SHOWN = 200;
const GROWS_BY = 2;

/** One reading of a folder. It ends by itself; whoever makes it stops it when nobody wants it any more. */
export class FolderReading {
  readonly #stop = new AbortController();
  readonly #all: FileEntry[] = [];
  #path = $state('');
  #entries = $state.raw<readonly FileEntry[]>([]);
  #file = $state.raw<FileEntry | undefined>();
  #end = $state.raw<{ readonly atMs: number; readonly isCut: boolean; readonly refused: number } | undefined>();
  #failure = $state.raw<Failure | undefined>();
  #talosctl = $state('');

  constructor(client: Client, context: string, place: FilePlace) {
    this.#path = place.path;
    void this.#read(client, context, place);
  }

  /** The folder whose entries these are: that of the file, where the path leads to one. */
  get path(): string {
    return this.#path;
  }

  /** What came so far. */
  get entries(): readonly FileEntry[] {
    return this.#entries;
  }

  /** What the path leads to, where that is no folder: an entry of the folder above, which is read instead. */
  get file(): FileEntry | undefined {
    return this.#file;
  }

  /** Undefined while entries come. */
  get end(): { readonly atMs: number; readonly isCut: boolean; readonly refused: number } | undefined {
    return this.#end;
  }

  /** Why it was not read, or not to its end. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  get talosctl(): string {
    return this.#talosctl;
  }

  stop(): void {
    this.#stop.abort();
  }

  async #read(client: Client, context: string, { node, path }: FilePlace): Promise<void> {
    const { signal } = this.#stop;
    let next = FIRST_SHOWN;
    let isFile = false;
    try {
      for await (const { items } of client.open('folder', { context, node, path }, { signal })) {
        for (const item of items) {
          if (item.type === 'started') {
            this.#path = item.path;
            this.#talosctl = item.talosctl;
          } else if (item.type === 'entries') this.#all.push(...item.entries);
          else if (item.type === 'end') this.#end = isFile ? undefined : item;
          else if (this.#file === undefined) {
            this.#file = item.entry;
            this.#path = above(this.#path);
            isFile = true;
          }
        }
        if (this.#all.length < next && this.#end === undefined) continue;
        next = this.#all.length * GROWS_BY;
        this.#entries = [...this.#all];
      }
      if (isFile) await this.#read(client, context, { node, path: this.#path });
    } catch (thrown) {
      if (signal.aborted) return;
      this.#failure = toFailure(thrown);
      this.#entries = [...this.#all];
    }
  }
}
