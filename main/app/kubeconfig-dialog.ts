import { join } from 'node:path';
import { BrowserWindow, dialog, type OpenDialogOptions, type SaveDialogOptions } from 'electron';

/** Which kubeconfig to ask for: one that exists, a new one, or a folder for it. */
export type KubeconfigDialog = 'file' | 'new' | 'folder';

/** Asks for a kubeconfig in the system's dialog over the window that asked; undefined when the user cancelled. */
export async function chooseKubeconfig(
  windowId: number,
  kind: KubeconfigDialog,
  folder: string,
): Promise<string | undefined> {
  const owner = BrowserWindow.getAllWindows().find(({ webContents }) => webContents.id === windowId);
  if (kind === 'new') {
    const options: SaveDialogOptions = {
      title: 'New kubeconfig',
      defaultPath: join(folder, 'kubeconfig'),
      // Nothing is replaced: an existing file is merged into, after a preview.
      properties: ['showHiddenFiles', 'createDirectory'],
    };
    const { canceled, filePath } = await (owner
      ? dialog.showSaveDialog(owner, options)
      : dialog.showSaveDialog(options));
    return canceled || filePath === '' ? undefined : filePath;
  }
  const options: OpenDialogOptions = {
    title: kind === 'file' ? 'Merge into a kubeconfig' : 'Folder for a kubeconfig',
    defaultPath: folder,
    properties: [kind === 'file' ? 'openFile' : 'openDirectory', 'showHiddenFiles', 'createDirectory'],
  };
  const { canceled, filePaths } = await (owner
    ? dialog.showOpenDialog(owner, options)
    : dialog.showOpenDialog(options));
  return canceled ? undefined : filePaths[0];
}
