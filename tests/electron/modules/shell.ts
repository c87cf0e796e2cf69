import type { Shell } from 'electron';
import { recorded } from './runtime.ts';

/** Nothing leaves the stand-in: what would be opened is written down. */
export const shell = {
  openExternal: async (url: string): Promise<void> => {
    recorded.openedExternally.push(url);
  },
  openPath: async (path: string): Promise<string> => {
    recorded.openedPaths.push(path);
    return '';
  },
  showItemInFolder: (path: string): void => {
    recorded.shownInFolder.push(path);
  },
  trashItem: async (): Promise<void> => {
    throw new Error('The stand-in has no bin.');
  },
  beep: (): void => undefined,
} satisfies Partial<Shell>;
