import type { History } from '../files/history.ts';
import type { KeepOther } from '../files/keep-conflict.ts';
import { removeOwnKubectlLock } from '../files/kubectl-lock.ts';
import type { Unfinished } from '../files/own/unfinished.ts';
import type { FileReplacer } from '../files/replace.ts';
import type { SettingsFile } from '../files/settings.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { removeOldRehearsals } from './deeds/rehearsal/rehearsal-folder.ts';

/** Where a crash may have left something. */
export interface AfterCrashOptions {
  readonly replacer: FileReplacer;
  readonly history: History;
  /** Where another program's version of a file goes. */
  readonly keeperOf: (path: string) => KeepOther;
  readonly settings: SettingsFile;
  readonly unfinished: Unfinished;
  /** Talosconfigs and kubeconfigs that are known besides those of the history. */
  readonly files: readonly string[];
  /** Kubeconfigs as named: kubectl's lock lies beside that name. */
  readonly kubeconfigs: readonly string[];
  /** Where rehearsals leave theirs. Default: nobody looks there. */
  readonly temporaryFolder?: string | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Removes what a Minos that died left: locks, temporary files, old versions, half-written versions, notes. What cannot be
 * tidied is logged and does not hold up the rest; the next write of the file tries again. Never rejects.
 */
export async function tidyAfterCrash(options: AfterCrashOptions): Promise<void> {
  const { replacer, history, keeperOf, settings, unfinished, files, kubeconfigs, temporaryFolder, clock, log } =
    options;
  const step = async <T>(what: string, task: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await task();
    } catch (error) {
      log.write('warn', `could not tidy up: ${what}`, { error });
      return undefined;
    }
  };
  await step('unfinished files', () => unfinished.tidy());
  await step('settings', () => settings.tidy());
  await step('old versions', () => history.expire());
  if (temporaryFolder !== undefined) await step('rehearsals', () => removeOldRehearsals(temporaryFolder, clock.now()));
  for (const path of new Set(kubeconfigs)) await step(`the lock of ${path}`, () => removeOwnKubectlLock(path, clock));
  const changed = (await step('files of the history', () => history.paths())) ?? [];
  for (const path of new Set([...files, ...kubeconfigs, ...changed])) {
    if (path === '') continue;
    await step(path, () => replacer.recover(path, keeperOf(path)));
    await step(`the backup beside ${path}`, () => history.takeOverBackup(path));
  }
}
