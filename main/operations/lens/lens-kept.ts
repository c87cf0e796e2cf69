import type { LensEvent, LensItem } from '../../../preload/contract/index.ts';
import { Chain, type ChainLink } from '../work/buffers/chain.ts';
import type { Kept } from '../work/buffers/backlog.ts';

/** Most characters of one item: small enough for a message, large enough that a busy log is few of them. */
const MOST_ITEM = 60 * 1024;
/** What an event weighs beside its texts, roughly. */
const EVENT_WEIGHT = 400;
const weightOf = ({ subject, message }: LensEvent): number => EVENT_WEIGHT + subject.length + message.length;

type Source = number;

interface Entry {
  /** Undefined for what is merged in `lines` or `events`. */
  item: LensItem | undefined;
  readonly source: Source | undefined;
  readonly atMs: number;
  readonly texts: string[];
  readonly cut: number[];
  readonly events: LensEvent[];
  lines: number;
  weight: number;
}

/**
 * What waits for a page, of many sources: lines of one source are put together as long as they wait, so that a page that looks
 * seldom gets few large items. When more waits than the budget, the oldest lines go and a mark in their place counts them; of
 * the states of a source only the newest waits, and gaps never go.
 */
export class LensKept implements Kept<LensItem> {
  readonly #budget: number;
  readonly #queue = new Chain<Entry>();
  readonly #droppable = new Chain<ChainLink<Entry>>();
  /** The entry that takes more lines of a source. */
  readonly #open = new Map<Source, Entry>();
  readonly #states = new Map<Source, Entry>();
  readonly #marks = new Map<Source, { count: number; entry: Entry }>();
  weight = 0;

  /** `budget` in characters. */
  constructor(budget: number) {
    this.#budget = budget;
  }

  put(item: LensItem): void {
    if (item.type === 'lines')
      this.#add(item.source, item.atMs, item.text.length + 1, (entry) => {
        for (const place of item.cut ?? []) entry.cut.push(entry.lines + place);
        entry.texts.push(item.text);
        entry.lines += item.count;
      });
    else if (item.type === 'events')
      for (const event of item.events)
        this.#add(item.source, item.atMs, weightOf(event), (entry) => {
          entry.events.push(event);
          entry.lines += 1;
        });
    else if (item.type === 'state') this.#putState(item);
    else {
      if ('source' in item) this.#open.delete(item.source);
      this.#queue.append(entryOf('source' in item ? item.source : undefined, 0, item));
    }
    while (this.weight > this.#budget && this.#droppable.first !== undefined) this.#dropFirst(this.#droppable.first);
  }

  take(): LensItem | undefined {
    const { first } = this.#queue;
    if (first === undefined) return undefined;
    this.#queue.remove(first);
    const entry = first.value;
    this.weight -= entry.weight;
    if (this.#droppable.first?.value === first) this.#droppable.remove(this.#droppable.first);
    const { source } = entry;
    if (source === undefined) return entry.item;
    if (entry.item !== undefined) {
      if (this.#states.get(source) === entry) this.#states.delete(source);
      return entry.item;
    }
    const mark = this.#marks.get(source);
    if (mark?.entry === entry) {
      this.#marks.delete(source);
      return { type: 'dropped', source, count: mark.count, atMs: entry.atMs };
    }
    if (this.#open.get(source) === entry) this.#open.delete(source);
    const { atMs, texts, cut, events, lines } = entry;
    if (events.length > 0) return { type: 'events', source, events, atMs };
    return { type: 'lines', source, text: texts.join('\n'), count: lines, atMs, ...(cut.length > 0 && { cut }) };
  }

  #putState(item: Extract<LensItem, { type: 'state' }>): void {
    const waiting = this.#states.get(item.source);
    if (waiting !== undefined) {
      waiting.item = item;
      return;
    }
    const entry = entryOf(item.source, 0, item);
    this.#states.set(item.source, entry);
    this.#queue.append(entry);
  }

  #add(source: Source, atMs: number, weight: number, put: (entry: Entry) => void): void {
    let entry = this.#open.get(source);
    if (entry === undefined || entry.weight + weight > MOST_ITEM) {
      entry = entryOf(source, atMs, undefined);
      this.#droppable.append(this.#queue.append(entry));
      this.#open.set(source, entry);
    }
    put(entry);
    entry.weight += weight;
    this.weight += weight;
  }

  #dropFirst(first: ChainLink<ChainLink<Entry>>): void {
    this.#droppable.remove(first);
    const link = first.value;
    const entry = link.value;
    const source = entry.source ?? 0;
    this.weight -= entry.weight;
    if (this.#open.get(source) === entry) this.#open.delete(source);
    const mark = this.#marks.get(source);
    if (mark !== undefined) {
      mark.count += entry.lines;
      this.#queue.remove(link);
      return;
    }
    this.#marks.set(source, { count: entry.lines, entry });
    entry.texts.length = 0;
    entry.events.length = 0;
    entry.weight = 0;
  }
}

function entryOf(source: Source | undefined, atMs: number, item: LensItem | undefined): Entry {
  return { item, source, atMs, texts: [], cut: [], events: [], lines: 0, weight: 0 };
}
