import type { Leftovers } from '../../files/leftovers.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { TalosconfigSession } from './talosconfig-session.ts';

/** Tells of versions of other programs that a crash left beside a file of ours and that are kept now. */
export function tellOfFound(
  session: Pick<TalosconfigSession, 'reportConflict'>,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
  file: string,
  { conflicts, inHistory }: Leftovers,
): void {
  log.write('warn', 'another program wrote into a file while Minos ended; it is kept', { file });
  const tell = (keptAt?: string): void =>
    session.reportConflict({
      file,
      atMs: clock.now(),
      message: 'Another program wrote into this file while Minos ended.',
      holds: 'minos',
      ...(keptAt !== undefined && { keptAt }),
    });
  conflicts.forEach(tell);
  if (inHistory > 0) tell();
}
