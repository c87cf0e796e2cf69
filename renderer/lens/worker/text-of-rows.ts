import { visibleJson } from '../../../preload/contract/visible.ts';
import type { LensQuestions, LensText } from '../protocol.ts';
import { LENS_LEVELS } from '../lines/levels.ts';
import type { IdList } from '../store/id-list.ts';
import type { LineStore } from '../store/line-store.ts';

const MOST_COPIED = 1024 * 1024;
/** Of one piece of an export. */
const EXPORT_CHARACTERS = 128 * 1024;

/** Node and name of a source by its number. */
export type SourceNames = (source: number) => { readonly node: string; readonly name: string };

/** Lines from one to another as text, as they are shown, marks in words. One that has gone was before all there are. */
export function textOfRows(
  store: LineStore,
  list: IdList,
  names: SourceNames,
  { fromLine, toLine }: LensQuestions['text']['question'],
): LensText {
  const lines: string[] = [];
  let length = 0;
  const rowOf = (line: number): number => (store.has(line) ? list.rowOf(line, store.compare) : -1);
  const one = fromLine === undefined ? 0 : rowOf(fromLine);
  const other = toLine === undefined ? list.count - 1 : rowOf(toLine);
  for (let row = Math.max(0, Math.min(one, other)); row <= Math.min(list.count - 1, Math.max(one, other)); row += 1) {
    const line = textOf(store, list.at(row), names);
    if (length + line.length + 1 > MOST_COPIED) return { text: lines.join('\n'), lines: lines.length, isCut: true };
    length += line.length + 1;
    lines.push(line);
  }
  return { text: lines.join('\n'), lines: lines.length, isCut: false };
}

/** A place in the order that stays one when its line has gone. */
interface Place {
  readonly ms: number;
  readonly id: number;
}

/** What is shown, piece by piece, up to the last line there was when it began; lines that come or go meanwhile move nothing. */
export class RowsExport {
  readonly #end: Place | undefined;
  readonly #of: number;
  #after: Place | undefined;
  #done = 0;

  constructor(store: LineStore, list: IdList) {
    this.#of = list.count;
    const last = list.count === 0 ? undefined : list.at(list.count - 1);
    this.#end = last === undefined ? undefined : { ms: store.timeMs(last), id: last };
  }

  next(
    store: LineStore,
    list: IdList,
    names: SourceNames,
    format: 'text' | 'ndjson',
  ): { readonly text: string; readonly next: number; readonly of: number; readonly isLast: boolean } {
    const isAfter = (id: number, place: Place): boolean =>
      store.timeMs(id) > place.ms || (store.timeMs(id) === place.ms && id > place.id);
    const [after, end] = [this.#after, this.#end];
    let row = after === undefined ? 0 : list.search((id) => !isAfter(id, after));
    let text = '';
    let isLast = false;
    for (; text.length < EXPORT_CHARACTERS; row += 1) {
      const id = list.at(row);
      if (end === undefined || row >= list.count || isAfter(id, end)) {
        isLast = true;
        break;
      }
      text += `${format === 'text' ? textOf(store, id, names) : jsonOf(store, id, names)}\n`;
      this.#after = { ms: store.timeMs(id), id };
      this.#done += 1;
    }
    return { text, next: this.#done, of: Math.max(this.#of, this.#done), isLast };
  }
}

function textOf(store: LineStore, id: number, names: SourceNames): string {
  const piece = store.pieceOf(id);
  if (piece === undefined) return '';
  const index = store.indexOf(id);
  const line = piece.line(index);
  if (store.more(id)?.mark !== undefined) return `--- ${line} ---`;
  const { name } = names(piece.sources[index] ?? 0);
  return `${new Date(piece.times[index] ?? 0).toISOString()} ${name}: ${line}`;
}

function jsonOf(store: LineStore, id: number, names: SourceNames): string {
  const piece = store.pieceOf(id);
  if (piece === undefined) return '{}';
  const index = store.indexOf(id);
  const { node, name } = names(piece.sources[index] ?? 0);
  const more = store.more(id);
  // Texts of an event are as the node wrote them.
  return visibleJson(
    JSON.stringify({
      time: new Date(piece.times[index] ?? 0).toISOString(),
      node,
      source: name,
      ...(more?.mark === undefined && { level: LENS_LEVELS[piece.levels[index] ?? 0] }),
      [more?.mark === undefined ? 'line' : 'mark']: piece.line(index),
      ...(more?.event !== undefined && { event: more.event }),
    }),
  );
}
