import { fieldsOf } from '../lines/fields.ts';
import { LENS_LEVELS } from '../lines/levels.ts';
import type { Matcher } from '../lines/patterns.ts';
import type { LensField, LensRow, LensRows, LensView } from '../protocol.ts';
import type { IdList } from '../store/id-list.ts';
import type { LineStore } from '../store/line-store.ts';
import { IS_CUT, TIME_KINDS } from '../store/piece.ts';

/** Most rows a page is sent at a time. */
const MOST_ROWS = 500;
const MOST_HITS = 50;
/** Where hits stand in the rows of one view is looked for no longer than this: long lines may take long each. */
const MOST_HITS_MS = 50;
const SUMMARY_FIELDS = 8;
const SUMMARY_VALUE = 120;
/** Longer lines have no summary: what is seen of them is their beginning. */
const MOST_SUMMED = 8192;

/** The rows a view can see. */
export function rowsOf(
  store: LineStore,
  list: IdList,
  view: LensView,
  matcher: Matcher | undefined,
  now: () => number,
): LensRows {
  const untilMs = now() + MOST_HITS_MS;
  const count = Math.min(MOST_ROWS, Math.max(0, Math.trunc(view.count)));
  const { first, isElsewhere } = firstRow(store, list, view, count);
  const rows: LensRow[] = [];
  for (let row = first; row < Math.min(list.count, first + count); row += 1) {
    rows.push(rowOf(store, list.at(row), now() <= untilMs ? matcher : undefined));
  }
  return { first, rows, total: list.count, isElsewhere };
}

function firstRow(
  store: LineStore,
  list: IdList,
  view: LensView,
  count: number,
): { readonly first: number; readonly isElsewhere: boolean } {
  const last = Math.max(0, list.count - count);
  const within = (row: number): number => Math.min(Math.max(0, Math.trunc(row)), last);
  if (view.at === 'end') return { first: last, isElsewhere: false };
  if (view.at === 'row') return { first: within(view.row), isElsewhere: false };
  if (!store.has(view.line)) return { first: 0, isElsewhere: true };
  const row = list.rowOf(view.line, store.compare);
  return { first: within(row - view.below), isElsewhere: list.at(row) !== view.line };
}

function rowOf(store: LineStore, line: number, matcher: Matcher | undefined): LensRow {
  const piece = store.pieceOf(line);
  const index = store.indexOf(line);
  if (piece === undefined) throw new Error(`line ${line} is not held`);
  const text = piece.line(index);
  const bodyAt = piece.bodies[index] ?? 0;
  const more = store.more(line);
  const summary = more?.mark === undefined && more?.event === undefined ? summaryOf(text, bodyAt) : undefined;
  return {
    line,
    source: piece.sources[index] ?? 0,
    level: LENS_LEVELS[piece.levels[index] ?? 0] ?? 'none',
    timeMs: piece.times[index] ?? 0,
    timeKind: TIME_KINDS[piece.timeKinds[index] ?? 0] ?? 'arrival',
    text,
    isCut: ((piece.bits[index] ?? 0) & IS_CUT) !== 0,
    bodyAt: summary === undefined ? bodyAt : Math.min(bodyAt, text.length),
    spans: more?.spans ?? [],
    hits: more?.mark === undefined ? (matcher?.ranges(text, MOST_HITS) ?? []) : [],
    ...(summary !== undefined && { summary }),
    ...(more?.mark !== undefined && { mark: more.mark }),
    ...(more?.event !== undefined && { event: more.event }),
  };
}

/** Told by time and level, which have columns of their own. */
const OWN_COLUMNS = new Set([
  'ts',
  'time',
  'timestamp',
  '@timestamp',
  't',
  'talos-time',
  'level',
  'severity',
  'lvl',
  'talos-level',
]);
const MESSAGES = new Set(['msg', 'message', 'MESSAGE']);

function summaryOf(text: string, bodyAt: number): LensRow['summary'] {
  if (text.length > MOST_SUMMED) return undefined;
  const found = fieldsOf(text, bodyAt);
  if (found?.message === undefined) return undefined;
  const fields = found.fields
    .filter(({ name }) => !OWN_COLUMNS.has(name) && !MESSAGES.has(name))
    .slice(0, SUMMARY_FIELDS)
    .map((field): LensField => {
      const { value } = field;
      return value.length > SUMMARY_VALUE ? { ...field, value: `${value.slice(0, SUMMARY_VALUE)}…` } : field;
    });
  return { message: found.message, fields };
}
