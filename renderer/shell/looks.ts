import { showTimesIn } from '../lib/format.ts';
import type { Preferences } from '../state/preferences.svelte.ts';

/** Takes what the user chose about the looks over into the document, and into how times are written from now on. */
export function applyLooks({ theme, density, timeZone, dates }: Preferences, locale: string | undefined): void {
  const { dataset } = document.documentElement;
  dataset['theme'] = theme;
  dataset['density'] = density;
  showTimesIn(timeZone, dates, locale);
}
