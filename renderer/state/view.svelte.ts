import type { CommandSummary } from '../../preload/contract/index.ts';
import type { Spot } from '../lib/menu-at.ts';
import { Dock, type DockedPart } from './docks/dock.ts';
import type { Preferences } from './preferences.svelte.ts';
import type { Run, RunRequest } from './run.svelte.ts';
import { TableFilters } from './tables/table-filter.svelte.ts';

/** A thing on a screen that can be inspected and right-clicked. Features say what belongs to a kind; kinds are free words. */
export interface Thing {
  /** Such as `node`, `endpoint`, `context`, `run`. */
  readonly kind: string;
  /** Means it within its kind. */
  readonly id: string;
}

/** A run that is being prepared. */
export interface RunDraft {
  /** The context it was begun for; it runs on no other one. */
  readonly context?: string;
  readonly command: CommandSummary;
  readonly params: Readonly<Record<string, string | boolean>>;
  /** Nodes named elsewhere; those selected, or all, when missing. */
  readonly nodes?: readonly string[];
  /** The text that chose them. */
  readonly selection?: string;
  /** The usual deadline when missing. */
  readonly deadlineMs?: number;
}

/** What was written in a line of talosctl that a place of its own answers. */
export interface Filling {
  /** The command's id. */
  readonly command: string;
  readonly params: Readonly<Record<string, string | boolean>>;
  readonly nodes: readonly string[];
}

/** Sizes in percent of the room beside the rail. The names are older than that it has two sides. */
const DRAWER: DockedPart = {
  ...{ name: 'drawer.side', first: 'below' },
  below: { name: 'drawer', first: 58, least: 20, most: 85 },
  right: { name: 'drawer.right', first: 50, least: 25, most: 75 },
};

/** The width in percent of the window's, the height of that beside the rail. */
const INSPECTOR: DockedPart = {
  ...{ name: 'inspector.side', first: 'right' },
  below: { name: 'inspector.below', first: 45, least: 20, most: 80 },
  right: { name: 'inspector', first: 24, least: 16, most: 60 },
};

/** What the frame shows beside the screen: inspector, drawer and the things that open over it. */
export class View {
  /** The drawer of runs. */
  readonly drawer: Dock;
  /** The details of what is inspected. */
  readonly inspector: Dock;
  #inspected = $state.raw<Thing | undefined>(undefined);
  isDrawerOpen = $state(false);
  #closedRun = $state.raw<Run | undefined>(undefined);
  #offered = $state.raw<{ readonly thing: Thing; readonly at: Spot } | undefined>(undefined);
  isPaletteOpen = $state(false);
  isShortcutsOpen = $state(false);
  /** The line of talosctl that is read, as it was first; undefined while none is. */
  pasted = $state<string | undefined>();
  /** What the form before a run is filled with; undefined while it is closed. */
  form = $state.raw<RunDraft | undefined>(undefined);
  /** What a pasted line of talosctl fills a place with that is no run; whoever takes it forgets it here. */
  filling = $state.raw<Filling | undefined>(undefined);
  /** A run on another cluster than the one in the bar, which the user is asked about. */
  elsewhere = $state.raw<RunRequest | undefined>(undefined);

  /** What its tables are filtered by. */
  readonly filters = new TableFilters();

  /** Nodes that a filter leaves in sight on the screen that lists them; undefined while nothing is filtered. */
  nodesInSight = $state.raw<ReadonlySet<string> | undefined>(undefined);

  /** Where its parts are docked, and how large they are, is kept there. */
  constructor(preferences: Pick<Preferences, 'kept' | 'keep'>) {
    this.drawer = new Dock(preferences, DRAWER);
    this.inspector = new Dock(preferences, INSPECTOR);
  }

  get inspected(): Thing | undefined {
    return this.#inspected;
  }

  /** Takes the drawer away until another run is shown. The run goes on. */
  closeDrawer(run: Run): void {
    this.#closedRun = run;
  }

  isDrawerClosed(run: Run): boolean {
    return this.#closedRun === run;
  }

  /** Shows the drawer again. */
  bringDrawer(): void {
    this.#closedRun = undefined;
  }

  inspect(kind: string, id: string): void {
    this.#inspected = { kind, id };
  }

  closeInspector(): void {
    this.#inspected = undefined;
  }

  /** The thing that was right-clicked, and where; undefined while no menu is open. */
  get offered(): { readonly thing: Thing; readonly at: Spot } | undefined {
    return this.#offered;
  }

  /** Opens the menu of what can be done with a thing. */
  offer(kind: string, id: string, at: Spot): void {
    this.#offered = { thing: { kind, id }, at };
  }

  /** Closes a menu, unless another one was opened meanwhile. */
  closeOffer(offered: View['offered']): void {
    if (this.#offered === offered) this.#offered = undefined;
  }
}
