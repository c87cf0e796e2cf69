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
  readonly hidden: ReadonlySet<string>;
  readonly widths: ReadonlyMap<string, number>;
}

const MOST_COLUMNS = 100;
const MOST_CHARACTERS = 200;
const LEAST_PX = 48;
const MOST_PX = 4_000;

/**
 * How the user has arranged one table: what it is sorted by, which columns are hidden, and the widths that were drawn. Kept between
 * starts by the name of the table; what is in the store may be anything, and what is broken falls back to the first looks.
 */
export class TableLooks {
  readonly #preferences: Pick<Preferences, 'kept' | 'keep'>;
  readonly #name: string;
  readonly #first: Looks;
  #known: { readonly kept: unknown; readonly looks: Looks } | undefined;

  constructor(preferences: Pick<Preferences, 'kept' | 'keep'>, name: string, { sort, hidden = [] }: FirstLooks = {}) {
    this.#preferences = preferences;
    this.#name = `table.${name}`;
    this.#first = { sort, hidden: new Set(hidden), widths: new Map() };
  }

  get sort(): Sort | undefined {
    return this.#looks.sort;
  }

  set sort(sort: Sort | undefined) {
    this.#keep({ ...this.#looks, sort });
  }

  get hidden(): ReadonlySet<string> {
    return this.#looks.hidden;
  }

  set hidden(hidden: ReadonlySet<string>) {
    this.#keep({ ...this.#looks, hidden });
  }

  /** Widths in px by column, of those that were drawn to another one. */
  get widths(): ReadonlyMap<string, number> {
    return this.#looks.widths;
  }

  set widths(widths: ReadonlyMap<string, number>) {
    this.#keep({ ...this.#looks, widths });
  }

  get #looks(): Looks {
    const kept = this.#preferences.kept(this.#name);
    if (this.#known?.kept !== kept || this.#known === undefined) {
      this.#known = { kept, looks: looksFrom(kept, this.#first) };
    }
    return this.#known.looks;
  }

  #keep({ sort, hidden, widths }: Looks): void {
    // Null: as the rows come, also where the table begins sorted.
    this.#preferences.keep(this.#name, { sort: sort ?? null, hidden: [...hidden], widths: [...widths] });
  }
}

function looksFrom(kept: unknown, first: Looks): Looks {
  if (typeof kept !== 'object' || kept === null) return first;
  const { sort, hidden, widths } = kept as Record<string, unknown>;
  return {
    sort: sort === null ? undefined : (sortFrom(sort) ?? first.sort),
    hidden: Array.isArray(hidden)
      ? new Set((hidden as unknown[]).filter(isColumn).slice(0, MOST_COLUMNS))
      : first.hidden,
    widths: Array.isArray(widths)
      ? new Map((widths as unknown[]).filter(isWidth).slice(0, MOST_COLUMNS))
      : first.widths,
  };
}

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
