import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import {
  METRICS,
  MOST_BLACK_BOX_BYTES,
  type BlackBoxHead,
  type BlackBoxItem,
  type Sample,
  type Saved,
} from '../../../preload/contract/index.ts';
import type { BlackBoxFile } from '../../../preload/contract/blackbox/schema.ts';
import { readFileBytes } from '../../files/read-file.ts';
import type { Unfinished } from '../../files/own/unfinished.ts';
import { placeToWrite, writeWholeFile } from '../../files/write-whole-file.ts';
import { Failed } from '../../lib/failed.ts';
import { fileStem, momentStem } from '../../lib/file-stem.ts';
import { cancelled } from '../app/desktop.ts';

/** In one item. */
const ENTRIES_AT_ONCE = 100;
const SAMPLES_AT_ONCE = 120;

/** What {@link BlackBoxes} work with. */
export interface BlackBoxesOptions {
  /** The black box of a context as of now. Throws Failed `not-found`. */
  readonly make: (context: string) => BlackBoxFile;
  /** Parses and checks one, beside main when it is large. Throws Failed `invalid`. */
  readonly read: (text: string) => Promise<BlackBoxFile>;
  readonly unfinished: Unfinished;
}

/** Black boxes: writes them, and keeps the one that each window opened last to show it. Nothing in one is dialled. */
export class BlackBoxes {
  readonly #options: BlackBoxesOptions;
  /** By window. */
  readonly #opened = new Map<number, { readonly id: string; readonly box: BlackBoxFile }>();

  constructor(options: BlackBoxesOptions) {
    this.#options = options;
  }

  /** Saves where the user chooses, mode 0600. Throws as `writeWholeFile`. */
  async save(
    context: string,
    choose: (wish: { readonly suggestedName: string; readonly extension: string }) => Promise<string | undefined>,
  ): Promise<Saved> {
    const box = this.#options.make(context);
    const at = momentStem(box.madeAtMs);
    const path = await choose({
      suggestedName: `${fileStem(box.cluster, 'cluster')}-black-box-${at}.json`,
      extension: 'json',
    });
    if (path === undefined) return { isSaved: false };
    await writeWholeFile(await placeToWrite(path), piecesOf(box), this.#options.unfinished);
    return { isSaved: true, name: basename(path) };
  }

  /** Opens a file in place of the one before of that window. Throws Failed `invalid`, `too-large`, `file-access`, `cancelled`. */
  async open(path: string, windowId: number, signal: AbortSignal): Promise<BlackBoxHead> {
    const { bytes } = await readFileBytes(path, MOST_BLACK_BOX_BYTES);
    const box = await this.#options.read(bytes.toString('utf8'));
    // Its window may be closed by now, and nobody would ever drop it.
    if (signal.aborted) throw cancelled();
    const id = randomUUID();
    this.#opened.set(windowId, { id, box });
    const { cluster, minos: version, madeAtMs, nodes } = box;
    return {
      ...{ id, file: basename(path), cluster, version, madeAtMs },
      nodes: nodes.map(({ hostname, ...node }) => ({ ...node, ...(hostname !== undefined && { hostname }) })),
    };
  }

  /** A window was closed. */
  leave(windowId: number): void {
    this.#opened.delete(windowId);
  }

  /** What an opened one holds. Throws Failed `not-found` for another one. */
  *contents(id: string): Generator<BlackBoxItem> {
    const opened = [...this.#opened.values()].find((one) => one.id === id);
    if (opened === undefined) throw new Failed({ code: 'not-found', message: 'This black box is no longer open.' });
    const { timeline, attention, failures, metrics, samples } = opened.box;
    for (let at = 0; at < timeline.length; at += ENTRIES_AT_ONCE) {
      const entries = timeline.slice(at, at + ENTRIES_AT_ONCE) as Extract<
        BlackBoxItem,
        { type: 'timeline' }
      >['entries'];
      yield { type: 'timeline', entries };
    }
    for (let at = 0; at < attention.length; at += ENTRIES_AT_ONCE) {
      const items = attention.slice(at, at + ENTRIES_AT_ONCE) as Extract<BlackBoxItem, { type: 'attention' }>['items'];
      yield { type: 'attention', items };
    }
    for (let at = 0; at < failures.length; at += ENTRIES_AT_ONCE) {
      yield { type: 'failures', failures: failures.slice(at, at + ENTRIES_AT_ONCE) };
    }
    const places = METRICS.map((metric) => metrics.indexOf(metric));
    for (const { node, rows } of samples) {
      for (let at = 0; at < rows.length; at += SAMPLES_AT_ONCE) {
        yield {
          type: 'samples',
          node,
          samples: rows.slice(at, at + SAMPLES_AT_ONCE).map((row) => sampleOfRow(row, places)),
        };
      }
    }
  }
}

/** Values stand where this version has them; one that the file does not know is none. */
function sampleOfRow([atMs, spanMs, ...values]: readonly (number | null)[], places: readonly number[]): Sample {
  return {
    atMs: atMs ?? 0,
    spanMs: Math.max(0, spanMs ?? 0),
    values: places.map((place) => (place < 0 ? null : (values[place] ?? null))),
  };
}

/** In pieces, so that no text of megabytes is made at once. */
function* piecesOf({ samples, ...rest }: BlackBoxFile): Generator<string> {
  const head = JSON.stringify(rest, undefined, 1);
  yield `${head.slice(0, -2)},\n "samples": [`;
  for (const [at, one] of samples.entries()) yield `${at === 0 ? '' : ','}\n  ${JSON.stringify(one)}`;
  yield '\n ]\n}\n';
}
