/** What is asked of a recorded change when old versions go. */
export interface VersionFacts {
  readonly id: string;
  readonly atMs: number;
  /** SHA-256 of the version that is kept, or `missing`. */
  readonly before: string;
  /** SHA-256 of what was written, or `missing`. */
  readonly after: string;
  /** See lost-secrets.ts; undefined: not known, as of an earlier Minos. */
  readonly lost?: readonly string[] | undefined;
}

/**
 * Which of the changes of one file (oldest first) are let go: those that are too old, and beyond the newest `most` those
 * whose loss loses nothing. Nothing that exists nowhere else is pushed out by newer changes: what a version holds and a
 * later one does not was lost by a change between them, and that change is kept.
 */
export function versionsToDrop(entries: readonly VersionFacts[], most: number, oldestMs: number): ReadonlySet<string> {
  const young = entries.filter(({ atMs }) => atMs >= oldestMs);
  const beyond = young.slice(0, Math.max(0, young.length - most));
  const needed = onlyCopies(young);
  const dropped = [...entries.filter(({ atMs }) => atMs < oldestMs), ...beyond.filter(({ id }) => !needed.has(id))];
  return new Set(dropped.map(({ id }) => id));
}

/** Changes that cannot go before their time: their old version is the newest that holds something. */
export function onlyCopies(entries: readonly VersionFacts[]): ReadonlySet<string> {
  const needed = new Set<string>();
  /** What newer kept versions hold: the lost words, and whole versions by their hash. */
  const held = new Set<string>();
  for (const [index, entry] of [...entries.entries()].reverse()) {
    if (entry.before === 'missing') continue;
    const next = entries[index + 1];
    // Somebody else wrote between this change and the next one, and may have lost anything.
    const isBroken = next !== undefined && next.before !== entry.after;
    const version = `version ${entry.before}`;
    const adds = entry.lost === undefined || entry.lost.some((word) => word === '*' || !held.has(word));
    if (held.has(version) || !(isBroken || adds)) continue;
    needed.add(entry.id);
    held.add(version);
    for (const word of entry.lost ?? []) held.add(word);
  }
  return needed;
}
