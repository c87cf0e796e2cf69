import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { App } from 'electron';
import { readCommandLine } from './command-line.ts';
import { wordsOfSecondStart } from './links/second-start.ts';

/** A command line as it was given. */
export interface GivenWords {
  readonly words: readonly string[];
  /** What its names are relative to. */
  readonly workingFolder: string;
}

/** The talosconfigs a command line names. One that cannot be read names none. */
export function talosconfigsIn({ words, workingFolder }: GivenWords): readonly string[] {
  try {
    return readCommandLine(words).files.map((name) =>
      // Linux desktops pass addresses (`%U` in the desktop entry).
      name.startsWith('file://') ? fileURLToPath(name) : resolve(workingFolder, name),
    );
  } catch {
    return []; // A flag without its value, which the first start has complained of, or a file on another machine.
  }
}

/**
 * Follows files that are opened with Minos: on macOS they come as an event, which may be earlier than `ready`; elsewhere
 * as words of this start or of a second one. `look` shows what is in them; nothing is written.
 */
export function followOpenedFiles(
  app: Pick<App, 'on'>,
  given: GivenWords,
  look: (paths: readonly string[]) => void,
): void {
  const lookIfAny = (paths: readonly string[]): void => {
    if (paths.length > 0) look(paths);
  };
  app.on('open-file', (event, path) => {
    event.preventDefault();
    look([path]);
  });
  app.on('second-instance', (_event, argv, workingFolder, sent) => {
    lookIfAny(talosconfigsIn({ words: wordsOfSecondStart(argv, sent), workingFolder }));
  });
  lookIfAny(talosconfigsIn(given));
}
