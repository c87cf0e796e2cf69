import type { Log } from '../../lib/log.ts';
import { ask, updateSessions, type Answered } from './https-session.ts';
import { LibraryPackages } from './packages.ts';
import type { newToken } from './updater-library.ts';
import { expectSignedBy } from './windows-signature.ts';

/** Asks for a file in a folder, over a session of its own that reaches nothing else. Rejects when there is no answer. */
export function askHttps(name: string, folder: string, signal: AbortSignal): Promise<Answered> {
  return ask(updateSessions(folder).questions, `${folder}${name}`, signal);
}

/** Who publishes a build, and where. */
interface Published {
  readonly publisher: readonly string[];
  /** The folder of packages. */
  readonly url: string;
}

interface LoadOptions {
  readonly platform: NodeJS.Platform;
  readonly log: Log;
  readonly onEnding: () => void;
  readonly onStaying: () => void;
}

/** Loads electron-updater, which is a chunk of its own, for macOS and Windows. */
export async function loadPackages(
  { publisher, url }: Published,
  options: LoadOptions,
): Promise<LibraryPackages<ReturnType<typeof newToken>>> {
  // The library's session has its rules before the library asks anything.
  updateSessions(url);
  const expectSigned = (path: string): Promise<void> => expectSignedBy(publisher, path);
  return new LibraryPackages(await import('./updater-library.ts'), {
    ...options,
    ...(options.platform === 'win32' && { expectSigned }),
  });
}
