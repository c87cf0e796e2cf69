import type { AttentionItem } from '../../../preload/contract/index.ts';
import type { Clock } from '../../lib/clock.ts';
import { shownName } from '../talosconfigs/expiry-notices.ts';
import type { AttentionChoices } from './attention-choices.ts';
import { NO_ENDPOINT } from './rules/cluster-rules.ts';

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
  /** CA certificates of the cluster. */
  readonly authorities: readonly string[];
  readonly items: readonly AttentionItem[];
  readonly isOn: boolean;
}

/** What {@link AttentionNotices} need. */
export interface AttentionNoticesOptions {
  readonly attention: Pick<AttentionChoices, 'told' | 'keepTold'>;
  readonly clock: Pick<Clock, 'monotonic'>;
}

/** More at once are told of in one notice. */
const MOST_ALONE = 3;
/** An item that was away for so long while its cluster was looked at is over, and news when it comes back. */
const OVER_AFTER_MS = 120_000;

/**
 * Tells of serious items by notices of the desktop, of each once for as long as it lasts, also over restarts. Muted ones, and those that
 * may be over, are not told of.
 */
export class AttentionNotices {
  /** Set when the desktop can show notices. */
  show: ((notice: AttentionNotice) => void) | undefined;
  readonly #options: AttentionNoticesOptions;
  /** By cluster, then item: since when it has been away, monotonic; undefined while it is there. */
  readonly #told = new Map<string, Map<string, number | undefined>>();

  constructor(options: AttentionNoticesOptions) {
    this.#options = options;
  }

  /** Looks whether there is something to tell. */
  look({ id, name, authorities, items, isOn }: NoticedItems): void {
    if (!isOn || this.show === undefined) return;
    const told = this.#toldOf(id, authorities);
    const before = told.size;
    const serious = items.filter(({ severity }) => severity === 'critical');
    const fresh = serious.filter(
      (item) => item.mutedUntilMs === undefined && item.stale === undefined && !told.has(item.id),
    );
    for (const item of fresh) told.set(item.id, undefined);
    if (this.#dropOver(told, serious) || told.size > before) this.#keep(authorities, told);
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

  #toldOf(id: string, authorities: readonly string[]): Map<string, number | undefined> {
    const key = authorities.length > 0 ? authorities.join(' ') : id;
    const known = this.#told.get(key);
    if (known !== undefined) return known;
    const kept = this.#options.attention.told.filter((one) => isOf(one, authorities));
    const made = new Map(kept.map((one) => [one.id, undefined] as const));
    this.#told.set(key, made);
    return made;
  }

  /** True when one was over. */
  #dropOver(told: Map<string, number | undefined>, serious: readonly AttentionItem[]): boolean {
    const there = new Set(serious.map(({ id }) => id));
    // Then nothing is known of anything else.
    if (there.has(NO_ENDPOINT)) return false;
    const nowMs = this.#options.clock.monotonic();
    let isOver = false;
    for (const [item, awaySinceMs] of told) {
      if (there.has(item)) told.set(item, undefined);
      else if (awaySinceMs === undefined) told.set(item, nowMs);
      else if (nowMs - awaySinceMs >= OVER_AFTER_MS) isOver = told.delete(item);
    }
    return isOver;
  }

  #keep(authorities: readonly string[], told: ReadonlyMap<string, unknown>): void {
    // Of a cluster that is not known by an authority nothing is remembered over a restart.
    if (authorities.length === 0) return;
    const { attention } = this.#options;
    const others = attention.told.filter((one) => !isOf(one, authorities));
    const own = [...told.keys()].map((id) => ({ authorities: [...authorities], id }));
    void attention.keepTold([...others, ...own]);
  }
}

const isOf = (one: { readonly authorities: readonly string[] }, authorities: readonly string[]): boolean =>
  one.authorities.some((authority) => authorities.includes(authority));

const MAX_TITLE = 120;
const MAX_BODY = 300;
