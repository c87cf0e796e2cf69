/** A secret as it may stand in a text. */
export interface Spelled {
  readonly text: string;
  readonly placeholder: string;
}

/**
 * Puts placeholders for every secret into texts, in one look at their characters, however many secrets there are; the longest where several
 * begin. Placeholders that stand there already stay. `least`: characters of the shortest one.
 */
export function quoterWithout(secrets: readonly Spelled[], least: number): (text: string) => string {
  const byStart = Map.groupBy(secrets, (one) => one.text.slice(0, least));
  for (const alike of byStart.values()) alike.sort((a, b) => b.text.length - a.text.length);
  const firsts = new Set([...byStart.keys()].map((start) => start.charCodeAt(0)));
  const secretAt = (text: string, at: number): Spelled | undefined =>
    firsts.has(text.charCodeAt(at))
      ? byStart.get(text.slice(at, at + least))?.find((one) => text.startsWith(one.text, at))
      : undefined;
  return (text) => {
    const parts: string[] = [];
    let from = 0;
    let at = 0;
    while (at + least <= text.length) {
      const placed = text[at] === '<' ? placeholderAt(text, at) : 0;
      const found = placed > 0 ? undefined : secretAt(text, at);
      if (found !== undefined) {
        parts.push(text.slice(from, at), found.placeholder);
        from = at + found.text.length;
      }
      at += placed || (found?.text.length ?? 1);
    }
    return parts.length === 0 ? text : parts.join('') + text.slice(from);
  };
}

const PLACEHOLDER = /<secret-\d+>/y;

/** The length of the placeholder at an offset; 0 where there is none. */
function placeholderAt(text: string, at: number): number {
  PLACEHOLDER.lastIndex = at;
  return PLACEHOLDER.exec(text)?.[0].length ?? 0;
}
