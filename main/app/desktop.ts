import { clipboard } from 'electron';
import { askOpen } from './window/file-dialogs.ts';

/** Longest text taken from the clipboard: a talosconfig with thousands of contexts is shorter. */
const MAX_CLIPBOARD_LENGTH = 32 * 1024 * 1024;

/** Asks for files in the system's dialog over the window that asked, beginning in `folder`; undefined when the user cancelled. */
export const chooseFiles = (windowId: number, title: string, folder: string): Promise<readonly string[] | undefined> =>
  askOpen(windowId, {
    title,
    defaultPath: folder,
    properties: ['openFile', 'multiSelections', 'showHiddenFiles'],
  });

/** Asks for a folder in the system's dialog over the window that asked, beginning in `folder`; undefined when the user cancelled. */
export async function chooseFolder(windowId: number, title: string, folder: string): Promise<string | undefined> {
  const paths = await askOpen(windowId, {
    title,
    defaultPath: folder,
    properties: ['openDirectory', 'createDirectory'],
  });
  return paths?.[0];
}

/** The clipboard's text, which goes to main's own parser and never to the page. */
export const clipboardText = async (): Promise<string> => (await clipboard.readText()).slice(0, MAX_CLIPBOARD_LENGTH);
