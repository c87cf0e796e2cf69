import { Failed } from '../../lib/failed.ts';

/** What a dialog for saving suggests. */
export interface SaveSuggestion {
  readonly suggestedName: string;
  /** Without the dot; missing where the name needs none, as that of a folder. */
  readonly extension?: string;
  readonly title?: string;
  /** The dialog begins in the folder for downloads. */
  readonly isDownload?: boolean;
}

/** What the desktop gives: dialogs over a window, the clipboard, the paths behind a drop. A dialog resolves with undefined when the user closed it. */
export interface Desktop {
  readonly chooseFiles: (windowId: number, title: string) => Promise<readonly string[] | undefined>;
  readonly chooseSavePath: (windowId: number, wish: SaveSuggestion) => Promise<string | undefined>;
  readonly chooseKubeconfig: (windowId: number, kind: 'file' | 'new' | 'folder') => Promise<string | undefined>;
  readonly chooseFolder: (windowId: number, title: string) => Promise<string | undefined>;
  /** Shows a file or folder in the system's file manager. */
  readonly showInFolder: (path: string) => void;
  readonly clipboardText: () => Promise<string>;
  readonly droppedPaths: (token: string) => readonly string[];
}

/** The user closed a dialog. */
export const cancelled = (): Failed => new Failed({ code: 'cancelled', message: 'Nothing was chosen.' });

/** Files that the user chose in the system's dialog. Throws Failed `cancelled` for none. */
export async function chosenFiles(
  desktop: Pick<Desktop, 'chooseFiles'>,
  windowId: number,
  title: string,
): Promise<readonly string[]> {
  const paths = await desktop.chooseFiles(windowId, title);
  if (paths === undefined || paths.length === 0) throw cancelled();
  return paths;
}
