import { MOST_ENTRIES, type TimelineEntry } from '../../../preload/contract/index.ts';
import { redactText } from '../../lib/redact.ts';
import { visible } from '../../lib/visible.ts';

/** What is told of something that happened; the time line numbers it. */
export type Happening = Omit<TimelineEntry, 'number'>;

const MOST_TITLE = 300;
const MOST_DETAIL = 600;

/** What happened to one cluster in this session: 2,000 entries at most, each of 1,500 characters at most. */
export class Timeline {
  #entries: TimelineEntry[] = [];
  #last = 0;
  /** What lasts, by what it is about. */
  readonly #open = new Map<string, TimelineEntry>();
  readonly #listeners = new Set<(entry: TimelineEntry) => void>();

  /** Oldest first by when they were told. */
  get entries(): readonly TimelineEntry[] {
    return this.#entries;
  }

  /** Calls back with each new entry, and with those that end, until the returned function is called. */
  subscribe(listener: (entry: TimelineEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Something that happened in a moment. */
  add(happening: Happening): TimelineEntry {
    this.#last += 1;
    const entry = bounded({ ...happening, number: this.#last });
    this.#entries.push(entry);
    if (this.#entries.length > MOST_ENTRIES) this.#forgetOldest();
    this.#tell(entry);
    return entry;
  }

  /** Something lasts from now on; told again, it is the same one, with the newest reason. */
  begin(key: string, happening: Happening): void {
    const known = this.#open.get(key);
    if (known === undefined) {
      this.#open.set(key, this.add(happening));
      return;
    }
    const now = bounded({ ...happening, number: known.number, atMs: Math.min(known.atMs, happening.atMs) });
    if (now.title === known.title && now.detail === known.detail && now.atMs === known.atMs) return;
    this.#replace(key, now);
  }

  /** It is over; nothing when it was not open. */
  end(key: string, endedAtMs: number): void {
    const known = this.#open.get(key);
    if (known === undefined) return;
    this.#replace(key, { ...known, endedAtMs: Math.max(known.atMs, endedAtMs) });
    this.#open.delete(key);
  }

  isOpen(key: string): boolean {
    return this.#open.has(key);
  }

  /** Keys of what lasts that begin with this. */
  openKeys(prefix: string): readonly string[] {
    return [...this.#open.keys()].filter((key) => key.startsWith(prefix));
  }

  #replace(key: string, entry: TimelineEntry): void {
    this.#open.set(key, entry);
    const place = this.#entries.findIndex(({ number }) => number === entry.number);
    if (place >= 0) this.#entries[place] = entry;
    this.#tell(entry);
  }

  /** What lasts stays as long as there is anything else to let go. */
  #forgetOldest(): void {
    const lasting = new Set([...this.#open.values()].map(({ number }) => number));
    const place = this.#entries.findIndex(({ number }) => !lasting.has(number));
    this.#entries.splice(Math.max(0, place), 1);
  }

  #tell(entry: TimelineEntry): void {
    for (const listener of [...this.#listeners]) listener(entry);
  }
}

/** Words of nodes and endpoints: bounded, unseen signs written out, what signs in somewhere taken out. */
function bounded(entry: TimelineEntry): TimelineEntry {
  const short = (text: string, most: number): string => {
    const safe = visible(redactText(text.slice(0, most * 2)));
    return safe.length > most ? `${safe.slice(0, most)}…` : safe;
  };
  return {
    ...entry,
    subject: short(entry.subject, MOST_TITLE),
    title: short(entry.title, MOST_TITLE),
    ...(entry.detail !== undefined && { detail: short(entry.detail, MOST_DETAIL) }),
  };
}
