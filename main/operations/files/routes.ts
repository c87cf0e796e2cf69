import type { StreamHandlers } from '../handlers.ts';
import type { Workspace } from '../workspace.ts';

/** Folders and files of nodes, to be looked at. */
export function fileStreamRoutes({ files }: Workspace): Pick<StreamHandlers, 'folder' | 'file'> {
  return {
    folder: (input, { signal }) => files.folder(input, signal),
    file: (input, { signal }) => files.file(input, signal),
  };
}
