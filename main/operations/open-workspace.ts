import type { Unfinished } from '../files/own/unfinished.ts';
import type { FileReplacer } from '../files/replace.ts';
import type { SettingsFile } from '../files/settings.ts';
import { tidyAfterCrash } from './after-crash.ts';
import type { FileHistories } from './file-histories.ts';
import type { TalosconfigEditing } from './talosconfigs/talosconfig-editing.ts';
import type { TalosconfigSession } from './talosconfigs/talosconfig-session.ts';
import type { WorkspaceOptions } from './workspace-options.ts';

/** What {@link openWorkspaceFiles} works with. */
export interface OpeningFiles {
  readonly options: Pick<WorkspaceOptions, 'choose' | 'kubeconfigPlaces' | 'temporaryFolder' | 'clock' | 'log'>;
  readonly talosconfig: TalosconfigSession;
  readonly editing: TalosconfigEditing;
  readonly settings: SettingsFile;
  readonly unfinished: Unfinished;
  readonly replacer: FileReplacer;
  readonly histories: FileHistories;
  /** What is read before any context is shown, so that none is without its mark meanwhile. */
  readonly kept: readonly { load(): Promise<void> }[];
}

/** Reads the talosconfigs when Minos starts, after tidying up what a crash may have left beside them. Never rejects. */
export async function openWorkspaceFiles(opening: OpeningFiles): Promise<void> {
  const { options, talosconfig, editing, settings, unfinished, replacer, histories, kept } = opening;
  const { kubeconfigPlaces, temporaryFolder, clock, log } = options;
  await replacer.recover(options.choose().path, histories.talosconfig.keepOther).catch((error: unknown) => {
    log.write('warn', 'could not tidy up beside the talosconfig', { error });
  });
  await Promise.all(kept.map((each) => each.load()));
  await talosconfig.reload();
  await editing.reopen().catch((error: unknown) => {
    log.write('warn', 'could not reopen the other talosconfigs', { error });
  });
  const remembered = await settings.read().catch(() => undefined);
  const { target } = remembered?.kubeconfig ?? {};
  const kubeconfigs = [...kubeconfigPlaces().paths, ...(target === undefined ? [] : [target])];
  await tidyAfterCrash({
    replacer,
    history: histories.talosconfig,
    keeperOf: (path) =>
      histories.keeperOf(path, {
        talosconfigs: [...talosconfig.pathsBeside, talosconfig.primary.path],
        kubeconfigs,
      }),
    settings,
    unfinished,
    files: talosconfig.pathsBeside,
    kubeconfigs,
    temporaryFolder,
    clock,
    log,
  });
}
