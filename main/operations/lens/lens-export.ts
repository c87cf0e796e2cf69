import { basename } from 'node:path';
import type { LensExportItem, StreamParams } from '../../../preload/contract/index.ts';
import type { Unfinished } from '../../files/own/unfinished.ts';
import { placeToWrite, writeWholeFile } from '../../files/write-whole-file.ts';
import { Failed } from '../../lib/failed.ts';
import { fileStem } from '../../lib/file-stem.ts';
import { untilAborted } from '../../lib/until-aborted.ts';
import type { ChooseSavePath } from '../work/sinks/save-export.ts';

/** Files that are being written out of what the page filtered; each belongs to a stream and ends with it. */
export class LensExports {
  readonly #open = new Map<string, TextQueue>();
  readonly #newId: () => string;
  readonly #unfinished: Unfinished;

  constructor(newId: () => string, unfinished: Unfinished) {
    this.#newId = newId;
    this.#unfinished = unfinished;
  }

  /** Asks where, then writes what `write` brings. Throws what writing a file throws, Failed. */
  async *start(
    { suggestedName, format }: StreamParams<'lensExport'>,
    choose: ChooseSavePath,
    signal: AbortSignal,
  ): AsyncGenerator<LensExportItem, void, undefined> {
    const extension = format === 'text' ? 'log' : 'ndjson';
    const path = await choose({ suggestedName: `${fileStem(suggestedName, 'lens')}.${extension}`, extension });
    if (path === undefined) {
      yield { type: 'cancelled' };
      return;
    }
    const id = this.#newId();
    const name = basename(path);
    const queue = new TextQueue(signal);
    this.#open.set(id, queue);
    try {
      const place = await placeToWrite(path);
      const written = writeWholeFile(place, queue.pieces(), this.#unfinished);
      // Told when it is awaited.
      written.catch(() => undefined);
      yield { type: 'chosen', id, name };
      await written;
      yield { type: 'saved', name, bytes: queue.bytes };
    } finally {
      this.#open.delete(id);
      queue.abandon();
    }
  }

  /** The next text of an open export; resolves when it is in the file. Throws Failed `not-found`. */
  async write(id: string, text: string, isLast: boolean): Promise<void> {
    const queue = this.#open.get(id);
    if (queue === undefined)
      throw new Failed({
        code: 'not-found',
        message: 'This file is no longer written.',
        hint: 'Export the lines again.',
      });
    await queue.put(text, isLast);
  }
}

/** Text from calls of the page to a file, one at a time. */
class TextQueue {
  bytes = 0;
  readonly #signal: AbortSignal;
  readonly #stop = new AbortController();
  #next: { readonly text: string; readonly isLast: boolean; readonly taken: () => void } | undefined;
  #wake: () => void = () => undefined;

  constructor(signal: AbortSignal) {
    this.#signal = AbortSignal.any([signal, this.#stop.signal]);
  }

  async put(text: string, isLast: boolean): Promise<void> {
    await untilAborted(this.#signal, (resolve) => {
      this.#next = { text, isLast, taken: resolve };
      this.#wake();
    });
  }

  abandon(): void {
    this.#stop.abort();
  }

  /** Throws when it is abandoned, so that no half file is put in place. */
  async *pieces(): AsyncGenerator<string, void, undefined> {
    for (;;) {
      while (this.#next === undefined) {
        if (this.#signal.aborted) throw new Failed({ code: 'cancelled', message: 'The export was cancelled.' });
        await untilAborted(this.#signal, (resolve) => {
          this.#wake = resolve;
        });
      }
      const { text, isLast, taken } = this.#next;
      this.#next = undefined;
      this.bytes += Buffer.byteLength(text);
      yield text;
      taken();
      if (isLast) return;
    }
  }
}
