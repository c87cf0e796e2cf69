/** Longest text of a name in a sentence. */
const MOST_CHARACTERS = 160;

/** A text that somebody else chose, inside a sentence of ours: it cannot look like the sentence going on. */
export function quoted(text: string): string {
  const characters = [...text.replaceAll(/["“”„]/g, '′')];
  const shown =
    characters.length > MOST_CHARACTERS ? `${characters.slice(0, MOST_CHARACTERS).join('')}…` : characters.join('');
  return `“${shown}”`;
}
