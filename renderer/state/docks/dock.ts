import { innerHeight, innerWidth } from 'svelte/reactivity/window';
import type { Preferences } from '../preferences.svelte.ts';

/** Where a part of the window is docked. */
export type Side = 'right' | 'below';

/** What a size may be, in percent, and the name it is kept by. */
interface Size {
  readonly name: string;
  readonly first: number;
  readonly least: number;
  readonly most: number;
}

/** A part of the window that is docked: the name its side is kept by, where it is at first, and its size on each side. */
export interface DockedPart {
  readonly name: string;
  readonly first: Side;
  readonly right: Size;
  readonly below: Size;
}

/** In less than this, what stands on the right would leave too little for what stands beside it; in CSS pixels. */
const LEAST_WIDTH_PX = 900;
/** In less than this, neither a screen nor the details below it could be read; in CSS pixels. */
const LEAST_HEIGHT_PX = 520;

/** Whether the window is wide enough for something on the right. */
export function hasRoomOnTheRight(): boolean {
  return (innerWidth.current ?? LEAST_WIDTH_PX) >= LEAST_WIDTH_PX;
}

/** Where a side is, as in `Dock the run below`. */
export const SIDE_WORDS: Readonly<Record<Side, string>> = { right: 'on the right', below: 'below' };

/** Whether the window is so small that the details lie over the screen, and nothing of it is in sight or can have the focus. */
export function lieOver(): boolean {
  return !hasRoomOnTheRight() && (innerHeight.current ?? LEAST_HEIGHT_PX) < LEAST_HEIGHT_PX;
}

/** Where one part of the window is docked and how large it is there, kept between starts; what is broken in the store is the first. */
export class Dock {
  readonly #preferences: Pick<Preferences, 'kept' | 'keep'>;
  readonly #part: DockedPart;

  constructor(preferences: Pick<Preferences, 'kept' | 'keep'>, part: DockedPart) {
    this.#preferences = preferences;
    this.#part = part;
  }

  /** Where it is now: below, where there is no room for it on the right, whatever was chosen. */
  get side(): Side {
    return hasRoomOnTheRight() ? this.#chosen : 'below';
  }

  /** The other one. */
  get otherSide(): Side {
    return this.side === 'right' ? 'below' : 'right';
  }

  /** What its size on this side may be. */
  get size(): Size {
    return this.#part[this.side];
  }

  /** Its size on this side. */
  get percent(): number {
    return percentIn(this.#preferences.kept(this.size.name), this.size);
  }

  resize(percent: number): void {
    this.#preferences.keep(this.size.name, percentIn(percent, this.size));
  }

  /** Docks it on the other side. Where there is no room for that, nothing is done. */
  turn(): void {
    if (hasRoomOnTheRight()) this.#preferences.keep(this.#part.name, this.otherSide);
  }

  get #chosen(): Side {
    const kept = this.#preferences.kept(this.#part.name);
    return kept === 'right' || kept === 'below' ? kept : this.#part.first;
  }
}

function percentIn(value: unknown, { first, least, most }: Size): number {
  return typeof value === 'number' && Number.isFinite(value) ? Math.max(least, Math.min(most, value)) : first;
}
