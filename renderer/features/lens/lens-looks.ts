import type { Preferences } from '../../state/preferences.svelte.ts';

const UTC = 'lens.utc';
const WRAP = 'lens.wrap';

/** Times of lines are shown in UTC; as everywhere, until something else is chosen here. */
export const isUtcIn = (preferences: Preferences): boolean =>
  preferences.kept(UTC) === undefined ? preferences.timeZone === 'utc' : preferences.kept(UTC) === true;

/** Shows them so from now on, in every lens. */
export const setUtc = (preferences: Preferences, isUtc: boolean): void => preferences.keep(UTC, isUtc);

/** Long lines are wrapped. */
export const isWrappedIn = (preferences: Preferences): boolean => preferences.kept(WRAP) === true;

/** Wraps them from now on, in every lens. */
export const setWrapped = (preferences: Preferences, isWrapped: boolean): void => preferences.keep(WRAP, isWrapped);
