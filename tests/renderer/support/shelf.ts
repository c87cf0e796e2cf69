import type { Shelf } from '../../../renderer/state/preferences.svelte.ts';

/** What the page keeps between two starts, empty before the first. */
export function emptyShelf(): Shelf {
  const kept = new Map<string, string>();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
}
