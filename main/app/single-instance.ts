import { app } from 'electron';
import { idleFlags } from './command-line.ts';
import { sentWith } from './links/second-start.ts';

/**
 * One Minos per user data folder: two would write the same files. A second start brings the window to the front that was used last, by `show`, shows the
 * talosconfigs it names (opened-files.ts) and goes to the place it names (links/visits.ts); none of its other flags is obeyed, since anybody
 * may send some, and `tell` says so to whoever typed them. False means: this is the second, and it is ending.
 */
export function keepSingleInstance(words: readonly string[], tell: (line: string) => void, show: () => void): boolean {
  const isFirst = app.requestSingleInstanceLock(sentWith(words));
  for (const line of idleFlags(words, !isFirst)) tell(line);
  if (!isFirst) {
    app.quit();
    return false;
  }
  app.on('second-instance', show);
  app.on('open-url', show);
  return true;
}
