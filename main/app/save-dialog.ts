import { join } from 'node:path';
import { askSave } from './window/file-dialogs.ts';

/** What to offer in the system's save dialog. */
export interface SaveDialogWish {
  readonly suggestedName: string;
  /** What is saved, where the name does not say it. */
  readonly title?: string;
  /** Without the dot; missing where any name will do. */
  readonly extension?: string;
}

/** Asks where to save, in the system's dialog over the window that asked; undefined when the user cancelled. */
export const chooseSavePath = (windowId: number, wish: SaveDialogWish, folder: string): Promise<string | undefined> =>
  askSave(windowId, {
    defaultPath: join(folder, wish.suggestedName),
    // Without it, Linux without a file portal replaces an existing file unasked.
    properties: ['createDirectory', 'showHiddenFiles', 'showOverwriteConfirmation'],
    // macOS shows no title, but a message.
    ...(wish.title !== undefined && { title: wish.title, message: wish.title }),
    ...(wish.extension !== undefined && {
      filters: [{ name: wish.extension.toUpperCase(), extensions: [wish.extension] }],
    }),
  });
