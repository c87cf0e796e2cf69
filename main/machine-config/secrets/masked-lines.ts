import type { MaskedSecret } from './mask.ts';

/** Where a line of a text is when its secrets are placeholders: one of several lines is one line then. 1-based, both. */
export function maskedLines(text: string, secrets: readonly MaskedSecret[]): (line: number) => number {
  const gone = new Uint32Array(text.split('\n').length + 2);
  for (const { line, start, end } of secrets) {
    const own = text.slice(start, end).replace(/\n$/, '').split('\n').length;
    for (let after = 1; after < own; after++) gone[line + after] = (gone[line + after] ?? 0) + 1;
  }
  for (let line = 1; line < gone.length; line++) gone[line] = (gone[line] ?? 0) + (gone[line - 1] ?? 0);
  return (line) => line - (gone[line] ?? 0);
}
