import type { Preferences } from '../preferences.svelte.ts';

/** By which column a table is sorted; components/table/table-model.ts has the same. */
interface Sort {
  readonly column: string;
  readonly direction: 'ascending' | 'descending';
}

/** What a table looks like before the user changes it. */
interface FirstLooks {
  readonly sort?: Sort;
  /** Ids of columns that are hidden. */
  readonly hidden?: Iterable<string>;
}

interface Looks {
  readonly sort: Sort | undefined;
  /** Hidden by the user, though shown at first. */
  readonly hidden: ReadonlySet<string>;
  /** Shown by the user, though hidden at first. */
  readonly shown: ReadonlySet<string>;
  readonly widths: ReadonlyMap<string, number>;
}

const MOST_COLUMNS = 100;
const MOST_CHARACTERS = 200;
const LEAST_PX = 48;
const MOST_PX = 4_000;

/**
 * How the user has arranged one table: what it is sorted by, which columns are hidden, and the widths that were drawn. Kept between
 * starts by the name of the table; what is in the store may be anything, and what is broken falls back to the first looks. Only what
 * the user changed is kept: what is hidden at first may be something else tomorrow, and for other rows.
 */
export class TableLooks {
  readonly #preferences: Pick<Preferences, 'kept' | 'keep'>;
  readonly #name: string;
  readonly #sort: Sort | undefined;
  readonly #hidden: ReadonlySet<string>;
  #known: { readonly kept: unknown; readonly looks: Looks; readonly hidden: ReadonlySet<string> } | undefined;

  constructor(preferences: Pick<Preferences, 'kept' | 'keep'>, name: string, { sort, hidden = [] }: FirstLooks = {}) {
    this.#preferences = preferences;
    this.#name = `table.${name}`;
    this.#sort = sort;
    this.#hidden = new Set(hidden);
  }

  get sort(): Sort | undefined {
    return this.#read().looks.sort;
  }

  set sort(sort: Sort | undefined) {
    // Null: as the rows come, also where the table begins sorted.
    this.#keep({ sort: sort ?? null });
  }

  get hidden(): ReadonlySet<string> {
    return this.#read().hidden;
  }

  set hidden(wanted: ReadonlySet<string>) {
    const before = this.hidden;
    const { looks } = this.#read();
    const [hidden, shown] = [new Set(looks.hidden), new Set(looks.shown)];
    for (const column of wanted) if (!before.has(column) && !shown.delete(column)) hidden.add(column);
    for (const column of before) if (!wanted.has(column) && !hidden.delete(column)) shown.add(column);
    this.#keep({ hidden: [...hidden], shown: [...shown] });
  }

  /** Widths in px by column, of those that were drawn to another one. */
  get widths(): ReadonlyMap<string, number> {
    return this.#read().looks.widths;
  }

  set widths(widths: ReadonlyMap<string, number>) {
    this.#keep({ widths: [...widths] });
  }

  #read(): { readonly looks: Looks; readonly hidden: ReadonlySet<string> } {
    const kept = this.#preferences.kept(this.#name);
    if (this.#known?.kept !== kept || this.#known === undefined) {
      const looks = looksFrom(kept, this.#sort, this.#hidden);
      const hidden = new Set([...this.#hidden, ...looks.hidden].filter((column) => !looks.shown.has(column)));
      this.#known = { kept, looks, hidden };
    }
    return this.#known;
  }

  #keep(changed: Readonly<Record<string, unknown>>): void {
    const kept = this.#preferences.kept(this.#name);
    this.#preferences.keep(this.#name, { ...(typeof kept === 'object' ? kept : {}), ...changed });
  }
}

function looksFrom(kept: unknown, first: Sort | undefined, firstHidden: ReadonlySet<string>): Looks {
  if (typeof kept !== 'object' || kept === null)
    return { sort: first, hidden: new Set(), shown: new Set(), widths: new Map() };
  const { sort, hidden, shown, widths } = kept as Record<string, unknown>;
  const keptHidden = [...columnsFrom(hidden)];
  // An earlier version kept all that was hidden, and nothing of what was shown.
  const isAll = Array.isArray(hidden) && shown === undefined;
  return {
    sort: sort === null ? undefined : (sortFrom(sort) ?? first),
    hidden: new Set(isAll ? keptHidden.filter((id) => !firstHidden.has(id)) : keptHidden),
    shown: isAll ? new Set([...firstHidden].filter((id) => !keptHidden.includes(id))) : columnsFrom(shown),
    widths: Array.isArray(widths)
      ? new Map((widths as unknown[]).filter(isWidth).slice(0, MOST_COLUMNS))
      : new Map<string, number>(),
  };
}

const columnsFrom = (value: unknown): ReadonlySet<string> =>
  new Set(Array.isArray(value) ? (value as unknown[]).filter(isColumn).slice(0, MOST_COLUMNS) : []);

const isColumn = (value: unknown): value is string => typeof value === 'string' && value.length <= MOST_CHARACTERS;

function isWidth(value: unknown): value is [string, number] {
  if (!Array.isArray(value)) return false;
  const [column, px] = value as unknown[];
  return isColumn(column) && typeof px === 'number' && px >= LEAST_PX && px <= MOST_PX;
}

function sortFrom(value: unknown): Sort | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { column, direction } = value as Record<string, unknown>;
  return isColumn(column) && (direction === 'ascending' || direction === 'descending')
    ? { column, direction }
    : undefined;
}
