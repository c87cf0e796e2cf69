import { join } from 'node:path';
import { askOpen, askSave } from './window/file-dialogs.ts';

/** Which kubeconfig to ask for: one that exists, a new one, or a folder for it. */
export type KubeconfigDialog = 'file' | 'new' | 'folder';

/** Asks for a kubeconfig in the system's dialog over the window that asked; undefined when the user cancelled. */
export async function chooseKubeconfig(
  windowId: number,
  kind: KubeconfigDialog,
  folder: string,
): Promise<string | undefined> {
  if (kind === 'new') {
    return askSave(windowId, {
      title: 'New kubeconfig',
      defaultPath: join(folder, 'kubeconfig'),
      // Nothing is replaced: an existing file is merged into, after a preview.
      properties: ['showHiddenFiles', 'createDirectory'],
    });
  }
  const paths = await askOpen(windowId, {
    title: kind === 'file' ? 'Merge into a kubeconfig' : 'Folder for a kubeconfig',
    defaultPath: folder,
    properties: [kind === 'file' ? 'openFile' : 'openDirectory', 'showHiddenFiles', 'createDirectory'],
  });
  return paths?.[0];
}
