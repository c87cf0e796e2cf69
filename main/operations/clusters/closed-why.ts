import { Failed } from '../../lib/failed.ts';
import type { Destination } from './destination.ts';

/** Why a cluster is closed, for what ran on it. Those that are no news to the user are `cancelled`. */

/** Its context is no longer in the file. */
export const goneFrom = ({ id, name, file }: Destination): Failed =>
  new Failed({
    code: 'not-found',
    message: `The context ${name} is no longer in the talosconfig.`,
    hint: 'What ran on it has ended, and its connections are closed.',
    where: { context: id, file },
  });

/** It has no client certificate any more, or none that can be used. */
export const lostCredentials = ({ id, name, file }: Destination): Failed =>
  new Failed({
    code: 'credentials',
    message: `The context ${name} has no client certificate any more.`,
    hint: 'What ran on it has ended, and its connections are closed.',
    where: { context: id, file },
  });

/** Another cluster goes by its name. */
export const leadsElsewhere = ({ id, name, file }: Destination): Failed =>
  new Failed({
    code: 'precondition',
    message: `The context ${name} leads to another cluster now: its certificate authority is another one.`,
    hint: 'What ran on the cluster before has ended. Start it again if you want it on this one.',
    where: { context: id, file },
  });

/** The demo was opened or left. */
export const otherFiles = (): Failed => new Failed({ code: 'cancelled', message: 'Minos works on other files now.' });

/** The app ends. */
export const closing = (): Failed => new Failed({ code: 'cancelled', message: 'Minos is ending.' });
