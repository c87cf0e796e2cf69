import type { Failure, FileEntry, FileItem } from '../../../preload/contract/index.ts';
import type { Client } from '../../lib/bridge.ts';
import { toFailure } from '../../lib/operation-failed.ts';
import type { FilePlace } from './paths.ts';

/** Why what is shown begins where it does. */
type Again = Extract<FileItem, { type: 'again' }>['why'];

/** What a file is asked for. */
export interface ContentWish extends FilePlace {
  readonly mostBytes: number;
  readonly isFollowed: boolean;
}

/** The content of one file, as much as is shown, and what comes while it is followed. Whoever makes it stops it. */
export class FileContent {
  readonly wish: ContentWish;
  readonly #stop = new AbortController();
  #pieces: Uint8Array<ArrayBuffer>[] = [];
  #size = 0;
  #skipped = 0;
  #bytes = $state.raw<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly skipped: number } | undefined>();
  #why = $state<Again>('first');
  #entry = $state.raw<FileEntry | undefined>();
  #everyMs = $state<number | undefined>();
  #isCut = $state(false);
  #isTooLarge = $state(false);
  #atMs = $state<number | undefined>();
  #trouble = $state.raw<{ readonly failure: Failure; readonly sinceMs: number } | undefined>();
  #failure = $state.raw<Failure | undefined>();
  #talosctl = $state('');

  constructor(client: Client, context: string, wish: ContentWish) {
    this.wish = wish;
    void this.#read(client, context);
  }

  /** What is shown, with how many bytes stand before it; undefined until it has come. */
  get shown(): { readonly bytes: Uint8Array<ArrayBuffer>; readonly skipped: number } | undefined {
    return this.#bytes;
  }

  /** Why it was begun anew last. */
  get why(): Again {
    return this.#why;
  }

  /** As the node told last. */
  get entry(): FileEntry | undefined {
    return this.#entry;
  }

  /** Until it is looked at again, while it is followed. */
  get everyMs(): number | undefined {
    return this.#everyMs;
  }

  /** There is more behind what is shown. */
  get isCut(): boolean {
    return this.#isCut;
  }

  /** It is not followed although it was to be. */
  get isTooLarge(): boolean {
    return this.#isTooLarge;
  }

  /** When it was so. */
  get atMs(): number | undefined {
    return this.#atMs;
  }

  /** It cannot be looked at at the moment. */
  get trouble(): { readonly failure: Failure; readonly sinceMs: number } | undefined {
    return this.#trouble;
  }

  /** Nothing of it could be read, or it ended early. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  get talosctl(): string {
    return this.#talosctl;
  }

  stop(): void {
    this.#stop.abort();
  }

  async #read(client: Client, context: string): Promise<void> {
    const { signal } = this.#stop;
    try {
      for await (const { items } of client.open('file', { context, ...this.wish }, { signal })) {
        for (const item of items) this.#take(item);
      }
    } catch (thrown) {
      if (!signal.aborted) this.#failure = toFailure(thrown);
    }
  }

  #take(item: FileItem): void {
    if (item.type === 'started') this.#talosctl = item.talosctl;
    else if (item.type === 'entry') {
      this.#entry = item.entry;
      this.#everyMs = item.everyMs;
    } else if (item.type === 'again') {
      this.#pieces = [];
      this.#size = 0;
      this.#skipped = item.skipped;
      this.#why = item.why;
    } else if (item.type === 'bytes') this.#push(item.base64);
    else if (item.type === 'read') this.#show(item.isCut, item.atMs);
    else if (item.type === 'tooLarge') {
      this.#isTooLarge = true;
      this.#everyMs = undefined;
    } else if (item.type === 'trouble') this.#trouble = item;
    else {
      this.#trouble = undefined;
      this.#atMs = item.atMs;
    }
  }

  #push(base64: string): void {
    const text = atob(base64);
    const piece = new Uint8Array(text.length);
    for (let at = 0; at < text.length; at += 1) piece[at] = text.charCodeAt(at);
    this.#pieces.push(piece);
    this.#size += piece.length;
  }

  #show(isCut: boolean, atMs: number): void {
    let bytes = new Uint8Array(this.#size);
    let at = 0;
    for (const piece of this.#pieces) {
      bytes.set(piece, at);
      at += piece.length;
    }
    // Only one that is followed grows; its oldest bytes go, some more than needed so that this is rare.
    if (bytes.length > 2 * this.wish.mostBytes) {
      this.#skipped += bytes.length - this.wish.mostBytes;
      bytes = bytes.slice(bytes.length - this.wish.mostBytes);
    }
    this.#pieces = [bytes];
    this.#size = bytes.length;
    this.#bytes = { bytes, skipped: this.#skipped };
    this.#isCut = isCut;
    this.#atMs = atMs;
    this.#trouble = undefined;
  }
}
