/** A name of the user's as a part of what a file may be called on every system; `otherwise` where nothing of it can be. */
export function fileStem(name: string, otherwise: string): string {
  const stem = name
    .replace(/[^\p{L}\p{N}._@-]+/gu, '-')
    .replace(/^[-.]+/, '')
    .slice(0, 60)
    .replace(/[-.]+$/, '');
  // Windows has devices of these names, with whatever extension.
  return stem === '' || /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(stem) ? otherwise : stem;
}

/** `2026-03-03T14-02-11`: a moment as a part of what a file may be called on every system. */
export const momentStem = (atMs: number): string => new Date(atMs).toISOString().slice(0, 19).replaceAll(':', '-');
