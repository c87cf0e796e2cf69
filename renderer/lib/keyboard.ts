/** A keyboard shortcut such as `mod+k`, `mod+Shift+z`, `Alt+ArrowLeft`, `/`, `Escape`. `mod` is ⌘ on a Mac and Ctrl elsewhere. */
export type Chord = string;

/** The key that closes what is open. */
export const CLOSE_KEY = 'Escape';

export function isMac(platform: string = navigator.platform): boolean {
  return /mac|darwin/i.test(platform);
}

/** Is Ctrl held, or ⌘ on a Mac? */
export const hasMod = (event: KeyboardEvent | MouseEvent, mac: boolean = isMac()): boolean =>
  mac ? event.metaKey : event.ctrlKey;

/** Does this key press mean `chord`? Shift counts only together with `mod`: single signs such as `?` may need it. */
export function matchesChord(event: KeyboardEvent, chord: Chord, mac: boolean = isMac()): boolean {
  const parts = chord.split('+');
  const key = parts.at(-1) ?? '';
  const wantsMod = parts.includes('mod');
  const hasOther = (mac ? event.ctrlKey : event.metaKey) || event.altKey !== parts.includes('Alt');
  if (wantsMod && event.shiftKey !== parts.includes('Shift')) return false;
  return hasMod(event, mac) === wantsMod && !hasOther && event.key.toLowerCase() === key.toLowerCase();
}

const PRINTED: Readonly<Record<string, string>> = { ArrowLeft: '←', ArrowRight: '→' };

/** What is printed for a chord: `⌘ K` or `Ctrl K`. */
export function chordKeys(chord: Chord, mac: boolean = isMac()): readonly string[] {
  return chord
    .split('+')
    .map((part) => (part === 'mod' ? (mac ? '⌘' : 'Ctrl') : (PRINTED[part] ?? part)))
    .map((part) => (part.length === 1 ? part.toUpperCase() : part));
}

/** What a tooltip says of something that has a key: `New tab (Ctrl T)`. */
export function withKeys(words: string, chord: Chord | undefined): string {
  return chord === undefined ? words : `${words} (${chordKeys(chord).join(' ')})`;
}

/** The chord as `aria-keyshortcuts` has it: `Control+K`. */
export function ariaKeys(chord: Chord | undefined, mac: boolean = isMac()): string | undefined {
  return chord
    ?.split('+')
    .map((part) => (part === 'mod' ? (mac ? 'Meta' : 'Control') : part))
    .map((part) => (part.length === 1 ? part.toUpperCase() : part))
    .join('+');
}

/** True where typing means text: single-key shortcuts must not fire there. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches('input:not([type=checkbox], [type=radio]), textarea, select');
}
