import { BrowserWindow, dialog, type OpenDialogOptions, type SaveDialogOptions } from 'electron';

/** The window whose page has this id; a dialog without one stands alone. */
const windowOf = (windowId: number): BrowserWindow | undefined =>
  BrowserWindow.getAllWindows().find(({ webContents }) => webContents.id === windowId);

/** Asks for files or folders that exist, in the system's dialog over the window that asked; undefined when the user cancelled. */
export async function askOpen(windowId: number, options: OpenDialogOptions): Promise<readonly string[] | undefined> {
  const owner = windowOf(windowId);
  const { canceled, filePaths } = await (owner
    ? dialog.showOpenDialog(owner, options)
    : dialog.showOpenDialog(options));
  return canceled ? undefined : filePaths;
}

/** Asks where to save, in the system's dialog over the window that asked; undefined when the user cancelled. */
export async function askSave(windowId: number, options: SaveDialogOptions): Promise<string | undefined> {
  const owner = windowOf(windowId);
  const { canceled, filePath } = await (owner ? dialog.showSaveDialog(owner, options) : dialog.showSaveDialog(options));
  return canceled || filePath === '' ? undefined : filePath;
}
