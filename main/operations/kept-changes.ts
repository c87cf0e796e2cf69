import type { ChangeSummary } from '../../preload/contract/index.ts';
import type { History, HistoryEntry } from '../files/history.ts';
import { diffWeight } from '../files/own/history-entry.ts';
import type { Ask } from './confirm.ts';
import { forgetQuestion } from './talosconfigs/questions.ts';

/** Most characters of differences in one list. */
const MAX_WEIGHT = 300_000;

/** Changes of a file, newest first. `sha256`: of the file as it is now; `''` when that is not known. */
export async function keptChanges(history: History, path: string, sha256: string): Promise<readonly ChangeSummary[]> {
  let weight = 0;
  return (await history.list(path)).map((entry) => {
    weight += diffWeight(entry.diff);
    // Differences of older changes stay on disk when all together are more than one answer takes.
    return changeSummary(weight <= MAX_WEIGHT ? entry : { ...entry, diff: [] }, path, sha256);
  });
}

/** Forgets the versions of a file that are kept now, and no later one, after the user confirmed it. */
export async function forgetVersions(
  path: string,
  { history, ask }: { readonly history: History; readonly ask: Ask },
  signal?: AbortSignal,
): Promise<void> {
  const entries = await history.list(path);
  const [newest] = entries;
  if (newest === undefined) return;
  await ask(forgetQuestion(path, entries), signal);
  await history.forget(path, newest.id);
}

function changeSummary(entry: HistoryEntry, file: string, sha256: string): ChangeSummary {
  const { id, atMs, what, diff, isSealed, after } = entry;
  return { id, file, atMs, what, diff, isSealed, canUndo: after === sha256 };
}
