import { setImmediate } from 'node:timers/promises';
import { MAX_MESSAGE_BYTES, type RunTextFormat } from '../../../../preload/contract/index.ts';
import { Failed } from '../../../lib/failed.ts';
import { fitsMessage, messageSize } from '../../../lib/message-size.ts';
import { csvText } from './csv-text.ts';
import type { ExportedRun } from './exported-run.ts';
import { jsonText } from './json-text.ts';
import { tableText } from './table-text.ts';
import { yamlText } from './yaml-text.ts';

/** Largest text that is handed to the page for copying: it goes in one message. */
const MAX_COPY_BYTES = MAX_MESSAGE_BYTES - 1024;

const WRITERS: Readonly<Record<RunTextFormat, (run: ExportedRun) => Iterable<string>>> = {
  csv: csvText,
  json: jsonText,
  yaml: yamlText,
  table: tableText,
};

/** Making text never holds the event loop for longer than this. */
const SLICE_MS = 8;

/** The text of a run, in pieces, with other work in between. */
export const runTextPieces = (run: ExportedRun, format: RunTextFormat): AsyncIterable<string> =>
  inSlices(WRITERS[format](run));

/** Pieces of text, with other work in between. */
export async function* inSlices(pieces: Iterable<string>): AsyncGenerator<string, void, undefined> {
  let sliceEndsAt = performance.now() + SLICE_MS;
  for (const piece of pieces) {
    yield piece;
    if (performance.now() > sliceEndsAt) {
      await setImmediate();
      sliceEndsAt = performance.now() + SLICE_MS;
    }
  }
}

/** The text of a run to copy. Throws Failed `too-large`. */
export const runText = (run: ExportedRun, format: RunTextFormat): Promise<string> => copied(runTextPieces(run, format));

/** Pieces of text as one that goes in one message. Throws Failed `too-large`. */
export async function copied(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  let bytes = 0;
  for await (const piece of pieces) {
    text += piece;
    bytes += messageSize(piece);
    if (bytes > MAX_COPY_BYTES && (bytes > 4 * MAX_COPY_BYTES || !fitsMessage(text, MAX_COPY_BYTES))) {
      throw new Failed({
        code: 'too-large',
        message: 'The result is too large to copy.',
        hint: 'Save it as a file.',
      });
    }
  }
  return text;
}
