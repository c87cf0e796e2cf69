import { BrowserWindow, clipboard, dialog, type OpenDialogOptions } from 'electron';

/** Longest text taken from the clipboard: a talosconfig with thousands of contexts is shorter. */
const MAX_CLIPBOARD_LENGTH = 32 * 1024 * 1024;

/** Asks for files in the system's dialog over the window that asked, beginning in `folder`; undefined when the user cancelled. */
export async function chooseFiles(
  windowId: number,
  title: string,
  folder: string,
): Promise<readonly string[] | undefined> {
  const owner = BrowserWindow.getAllWindows().find(({ webContents }) => webContents.id === windowId);
  const options = {
    title,
    defaultPath: folder,
    properties: ['openFile', 'multiSelections', 'showHiddenFiles'] as const,
  };
  const mutable = { ...options, properties: [...options.properties] };
  const { canceled, filePaths } = await (owner
    ? dialog.showOpenDialog(owner, mutable)
    : dialog.showOpenDialog(mutable));
  return canceled ? undefined : filePaths;
}

/** Asks for a folder in the system's dialog over the window that asked, beginning in `folder`; undefined when the user cancelled. */
export async function chooseFolder(windowId: number, title: string, folder: string): Promise<string | undefined> {
  const owner = BrowserWindow.getAllWindows().find(({ webContents }) => webContents.id === windowId);
  const options: OpenDialogOptions = {
    title,
    defaultPath: folder,
    properties: ['openDirectory', 'createDirectory'],
  };
  const { canceled, filePaths } = await (owner
    ? dialog.showOpenDialog(owner, options)
    : dialog.showOpenDialog(options));
  return canceled ? undefined : filePaths[0];
}

/** The clipboard's text, which goes to main's own parser and never to the page. */
export const clipboardText = async (): Promise<string> => (await clipboard.readText()).slice(0, MAX_CLIPBOARD_LENGTH);
