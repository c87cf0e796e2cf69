import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { versionsToDrop, type VersionFacts } from '../kept-versions.ts';
import { idOfName, idTimeMs, isBeingMade, readEntry, type Moment } from './history-entry.ts';
import { kindOf, namesIn } from './own-file.ts';

/** Entries that are read at once: descriptors are few. */
const AT_ONCE = 8;

/** What {@link pruneVersions} keeps. */
export interface PruneRules extends Moment {
  /** Besides those that hold what exists nowhere else (kept-versions.ts). */
  readonly maxVersions: number;
  readonly oldestMs: number;
}

/** Removes versions of one file that are too old or too many. Other names than those of versions are not ours and stay. */
export async function pruneVersions(folder: string, rules: PruneRules): Promise<void> {
  const { maxVersions, oldestMs } = rules;
  const names = (await namesIn(folder)).filter((name) => idOfName(name) !== undefined);
  const all = names
    .filter((name) => name.endsWith('.json'))
    .map((name) => idOfName(name) ?? '')
    .sort();
  const facts = all.length > maxVersions ? await readable(folder, all) : undefined;
  const known = new Set(facts ? facts.map(({ id }) => id) : all);
  const dropped = versionsToDrop(facts ?? [], maxVersions, oldestMs);
  const kept = new Set([...known].filter((id) => !dropped.has(id) && idTimeMs(id) >= oldestMs));
  for (const name of names) {
    const id = idOfName(name) ?? '';
    const isHalf = (!known.has(id) || name.endsWith('.half')) && isBeingMade(id, rules);
    if (isHalf || (kept.has(id) && !name.endsWith('.half'))) continue;
    // A folder under such a name is not ours, and holds up nothing.
    if ((await kindOf(join(folder, name))) !== 'folder') await rm(join(folder, name), { force: true });
  }
}

/** Those whose entries can be read: damaged ones make room first, whatever moment their names say. */
async function readable(folder: string, ids: readonly string[]): Promise<readonly VersionFacts[]> {
  const found: VersionFacts[] = [];
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const some = ids.slice(at, at + AT_ONCE);
    const read = await Promise.all(some.map((id) => readEntry(folder, `${id}.json`)));
    found.push(...read.flatMap((entry) => entry ?? []));
  }
  return found;
}
