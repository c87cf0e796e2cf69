import type { Preferences } from '../../../state/preferences.svelte.ts';
import type { SourceDraft } from './source-choices.ts';

/** Sources under a name, to be followed again. */
export interface SavedSet extends SourceDraft {
  readonly name: string;
}

const SHELF = 'lens.sets';
const MOST_SETS = 100;
const MOST_KEYS = 1_000;

const texts = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) && value.length <= MOST_KEYS && value.every((each) => typeof each === 'string')
    ? value
    : undefined;

function readSet(value: unknown): readonly SavedSet[] {
  if (typeof value !== 'object' || value === null) return [];
  const { name, nodes, keys } = value as Readonly<Record<string, unknown>>;
  const [where, what] = [nodes === 'all' ? ('all' as const) : texts(nodes), texts(keys)];
  return typeof name === 'string' && name !== '' && where && what ? [{ name, nodes: where, keys: what }] : [];
}

/** The sets that were saved, in the order of their names. What cannot be read is left out. */
export function savedSets(preferences: Preferences): readonly SavedSet[] {
  const kept = preferences.kept(SHELF);
  const sets = Array.isArray(kept) ? kept.slice(0, MOST_SETS).flatMap(readSet) : [];
  return sets.toSorted((a, b) => a.name.localeCompare(b.name));
}

/** Saves a set in place of one of the same name. */
export function saveSet(preferences: Preferences, set: SavedSet): void {
  const others = savedSets(preferences).filter(({ name }) => name !== set.name);
  preferences.keep(SHELF, [...others, set].slice(-MOST_SETS));
}

/** Forgets a set. */
export function dropSet(preferences: Preferences, name: string): void {
  preferences.keep(
    SHELF,
    savedSets(preferences).filter((set) => set.name !== name),
  );
}
