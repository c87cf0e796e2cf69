import type { AttentionItem } from '../../../preload/contract/index.ts';
import { shownName } from '../talosconfigs/expiry-notices.ts';

/** What the desktop shows. Text only; `context` is the id of the one to open. */
export interface AttentionNotice {
  readonly title: string;
  readonly body: string;
  readonly context: string;
}

/** The items of one cluster as they are now. */
export interface NoticedItems {
  readonly id: string;
  readonly name: string;
  readonly items: readonly AttentionItem[];
  readonly isOn: boolean;
}

/** More at once are told of in one notice. */
const MOST_ALONE = 3;
/** What is remembered of what was told. */
const MOST_TOLD = 5_000;

/** Tells of serious items by notices of the desktop, of each once for as long as it lasts. Muted ones are not told of. */
export class AttentionNotices {
  /** Set when the desktop can show notices. */
  show: ((notice: AttentionNotice) => void) | undefined;
  readonly #told = new Set<string>();

  /** Looks whether there is something to tell. */
  look({ id, name, items, isOn }: NoticedItems): void {
    if (!isOn || this.show === undefined) return;
    const fresh = items.filter((item) => {
      if (item.severity !== 'critical' || item.mutedUntilMs !== undefined || item.stale !== undefined) return false;
      const key = `${id}\0${item.id}\0${item.sinceMs}`;
      if (this.#told.has(key)) return false;
      this.#told.add(key);
      return true;
    });
    // Oldest first.
    for (const key of [...this.#told].slice(0, Math.max(0, this.#told.size - MOST_TOLD))) this.#told.delete(key);
    if (fresh.length > MOST_ALONE) {
      const [first] = fresh;
      const body = `The first one: ${shownName(first?.title ?? '', MAX_TITLE)}`;
      this.show({ title: `${shownName(name)}: ${fresh.length} things need attention`, body, context: id });
      return;
    }
    for (const { title, detail } of fresh) {
      this.show({
        title: `${shownName(name)}: ${shownName(title, MAX_TITLE)}`,
        body: shownName(detail, MAX_BODY),
        context: id,
      });
    }
  }
}

const MAX_TITLE = 120;
const MAX_BODY = 300;
